/** What the upload button and the words beside it say. Pure. */
import type { Plan } from "../../src/plan/plan.js";
import type { AircraftPlan, ItemDifference, TransferFailure, TransferStatus } from "../../src/vehicle/transfers.js";

export type UploadView =
  | { readonly kind: "idle" }
  | {
      readonly kind: "busy";
      readonly phase: "uploading" | "reading-back";
      readonly fraction: number;
      readonly countOfDone: number;
      readonly countOfItems: number;
    }
  | { readonly kind: "verified"; readonly unixTimeUs: number; readonly countOfItems: number }
  /** Verified, but the plan on screen was changed afterwards. */
  | { readonly kind: "outdated"; readonly unixTimeUs: number; readonly countOfItems: number }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  | { readonly kind: "failed"; readonly failure: TransferFailure };

export type UploadFacts = {
  readonly transfer: TransferStatus | undefined;
  readonly onAircraft: AircraftPlan | undefined;
  /** The plan last sent from this page, and the one now on screen. */
  readonly sentPlan: Plan | undefined;
  readonly shownPlan: Plan;
};

export function uploadView({ transfer, onAircraft, sentPlan, shownPlan }: UploadFacts): UploadView {
  if (transfer?.phase === "uploading" || transfer?.phase === "reading-back") {
    const { phase, countOfDone, countOfItems } = transfer;
    // Reading back is the second half of the way.
    const share = countOfItems === 0 ? 0 : countOfDone / countOfItems / 2;
    return { kind: "busy", phase, fraction: phase === "uploading" ? share : 0.5 + share, countOfDone, countOfItems };
  }
  if (transfer?.phase === "failed") {
    const { failure } = transfer;
    return failure.kind === "differs"
      ? { kind: "differs", differences: failure.differences }
      : { kind: "failed", failure };
  }
  if (onAircraft?.kind === "differs") return { kind: "differs", differences: onAircraft.differences };
  if (onAircraft?.kind === "uncertain") return { kind: "failed", failure: onAircraft.failure };
  if (onAircraft?.kind !== "verified") return { kind: "idle" };
  const { unixTimeUs, countOfItems } = onAircraft;
  return { kind: sentPlan === shownPlan ? "verified" : "outdated", unixTimeUs, countOfItems };
}
