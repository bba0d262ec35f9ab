import type { Position } from "../geo/position.js";

/** The three lists on a vehicle: https://mavlink.io/en/services/mission.html#mission_types */
export type PlanPart = "mission" | "fence" | "rally";

/** Why a verified plan must be read again. */
export type PlanDoubt =
  /** Another station was received uploading to it, or the vehicle's ack to another station. */
  | "other-station"
  /** MISSION_CURRENT reports another number of items, or other ids. */
  | "other-count"
  | "other-id"
  | "reboot"
  /** The aircraft was not received for a while: another station may have changed its plan. */
  | "silence"
  /** It was to be read again, and reading failed. */
  | "not-read";

/** What the station knows of the mission on board. Only `verified` allows a start. */
export type AircraftPlan =
  | { readonly kind: "unknown" }
  | {
      readonly kind: "verified";
      readonly countOfItems: number;
      readonly planHash: string;
      readonly unixTimeUs: number;
      /** Number of blocking findings that a person has overridden for this upload; absent where not known. */
      readonly countOfBlockingFindings?: number | undefined;
    }
  /**
   * It was verified, but something received since (or nothing for too long) means that it may have changed. The station
   * reads it again by itself, and always before the aircraft may fly it.
   */
  | {
      readonly kind: "to-be-read-again";
      readonly because: PlanDoubt;
      readonly countOfItems: number;
      readonly planHash: string;
      /** When it was last verified. */
      readonly unixTimeUs: number;
      readonly countOfBlockingFindings?: number | undefined;
    }
  /** Every item is on board as planned, but the aircraft refuses to fly it. `reasons`: the texts it sent. */
  | {
      readonly kind: "refused-by-aircraft";
      readonly reasons: readonly string[];
      readonly countOfItems: number;
      readonly unixTimeUs: number;
    }
  /** Read from the aircraft: known, but not uploaded by this station. */
  | { readonly kind: "read"; readonly countOfItems: number; readonly unixTimeUs: number }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  /** A transfer failed part-way; the aircraft may hold an incomplete plan. */
  | { readonly kind: "uncertain"; readonly failure: TransferFailure };

/**
 * Where an aircraft must stay (inclusion) and must not go (exclusion). Corners in order; the first is not repeated at
 * the end.
 */
export type FenceAreas = {
  readonly polygons: readonly { readonly isInclusion: boolean; readonly corners: readonly Position[] }[];
  readonly circles: readonly {
    readonly isInclusion: boolean;
    readonly centre: Position;
    readonly radiusM: number;
  }[];
};

/** The fence on board. What the aircraft did not report is undefined. */
export type AircraftFence = {
  readonly isEnabled: boolean | undefined;
  readonly isBreached: boolean | undefined;
  /** The action at a breach: "report", "return", "land", ... as the autopilot names it. */
  readonly actionName: string | undefined;
  /** With several inclusion areas ArduPilot by default requires all of them, PX4 any one. */
  readonly combination: "union" | "intersection" | undefined;
  readonly countOfItems: number | undefined;
  /** False: the fence may be on, but the areas on board are not used (ArduPilot's FENCE_TYPE excludes them). */
  readonly areItemsUsed?: boolean | undefined;
  readonly items: AircraftPlan;
  /** As last verified or read, even while `items` is in doubt; undefined where they never were. */
  readonly areas?: FenceAreas | undefined;
};

export type ItemDifference = {
  readonly seq: number;
  readonly field: string;
  readonly planned: string;
  readonly onAircraft: string;
};

/** Why a plan is not sent unless a person overrides it with a reason. */
export type BlockingFinding =
  | { readonly kind: "training-on-real" }
  /** The aircraft is armed and in the mode that flies the mission on board. */
  | { readonly kind: "mission-being-flown" }
  | { readonly kind: "other-airframe"; readonly plannedMavType: number; readonly actualMavType: number }
  | { readonly kind: "other-autopilot"; readonly plannedMavAutopilot: number; readonly actualMavAutopilot: number }
  | { readonly kind: "home-far"; readonly distanceM: number }
  /** Not all files of heights could be read: the plan is not checked against all of the ground. */
  | { readonly kind: "terrain-missing" }
  /** A critical finding about the plan: which one, about which item (from 1), with the values for its sentence. */
  | {
      readonly kind: "plan-danger";
      readonly finding: string;
      readonly seq: number | undefined;
      readonly facts: Readonly<Record<string, string | number>>;
    };

/** A part of a plan by its type, and the number (from 1) of the item it would begin with. */
export type PlanPartName = { readonly type: string; readonly seq: number };

/** Why a transfer cannot begin: a key of the screens' dictionary. */
export type TransferReason =
  | "watched-only"
  | "plan-empty"
  | "no-home"
  | "place-without-height"
  | "frame-not-understood"
  | "fence-not-supported"
  | "rally-not-supported"
  | "too-many-items"
  | "high-latency-link"
  /** Two aircraft use this system id on one link. */
  | "two-with-one-id";

export type TransferFailure =
  | { readonly kind: "no-reply"; readonly lastSeq: number | undefined }
  /** MAV_MISSION_RESULT other than accepted; `seq` is the item it refers to, where known. */
  | { readonly kind: "refused"; readonly mavMissionResult: number; readonly seq: number | undefined }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  /** On board as sent, but the autopilot's own check refuses to fly it; `reasons` are its texts. */
  | { readonly kind: "refused-by-aircraft"; readonly reasons: readonly string[] }
  | { readonly kind: "busy" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "not-possible"; readonly because: TransferReason }
  /** Nothing was sent: a person must override the blocking findings with a reason. */
  | { readonly kind: "needs-override"; readonly blockingFindings: readonly BlockingFinding[] }
  /**
   * Nothing was sent, and this cannot be overridden: these parts would not be flown, but "verified" must mean the whole
   * plan.
   */
  | { readonly kind: "not-whole"; readonly parts: readonly PlanPartName[] }
  | { readonly kind: "cancelled" };

export type TransferStatus =
  | {
      readonly phase: "uploading" | "reading-back" | "downloading";
      readonly part: PlanPart;
      readonly countOfDone: number;
      readonly countOfItems: number;
    }
  /** The link is down; the transfer continues where it was when it is back. */
  | { readonly phase: "waiting"; readonly part: PlanPart; readonly countOfDone: number; readonly countOfItems: number }
  /** `parts`: the lists that were sent; a list without content in the plan is unchanged on board. */
  | { readonly phase: "verified"; readonly countOfItems: number; readonly parts?: readonly PlanPart[] }
  | { readonly phase: "downloaded"; readonly countOfItems: number }
  /** `isDownload`: reading failed, which changes nothing on board. */
  | {
      readonly phase: "failed";
      readonly part?: PlanPart;
      readonly failure: TransferFailure;
      readonly isDownload?: boolean;
    };
