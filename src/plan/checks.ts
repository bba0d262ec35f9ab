import type { Coast } from "../geo/coast.js";
import type { Aircraft, Wind } from "./aircraft.js";
import type { Plan } from "./plan.js";

export type FindingId =
  | "no-items" | "no-take-off" | "no-return" | "no-home" | "too-many-items" | "area-invalid" | "not-flyable-item"
  | "too-low" | "too-high" | "mixed-datums" | "far-from-home" | "long-hop" | "speed-too-high" | "wind-too-strong" | "energy-reserve"
  | "land-and-sea" | "training";

/** `facts` are what a text about it needs; the sentences live with the screens and the command line. */
export type Finding = {
  readonly id: FindingId;
  /** danger: do not fly this; caution: look at it; info: for knowledge. */
  readonly severity: "info" | "caution" | "danger";
  readonly facts: Readonly<Record<string, string | number>>;
};

export type CheckContext = { readonly aircraft: Aircraft; readonly wind: Wind; readonly coast: Coast | undefined };

export declare function checkPlan(plan: Plan, context: CheckContext): readonly Finding[];
