import { type Translate, useText } from "../../app/text.js";
import type { Format } from "../../app/format.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { fileWords, type PlaceKnowledge, usePlaceKnowledge } from "../../panels/ground/placeKnowledge.js";
import { useFly } from "../FlyContext.js";

function placeWords(t: Translate, format: Format, known: PlaceKnowledge): string {
  const { coast, heights, map, hasTide, hasNames } = known;
  const files = (heights ?? []).map((file) => fileWords(format, file)).join(", ");
  return [
    coast
      ? t("fly.ground.coast", { error: format.lengthText(coast.errorM), year: coast.date.slice(0, 4) })
      : t("fly.ground.no-coast"),
    heights ? t("fly.ground.heights", { files }) : t("fly.ground.no-heights"),
    map ? t("fly.ground.map", { name: fileWords(format, map) }) : t("fly.ground.no-map"),
    t(hasTide ? "fly.ground.tide" : "fly.ground.no-tide"),
    t(hasNames ? "fly.ground.names" : "fly.ground.no-names"),
  ].join(" · ");
}

/**
 * Before the start, what the station knows of the place where the aircraft is, in one breath; what it has not is said too. A file, a map or
 * a coast of another place counts as none. Nothing before a place is known and the station has answered for it.
 */
export function GroundLine() {
  const t = useText();
  const format = useFormat();
  const known = usePlaceKnowledge(useWhole(useFly().flyView.origin));
  return (
    <>
      {known && (
        <p className="fly-fence" data-tone={known.coast ? undefined : "caution"} data-testid="ground-line">
          <strong>{t("fly.ground")}</strong> {placeWords(t, format, known)}
        </p>
      )}
      <PacksLine />
    </>
  );
}

/** Imported packs that are not as they came: a broken one is not used, a touched one may hold something else. */
function PacksLine() {
  const t = useText();
  const packs = useWhole(useStation().terrain.inventory)?.packs ?? [];
  return (["broken", "touched"] as const).map((state) => {
    const names = packs.filter((pack) => pack.state === state).map(({ name }) => name);
    if (names.length === 0) return null;
    return (
      <p key={state} className="fly-fence" data-tone="caution" data-testid={`packs-${state}`}>
        ▲ {t(`fly.ground.packs.${state}`, { names: names.join(", ") })}
      </p>
    );
  });
}
