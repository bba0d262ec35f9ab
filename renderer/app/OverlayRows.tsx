import { useWhole } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { overlaysOf } from "../scene/map/useShownMap.js";
import { CheckBox } from "../ui/CheckBox.js";
import { settingsStore } from "./settings.js";
import { useText } from "./text.js";

/** Which drawings lie over the map; nothing where there are none. */
export function OverlayRows() {
  const t = useText();
  const settings = useStore(settingsStore);
  const { hiddenOverlays } = useWhole(settings.values);
  const list = overlaysOf(useWhole(useStation().maps.list));
  const names = [...new Set(list.map(({ name }) => name))];
  const change = (name: string, isShown: boolean): void => {
    const others = hiddenOverlays.filter((other) => other !== name);
    settings.change({ hiddenOverlays: isShown ? others : [...others, name] });
  };
  return names.map((name) => (
    <CheckBox
      key={name}
      label={t("app.overlay", { name })}
      isChecked={!hiddenOverlays.includes(name)}
      onChange={(isShown) => change(name, isShown)}
      testId="overlay-shown"
    />
  ));
}
