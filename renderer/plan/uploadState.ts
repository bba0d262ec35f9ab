/** The state shown by the upload button and the text beside it. Pure. */
import { planAboardOf, type ShownPlan } from "../../src/vehicle/selectors/planAboard.js";
import type {
  AircraftPlan,
  ItemDifference,
  PlanDoubt,
  BlockingFinding,
  TransferFailure,
  TransferStatus,
} from "../../src/vehicle/transfers.js";

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
  /** Verified, and sent by the user in spite of blocking findings. */
  | {
      readonly kind: "overridden";
      readonly unixTimeUs: number;
      readonly countOfItems: number;
      readonly countOfBlockingFindings: number;
    }
  /** Verified, but not the plan on screen, which was changed since, or another screen uploaded another one. */
  | { readonly kind: "outdated"; readonly unixTimeUs: number; readonly countOfItems: number }
  /** Was verified; the plan on board may have changed since and is being read again. */
  | { readonly kind: "to-be-read-again"; readonly because: PlanDoubt }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  /** Not sent until the user gives a reason for sending it anyway. */
  | { readonly kind: "objected"; readonly blockingFindings: readonly BlockingFinding[] }
  | { readonly kind: "failed"; readonly failure: TransferFailure };

type UploadFacts = {
  readonly transfer: TransferStatus | undefined;
  readonly onAircraft: AircraftPlan | undefined;
  readonly shown: ShownPlan | undefined;
};

type Busy = Extract<TransferStatus, { countOfDone: number }>;

function busyView({ phase, countOfDone, countOfItems }: Busy): UploadView {
  // Reading back counts as the second half of the progress.
  const share = countOfItems === 0 ? 0 : countOfDone / countOfItems / 2;
  const isUpload = phase === "uploading" || phase === "waiting";
  return {
    kind: "busy",
    phase: isUpload ? "uploading" : "reading-back",
    fraction: isUpload ? share : 0.5 + share,
    countOfDone,
    countOfItems,
  };
}

function failedView(failure: TransferFailure): UploadView {
  if (failure.kind === "needs-override") return { kind: "objected", blockingFindings: failure.blockingFindings };
  return failure.kind === "differs"
    ? { kind: "differs", differences: failure.differences }
    : { kind: "failed", failure };
}

/** A running transfer or a failed upload takes precedence over what was known before; a failed download changed nothing. */
export function uploadView(facts: UploadFacts): UploadView {
  const { transfer } = facts;
  if (transfer !== undefined && "countOfDone" in transfer) return busyView(transfer);
  const isFailedUpload = transfer?.phase === "failed" && transfer.isDownload !== true;
  return isFailedUpload ? failedView(transfer.failure) : aircraftView(facts);
}

function aircraftView({ onAircraft, shown }: UploadFacts): UploadView {
  switch (onAircraft?.kind) {
    case undefined:
    case "unknown":
    case "read":
      return { kind: "idle" };
    case "differs":
      return { kind: "differs", differences: onAircraft.differences };
    case "to-be-read-again":
      return { kind: "to-be-read-again", because: onAircraft.because };
    case "refused-by-aircraft":
      return failedView(onAircraft);
    case "uncertain":
      return failedView(onAircraft.failure);
    case "verified":
      return verifiedView(onAircraft, shown);
  }
}

function verifiedView(
  onAircraft: Extract<AircraftPlan, { kind: "verified" }>,
  shown: ShownPlan | undefined,
): UploadView {
  const { unixTimeUs, countOfItems, countOfBlockingFindings = 0 } = onAircraft;
  if (planAboardOf(onAircraft, shown) !== "on-screen") return { kind: "outdated", unixTimeUs, countOfItems };
  return countOfBlockingFindings > 0
    ? { kind: "overridden", unixTimeUs, countOfItems, countOfBlockingFindings }
    : { kind: "verified", unixTimeUs, countOfItems };
}
