import { useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { SelectField } from "../ui/SelectField.js";
import { SCREEN_SCALES } from "./screenScale.js";
import { settingsStore } from "./settings.js";
import { shellZoomOf } from "./shellZoom.js";
import { useText } from "./text.js";
import { useFormat } from "./useFormat.js";

const AUTOMATIC = "auto";

/** How large the screen is drawn. A browser has its own zoom: then this says so. */
export function ScaleRow() {
  const t = useText();
  const format = useFormat();
  const settings = useStore(settingsStore);
  const { screenScale } = useWhole(settings.values);
  const isBrowser = shellZoomOf(window) === undefined;
  return (
    <div className="app-pop__row">
      <span>{t("app.scale")}</span>
      <SelectField
        label={t("app.scale")}
        isLabelHidden
        testId="screen-scale"
        disabledBecause={isBrowser ? t("app.scale.browser") : undefined}
        options={[
          { id: AUTOMATIC, label: t(isBrowser ? "app.scale.browser" : "app.scale.auto") },
          ...SCREEN_SCALES.map((scale) => ({ id: String(scale), label: format.percentText(scale) })),
        ]}
        selected={isBrowser || screenScale === undefined ? AUTOMATIC : String(screenScale)}
        onSelect={(id) => settings.change({ screenScale: SCREEN_SCALES.find((scale) => String(scale) === id) })}
      />
    </div>
  );
}
