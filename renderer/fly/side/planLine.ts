/** The line about the plan on board: green only when it is exactly the plan on screen. Pure. */
import type { PlanAboard } from "../../../src/vehicle/selectors/planAboard.js";
import type { AircraftPlan } from "../../../src/vehicle/transfers.js";
import type { TextKey } from "../../app/dictionary.js";

type PlanLineWords = {
  readonly tone: "good" | "caution";
  /** What is the case, and what to do about it. */
  readonly what: TextKey;
  readonly todo: TextKey | undefined;
  readonly countOfItems: number;
  readonly countOfBlockingFindings: number;
};

export function planLineOf(held: AircraftPlan | undefined, aboard: PlanAboard): PlanLineWords {
  const countOfItems = held !== undefined && "countOfItems" in held ? held.countOfItems : 0;
  if (held?.kind === "verified") return verifiedLine(held, aboard);
  const kind = held?.kind ?? "unknown";
  return {
    tone: "caution",
    what: `fly.plan.${kind}`,
    todo: `fly.plan.${kind}.do`,
    countOfItems,
    countOfBlockingFindings: 0,
  };
}

type Verified = Extract<AircraftPlan, { kind: "verified" }>;

function verifiedLine({ countOfItems, countOfBlockingFindings = 0 }: Verified, aboard: PlanAboard): PlanLineWords {
  const known = { countOfItems, countOfBlockingFindings };
  if (aboard === "another" || aboard === "not-compared") {
    return { ...known, tone: "caution", what: `fly.plan.${aboard}`, todo: `fly.plan.${aboard}.do` };
  }
  return {
    ...known,
    tone: countOfBlockingFindings > 0 ? "caution" : "good",
    what: "fly.plan.verified",
    todo: undefined,
  };
}

/** The plan on board is another than the plan on screen: an automatic checklist item would then be misread. */
export const isOtherPlan = (aboard: PlanAboard): boolean => aboard === "another" || aboard === "not-compared";
