import type { ComponentType } from "react";
import { FlyWorkspace } from "../fly/FlyWorkspace.js";
import { PlanWorkspace } from "../plan/PlanWorkspace.js";
import { ReviewWorkspace } from "../review/ReviewWorkspace.js";
import { SetupWorkspace } from "../setup/SetupWorkspace.js";
import type { TextKey } from "./dictionary.js";
import type { WorkspaceId } from "./workspace.js";

type Workspace = {
  readonly id: WorkspaceId;
  readonly shortcut: string;
  readonly titleKey: TextKey;
  readonly Screen: ComponentType;
};

/** The registry of workspaces, in the order of their tabs: a workspace is a folder and a line here. */
export const WORKSPACES: readonly [Workspace, ...Workspace[]] = [
  { id: "plan", shortcut: "1", titleKey: "app.plan", Screen: PlanWorkspace },
  { id: "fly", shortcut: "2", titleKey: "app.fly", Screen: FlyWorkspace },
  { id: "review", shortcut: "3", titleKey: "app.review", Screen: ReviewWorkspace },
  { id: "setup", shortcut: "4", titleKey: "app.setup", Screen: SetupWorkspace },
];
