/** The result of a finished upload as it is reported. Pure. */
import { type TransferJobState, transferStatusOf } from "../../../mavlink/protocols/mission/missionJob.js";
import type { PlanPart, TransferFailure, TransferStatus } from "../../../vehicle/transfers.js";
import type { UploadStage } from "./planStages.js";

export type Ended = Exclude<TransferJobState, { phase: "active" }>;

export const failedStatus = (ended: Ended, failure: TransferFailure): TransferStatus => ({
  phase: "failed",
  ...(ended.phase === "failed" ? { part: ended.part } : {}),
  failure,
});

type CountedList = { readonly part: PlanPart; readonly items: readonly unknown[]; readonly firstItemIsHome: boolean };

/**
 * The items of the plan, as a pilot counts them: without the home that ArduPilot stores as the mission's first item.
 */
export const countOfPlanItems = ({ part, items, firstItemIsHome }: CountedList): number =>
  Math.max(0, items.length - (part === "mission" && firstItemIsHome ? 1 : 0));

/** The count that MISSION_CURRENT will report for this mission: without home. */
export function totalOf(ended: Ended, stages: readonly UploadStage[]): number | undefined {
  const list = ended.phase === "failed" ? undefined : stages.find(({ part }) => part === "mission")?.list;
  return list && countOfPlanItems(list);
}

/** Reports the mission's count; that of fence or rally points where there is no mission. */
export function uploadStatus(ended: Ended, stages: readonly UploadStage[]): TransferStatus {
  if (ended.phase === "failed") return transferStatusOf(ended);
  const parts = stages.map(({ part }) => part);
  const counted = stages.find(({ part }) => part === "mission") ?? stages[0];
  return { phase: "verified", countOfItems: counted ? countOfPlanItems(counted.list) : 0, parts };
}
