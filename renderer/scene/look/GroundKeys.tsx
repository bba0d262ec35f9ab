import { useMemo } from "react";
import { type Action, useActionKeys } from "../../app/actions.js";
import { GROUND_LIGHTS, GROUND_SHADINGS, settingsStore, type SettingsStore } from "../../app/settings.js";
import { useStore } from "../../bridge/StoresContext.js";

/** Keys of how the ground looks, on every map. */
export function GroundKeys(): null {
  const settings = useStore(settingsStore);
  useActionKeys(useMemo(() => groundActions(settings), [settings]));
  return null;
}

const after = <T,>(all: readonly [T, ...T[]], now: T): T => all[(all.indexOf(now) + 1) % all.length] ?? all[0];

const groundActions = ({ values, change }: SettingsStore): readonly Action[] => {
  const action = (id: string, key: Pick<Action, "labelKey" | "shortcut" | "perform">): Action => ({
    ...{ id, isEnabled: () => true },
    ...key,
  });
  return [
    action("contours", {
      ...{ labelKey: "scene.contours", shortcut: "E" },
      perform: () => change({ areContoursShown: !values.get().areContoursShown }),
    }),
    action("ground-shading", {
      ...{ labelKey: "scene.shading.next", shortcut: "H" },
      perform: () => change({ groundShading: after(GROUND_SHADINGS, values.get().groundShading) }),
    }),
    action("ground-light", {
      ...{ labelKey: "scene.light.next", shortcut: "J" },
      perform: () => change({ groundLight: after(GROUND_LIGHTS, values.get().groundLight) }),
    }),
  ];
};
