import { Latest } from "../bridge/latest.js";
import { defineStore } from "../bridge/uiStores.js";

export type WorkspaceId = "plan" | "fly" | "review" | "setup";
export const WORKSPACES: readonly { readonly id: WorkspaceId; readonly shortcut: string }[] = [
  { id: "plan", shortcut: "1" },
  { id: "fly", shortcut: "2" },
  { id: "review", shortcut: "3" },
  { id: "setup", shortcut: "4" },
];

/** The workspace on screen. */
export const shownWorkspace = defineStore(() => new Latest<WorkspaceId>("fly"));
