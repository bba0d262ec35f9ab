import { nearestPlace } from "../../../src/geo/places/nearestPlace.js";
import { isInBounds } from "../../../src/geo/tiles/geoBounds.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { useShownMap } from "../../scene/map/useShownMap.js";
import { useFly } from "../FlyContext.js";
import { useGroundHere } from "./groundHere.js";

/** Each undefined where nothing is known of this place. */
type GroundFacts = {
  readonly coastError: string | undefined;
  readonly heightFiles: string | undefined;
  readonly mapName: string | undefined;
  readonly hasTide: boolean;
  readonly hasNames: boolean;
};

function groundWords(t: Translate, { coastError, heightFiles, mapName, hasTide, hasNames }: GroundFacts): string {
  return [
    coastError === undefined ? t("fly.ground.no-coast") : t("fly.ground.coast", { error: coastError }),
    heightFiles === undefined ? t("fly.ground.no-heights") : t("fly.ground.heights", { files: heightFiles }),
    mapName === undefined ? t("fly.ground.no-map") : t("fly.ground.map", { name: mapName }),
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
  const station = useStation();
  const place = useWhole(useFly().flyView.origin);
  const here = useGroundHere(station, place);
  const coast = useWhole(station.coast);
  const heightFiles = useWhole(station.terrain.files);
  const places = useWhole(station.places)?.places ?? [];
  const map = useShownMap(station.maps);
  if (!place || !here) return null;
  const hasCoast = coast !== undefined && isInBounds(coast.box, place);
  const facts: GroundFacts = {
    coastError: hasCoast ? format.lengthText(coast.error.p90M) : undefined,
    heightFiles: here.hasHeight ? heightFiles.join(", ") : undefined,
    mapName: map && isInBounds(map.bounds, place) ? map.name : undefined,
    hasTide: here.hasTide,
    hasNames: nearestPlace(places, place) !== undefined,
  };
  return (
    <p className="fly-fence" data-tone={hasCoast ? undefined : "caution"} data-testid="ground-line">
      <strong>{t("fly.ground")}</strong> {groundWords(t, facts)}
    </p>
  );
}
