import { useWhole } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { useText } from "./text.js";
import { useFormat } from "./useFormat.js";

/** Source of the coastline and its stated positional error, both read from the coast document; files of heights. */
export function Attribution() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const coast = useWhole(station.coast);
  const files = useWhole(station.terrain.files);
  const words = [
    t("app.attribution"),
    coast ? t("app.attribution.error", { error: format.lengthText(coast.error.p90M) }) : t("app.attribution.none"),
    ...(coast?.relief
      ? [t("app.attribution.relief", { source: coast.relief.source.split(/[,(]/)[0]?.trim() ?? "" })]
      : []),
    ...(files.length > 0 ? [t("app.attribution.heights", { files: files.join(", ") })] : []),
  ].join(" · ");
  return (
    <span title={words} data-testid="attribution">
      {words}
    </span>
  );
}
