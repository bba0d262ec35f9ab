import type { Action } from "./actions.js";
import { WORKSPACES, workspace } from "./workspace.js";

/** Keys that work everywhere. */
export const frameActions = (toggleHelp: () => void): readonly Action[] => [
  ...WORKSPACES.map(({ id, shortcut }): Action => ({
    id: `workspace-${id}`,
    labelKey: `app.${id}`,
    shortcut,
    isEnabled: () => true,
    perform: () => workspace.set(id),
  })),
  { id: "help", labelKey: "app.help", shortcut: "?", isEnabled: () => true, perform: toggleHelp },
];
