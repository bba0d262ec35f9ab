import { useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { CheckBox } from "../ui/CheckBox.js";
import { Segments } from "../ui/Segments.js";
import { GROUND_LIGHTS, GROUND_SHADINGS, settingsStore } from "./settings.js";
import { useText } from "./text.js";

/** How the ground of the map looks: its relief, its light, lines of equal height. */
export function GroundRows() {
  const t = useText();
  const settings = useStore(settingsStore);
  const { groundShading, groundLight, areContoursShown } = useWhole(settings.values);
  return (
    <>
      <div className="app-pop__row">
        <span>{t("scene.shading")}</span>
        <Segments
          label={t("scene.shading")}
          testId="ground-shading"
          selected={groundShading}
          onSelect={(next) => settings.change({ groundShading: next })}
          options={GROUND_SHADINGS.map((id) => ({ id, label: t(`scene.shading.${id}`) }))}
        />
      </div>
      <div className="app-pop__row">
        <span>{t("scene.light")}</span>
        <Segments
          label={t("scene.light")}
          testId="ground-light"
          selected={groundLight}
          onSelect={(next) => settings.change({ groundLight: next })}
          options={GROUND_LIGHTS.map((id) => ({ id, label: t(`scene.light.${id}`) }))}
        />
      </div>
      <CheckBox
        label={t("scene.contours")}
        isChecked={areContoursShown}
        onChange={(next) => settings.change({ areContoursShown: next })}
        testId="contours"
      >
        <small>{t("scene.contours.title")}</small>
      </CheckBox>
    </>
  );
}
