import { useWhole } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { basesOf, chosenMap, NO_MAP } from "../scene/map/useShownMap.js";
import { SelectField } from "../ui/SelectField.js";
import { settingsStore } from "./settings.js";
import { useText } from "./text.js";

/** Which map lies on the ground. */
export function MapRow() {
  const t = useText();
  const settings = useStore(settingsStore);
  const { shownMap } = useWhole(settings.values);
  const list = basesOf(useWhole(useStation().maps.list));
  const names = [...new Set(list.map(({ name }) => name))];
  return (
    <div className="app-pop__row">
      <span>{t("app.map")}</span>
      <SelectField
        label={t("app.map")}
        isLabelHidden
        testId="map-choice"
        disabledBecause={list.length === 0 ? t("app.map.none") : undefined}
        options={[{ id: NO_MAP, label: t("app.map.off") }, ...names.map((name) => ({ id: name, label: name }))]}
        selected={chosenMap(list, shownMap)?.name ?? NO_MAP}
        onSelect={(name) => settings.change({ shownMap: name })}
      />
    </div>
  );
}
