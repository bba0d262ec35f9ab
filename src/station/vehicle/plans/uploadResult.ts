/** What a finished upload is told as. Pure. */
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

/** What a pilot counts: the items of the plan. The home that ArduPilot keeps as the first item of its mission is none of them. */
export const countOfPlanItems = ({ part, items, firstItemIsHome }: CountedList): number =>
  Math.max(0, items.length - (part === "mission" && firstItemIsHome ? 1 : 0));

/** How many items MISSION_CURRENT will count when the mission is on board: home is none of them. */
export function totalOf(ended: Ended, stages: readonly UploadStage[]): number | undefined {
  const list = ended.phase === "failed" ? undefined : stages.find(({ part }) => part === "mission")?.list;
  return list && countOfPlanItems(list);
}

/** A mission is what a pilot counts; fence and rally points where there is none. */
export function uploadStatus(ended: Ended, stages: readonly UploadStage[]): TransferStatus {
  if (ended.phase === "failed") return transferStatusOf(ended);
  const parts = stages.map(({ part }) => part);
  const counted = stages.find(({ part }) => part === "mission") ?? stages[0];
  return { phase: "verified", countOfItems: counted ? countOfPlanItems(counted.list) : 0, parts };
}
