import { reliefName } from "../../src/geo/roughHeight.js";
import { useWhole } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { useShownMap } from "../scene/map/useShownMap.js";
import { useText } from "./text.js";
import { useFormat } from "./useFormat.js";

/** Sources of coastline, names and tide with the errors they state themselves; files of heights. */
export function Attribution() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const coast = useWhole(station.coast);
  const places = useWhole(station.places);
  const tide = useWhole(station.tide.attribution);
  const files = useWhole(station.terrain.files);
  const map = useShownMap(station.maps);
  const words = [
    t("app.attribution"),
    coast ? t("app.attribution.error", { error: format.lengthText(coast.error.p90M) }) : t("app.attribution.none"),
    ...(coast?.relief ? [t("app.attribution.relief", { source: reliefName(coast.relief) })] : []),
    ...(places ? [t("app.attribution.places", { source: places.attribution })] : []),
    ...(map ? [t("app.attribution.map", { source: map.attribution || map.name })] : []),
    ...(tide === undefined ? [] : [t("app.attribution.tide", { source: tide })]),
    ...(files.length > 0 ? [t("app.attribution.heights", { files: files.join(", ") })] : []),
  ].join(" · ");
  const title = places ? `${words} · ${t("app.attribution.approximate")}` : words;
  return (
    <span title={title} data-testid="attribution">
      {words}
    </span>
  );
}
