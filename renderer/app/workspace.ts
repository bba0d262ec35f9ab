import { Latest } from "../bridge/latest.js";
import { defineStore } from "../bridge/uiStores.js";

/** Id of an entry in `WORKSPACES`; a plain text, so that a new workspace needs no change here. */
export type WorkspaceId = string;

/** The workspace on screen. */
export const shownWorkspace = defineStore(() => new Latest<WorkspaceId>("fly"));
