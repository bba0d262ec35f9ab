import { err, ok, type Result } from "../../../core/result.js";
import type { Dialect } from "../../../mavlink/dialects/dialect.js";
import { fenceToWire } from "../../../mavlink/dialects/fenceItems.js";
import { rallyToWire } from "../../../mavlink/dialects/rallyItems.js";
import type { TransferStage } from "../../../mavlink/protocols/mission/missionJob.js";
import type { ListToSend } from "../../../mavlink/protocols/mission/verifiedUpload.js";
import { fenceOfSection } from "../../../plan/formats/fenceSection.js";
import { rallyOfSection } from "../../../plan/formats/rallySection.js";
import { missionItemsOf, type Plan } from "../../../plan/plan.js";
import type { PlanPart, TransferFailure } from "../../../vehicle/transfers.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";

export type UploadStage = Extract<TransferStage, { kind: "upload" }>;

/**
 * The lists of a plan to upload, in order: mission, fence, rally points. A list that the plan neither has nor clears is
 * left alone: a plan without a fence does not delete the fence on board.
 */
export function uploadStagesOf(
  plan: Plan,
  vehicle: VehicleState,
  dialect: Dialect,
): Result<readonly UploadStage[], TransferFailure> {
  const stages: UploadStage[] = [];
  const add = (part: PlanPart, items: ListToSend["items"]): void => {
    const { firstItemIsHome, keptParams, keepsRallyFrame } = dialect;
    stages.push({ kind: "upload", part, list: { part, firstItemIsHome, keptParams, keepsRallyFrame, items } });
  };
  const fence = fenceToWire(fenceOfSection(plan.fenceJson));
  const rally = rallyToWire(rallyOfSection(plan.rallyJson));
  const hasFence = fence.length > 0 || plan.clears?.includes("fence") === true;
  const hasRally = rally.length > 0 || plan.clears?.includes("rally") === true;
  if (missionItemsOf(plan).length > 0) {
    const mission = dialect.missionToWire(plan, vehicle);
    if (!mission.ok) return mission;
    add("mission", mission.value);
  }
  if (hasFence) add("fence", fence);
  if (hasRally) add("rally", rally);
  return stages.length > 0 ? ok(stages) : err({ kind: "not-possible", because: "plan-empty" });
}
