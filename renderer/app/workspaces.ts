import type { ComponentType } from "react";
import { FlyWorkspace } from "../fly/FlyWorkspace.js";
import type { TextKey } from "./dictionary.js";
import { type LaterScreen, readLater } from "./readLater.js";
import type { WorkspaceId } from "./workspace.js";

type Workspace = {
  readonly id: WorkspaceId;
  readonly shortcut: string;
  readonly titleKey: TextKey;
  readonly Screen: ComponentType;
};

const plan = readLater(() => import("../plan/PlanWorkspace.js").then(({ PlanWorkspace }) => PlanWorkspace));
const review = readLater(() => import("../review/ReviewWorkspace.js").then(({ ReviewWorkspace }) => ReviewWorkspace));
const setup = readLater(() => import("../setup/SetupWorkspace.js").then(({ SetupWorkspace }) => SetupWorkspace));

/** The registry of workspaces, in the order of their tabs: a workspace is a folder and a line here. Fly comes with the page. */
export const WORKSPACES: readonly [Workspace, ...Workspace[]] = [
  { id: "plan", shortcut: "1", titleKey: "app.plan", Screen: plan.Screen },
  { id: "fly", shortcut: "2", titleKey: "app.fly", Screen: FlyWorkspace },
  { id: "review", shortcut: "3", titleKey: "app.review", Screen: review.Screen },
  { id: "setup", shortcut: "4", titleKey: "app.setup", Screen: setup.Screen },
];

/** The workspaces that are read after the first frame. */
export const LATER_WORKSPACES: readonly LaterScreen[] = [plan, review, setup];
