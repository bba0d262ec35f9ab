/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import type { MissionItem, Plan } from "../plan.js";
import { readPlanFile } from "../formats/planFile.js";
import { simpleItemJson } from "../formats/simpleItem.js";

export type Json = Record<string, unknown>;

/** The plan in a file, given as its text or as JSON to be written. */
export const readPlan = (document: unknown, path = "a.plan"): Plan => {
  const plan = readPlanFile(typeof document === "string" ? document : JSON.stringify(document), path);
  if (!plan.ok) throw new Error(`${plan.error.where}: ${plan.error.problem}`);
  return plan.value;
};

/** "place: problem" of a file that is refused; undefined for one that is read. */
export const mistakeOf = (document: unknown): string | undefined => {
  const plan = readPlanFile(JSON.stringify(document), "a.plan");
  return plan.ok ? undefined : `${plan.error.where ?? "-"}: ${plan.error.problem}`;
};

export const planFile = (mission: Json = {}, more: Json = {}): Json => ({
  fileType: "Plan",
  version: 1,
  mission: { version: 2, items: [], ...mission },
  ...more,
});

export const aWaypoint: MissionItem = {
  command: 16,
  params: [0, 0, 0, undefined],
  position: { latitudeDeg: 50, longitudeDeg: 1 },
  altitude: { datum: "home", valueM: 40 },
  autoContinue: true,
};

/** The same as another station writes it. */
export const WAYPOINT_JSON = simpleItemJson(aWaypoint, 1);
