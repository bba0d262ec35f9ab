import type { Action } from "./actions.js";
import { changeSettings, settings } from "./settings.js";
import { WORKSPACES, workspace } from "./workspace.js";

/** Shortcuts of every workspace. */
export const frameActions = (toggleHelp: () => void): readonly Action[] => [
  ...WORKSPACES.map(({ id, shortcut }): Action => ({
    id: `workspace-${id}`,
    labelKey: `app.${id}`,
    shortcut,
    isEnabled: () => true,
    perform: () => workspace.set(id),
  })),
  {
    id: "mute",
    labelKey: "app.mute",
    shortcut: "U",
    isEnabled: () => true,
    perform: () => changeSettings({ isMuted: !settings.get().isMuted }),
  },
  { id: "help", labelKey: "app.help", shortcut: "?", isEnabled: () => true, perform: toggleHelp },
];
