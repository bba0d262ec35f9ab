/** What the station knows of the mission on board. Anything but `verified` blocks the start. */
export type AircraftPlan =
  | { readonly kind: "unknown" }
  | { readonly kind: "verified"; readonly countOfItems: number; readonly planHash: string; readonly unixTimeUs: number }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  /** A transfer failed part-way; what the aircraft now holds may be half a plan. */
  | { readonly kind: "uncertain"; readonly failure: TransferFailure };

export type ItemDifference = {
  readonly seq: number;
  readonly field: string;
  readonly planned: string;
  readonly onAircraft: string;
};

export type TransferFailure =
  | { readonly kind: "no-reply"; readonly lastSeq: number | undefined }
  /** MAV_MISSION_RESULT other than accepted; `seq` is the item it was about, where known. */
  | { readonly kind: "refused"; readonly mavMissionResult: number; readonly seq: number | undefined }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  | { readonly kind: "busy" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "not-possible"; readonly because: string }
  | { readonly kind: "cancelled" };

export type TransferStatus =
  | { readonly phase: "uploading" | "reading-back"; readonly countOfDone: number; readonly countOfItems: number }
  | { readonly phase: "verified"; readonly countOfItems: number }
  | { readonly phase: "failed"; readonly failure: TransferFailure };
