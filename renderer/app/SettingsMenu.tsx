import { useEffect } from "react";
import { useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { useMiniMapChoice } from "../scene/mini/miniMapShown.js";
import { Button } from "../ui/Button.js";
import { CheckBox } from "../ui/CheckBox.js";
import { Segments } from "../ui/Segments.js";
import { CoastRow } from "./CoastRow.js";
import { GroundRows } from "./GroundRows.js";
import { MapRow } from "./MapRow.js";
import { ScaleRow } from "./ScaleRow.js";
import { OverlayRows } from "./OverlayRows.js";
import { settingsStore } from "./settings.js";
import { useText } from "./text.js";

export function SettingsMenu({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const settings = useStore(settingsStore);
  const { theme, units, isMuted, arePlaceNamesShown, isGraticuleShown } = useWhole(settings.values);
  const isMiniMapShown = useMiniMapChoice();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <div className="app-pop app-pop--settings" role="dialog" aria-label={t("app.settings")}>
      <div className="app-pop__row">
        <span>{t("app.theme")}</span>
        <Segments
          label={t("app.theme")}
          testId="theme"
          selected={theme}
          onSelect={(next) => settings.change({ theme: next })}
          options={[
            { id: "night", label: t("app.theme.night") },
            { id: "day", label: t("app.theme.day") },
            { id: "red", label: t("app.theme.red") },
          ]}
        />
      </div>
      <div className="app-pop__row">
        <span>{t("app.units.heights")}</span>
        <Segments
          label={t("app.units.heights")}
          testId="units-lengths"
          selected={units.lengths}
          onSelect={(lengths) => settings.change({ units: { ...units, lengths } })}
          options={[
            { id: "m", label: "m" },
            { id: "ft", label: "ft" },
          ]}
        />
      </div>
      <div className="app-pop__row">
        <span>{t("app.units.speeds")}</span>
        <Segments
          label={t("app.units.speeds")}
          testId="units-speeds"
          selected={units.speeds}
          onSelect={(speeds) => settings.change({ units: { ...units, speeds } })}
          options={[
            { id: "mps", label: "m/s" },
            { id: "kn", label: "kn" },
          ]}
        />
      </div>
      <div className="app-pop__row">
        <span>{t("app.units.positions")}</span>
        <Segments
          label={t("app.units.positions")}
          testId="units-positions"
          selected={units.positions}
          onSelect={(positions) => settings.change({ units: { ...units, positions } })}
          options={[
            { id: "deg", label: "50.12345°" },
            { id: "dm", label: "50° 07.407'" },
          ]}
        />
      </div>
      <ScaleRow />
      <CheckBox
        label={t("app.mute")}
        isChecked={isMuted}
        onChange={(next) => settings.change({ isMuted: next })}
        testId="mute"
      >
        <small>{t("app.mute.title")}</small>
      </CheckBox>
      <CheckBox
        label={t("app.places")}
        isChecked={arePlaceNamesShown}
        onChange={(next) => settings.change({ arePlaceNamesShown: next })}
        testId="place-names"
      >
        <small>{t("app.places.title")}</small>
      </CheckBox>
      <CheckBox
        label={t("app.graticule")}
        isChecked={isGraticuleShown}
        onChange={(next) => settings.change({ isGraticuleShown: next })}
        testId="graticule"
      >
        <small>{t("app.graticule.title")}</small>
      </CheckBox>
      <CheckBox
        label={t("scene.mini.setting")}
        isChecked={isMiniMapShown}
        onChange={(next) => settings.change({ isMiniMapShown: next })}
        testId="mini-map-shown"
      >
        <small>{t("scene.mini.setting.title")}</small>
      </CheckBox>
      <GroundRows />
      <MapRow />
      <OverlayRows />
      <CoastRow />
      <Button label={t("app.close")} isSmall onPress={onClose} />
    </div>
  );
}
