import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { useShownMap } from "../../scene/map/useShownMap.js";

type GroundFacts = {
  /** Undefined without a coast: then nobody knows land from sea. */
  readonly coastError: string | undefined;
  readonly mapName: string | undefined;
  readonly heightFiles: readonly string[];
  readonly hasTide: boolean;
  readonly hasNames: boolean;
};

/** What the station knows of the place, in one breath; what it has not is said too. */
function groundWords(t: Translate, facts: GroundFacts): string {
  const { coastError, mapName, heightFiles, hasTide, hasNames } = facts;
  return [
    coastError === undefined ? t("fly.ground.no-coast") : t("fly.ground.coast", { error: coastError }),
    heightFiles.length === 0 ? t("fly.ground.no-heights") : t("fly.ground.heights", { files: heightFiles.join(", ") }),
    mapName === undefined ? t("fly.ground.no-map") : t("fly.ground.map", { name: mapName }),
    t(hasTide ? "fly.ground.tide" : "fly.ground.no-tide"),
    t(hasNames ? "fly.ground.names" : "fly.ground.no-names"),
  ].join(" · ");
}

/** Before the start: which ground the plan was checked against and the positions of contacts stand on. */
export function GroundLine() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const coast = useWhole(station.coast);
  const heightFiles = useWhole(station.terrain.files);
  const tide = useWhole(station.tide.attribution);
  const places = useWhole(station.places);
  const map = useShownMap(station.maps);
  const facts: GroundFacts = {
    coastError: coast && format.lengthText(coast.error.p90M),
    mapName: map?.name,
    heightFiles,
    hasTide: tide !== undefined,
    hasNames: places !== undefined,
  };
  return (
    <p className="fly-fence" data-tone={coast ? undefined : "caution"} data-testid="ground-line">
      <strong>{t("fly.ground")}</strong> {groundWords(t, facts)}
    </p>
  );
}
