import type { UiStores } from "../bridge/uiStores.js";
import type { Action } from "./actions.js";
import { type SettingsStore, settingsStore } from "./settings.js";
import { shownWorkspace } from "./workspace.js";
import { WORKSPACES } from "./workspaces.js";

/** Shortcuts of every workspace. */
export const frameActions = (stores: UiStores, toggleHelp: () => void): readonly Action[] => [
  ...WORKSPACES.map(({ id, shortcut, titleKey }): Action => ({
    id: `workspace-${id}`,
    labelKey: titleKey,
    shortcut,
    isEnabled: () => true,
    perform: () => stores.get(shownWorkspace).set(id),
  })),
  {
    id: "mute",
    labelKey: "app.mute",
    shortcut: "U",
    isEnabled: () => true,
    perform: () => toggleMute(stores.get(settingsStore)),
  },
  { id: "help", labelKey: "app.help", shortcut: "?", isEnabled: () => true, perform: toggleHelp },
];

const toggleMute = ({ values, change }: SettingsStore): void => change({ isMuted: !values.get().isMuted });
