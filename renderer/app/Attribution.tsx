import { useWhole } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { useText } from "./text.js";
import { useFormat } from "./useFormat.js";

/** Source of the coastline and its stated positional error, both read from the coast document. */
export function Attribution() {
  const t = useText();
  const format = useFormat();
  const coast = useWhole(useStation().coast);
  const words = [
    t("app.attribution"),
    coast ? t("app.attribution.error", { error: format.lengthText(coast.error.p90M) }) : t("app.attribution.none"),
    ...(coast?.relief
      ? [t("app.attribution.relief", { source: coast.relief.source.split(/[,(]/)[0]?.trim() ?? "" })]
      : []),
  ].join(" · ");
  return (
    <span title={words} data-testid="attribution">
      {words}
    </span>
  );
}
