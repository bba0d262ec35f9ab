import type { Position } from "../geo/position.js";

/** The three lists a vehicle keeps: https://mavlink.io/en/services/mission.html#mission_types */
export type PlanPart = "mission" | "fence" | "rally";

/** Why what was verified must be read again. */
export type PlanDoubt =
  /** Another station was heard sending to it, or being sent an acceptance. */
  | "other-station"
  /** MISSION_CURRENT tells another number of items, or other ids. */
  | "other-count"
  | "other-id"
  | "reboot"
  /** The aircraft was not heard for a while: nobody knows what it was told meanwhile. */
  | "silence"
  /** It was to be read again and could not be. */
  | "not-read";

/** What the station knows of the mission on board. Anything but `verified` blocks the start. */
export type AircraftPlan =
  | { readonly kind: "unknown" }
  | {
      readonly kind: "verified";
      readonly countOfItems: number;
      readonly planHash: string;
      readonly unixTimeUs: number;
      /** Objections against which a person sent it all the same; none where it is not said. */
      readonly countOfBlockingFindings?: number | undefined;
    }
  /**
   * Was verified, and since then something was heard (or nothing, for too long) after which it may be another. The station
   * reads it again by itself, and always before it lets the aircraft fly it.
   */
  | {
      readonly kind: "to-be-read-again";
      readonly because: PlanDoubt;
      readonly countOfItems: number;
      readonly planHash: string;
      /** When it was last known for certain. */
      readonly unixTimeUs: number;
      readonly countOfBlockingFindings?: number | undefined;
    }
  /** Every item is on board as planned, and the aircraft itself will not fly it. `reasons`: its own words. */
  | {
      readonly kind: "refused-by-aircraft";
      readonly reasons: readonly string[];
      readonly countOfItems: number;
      readonly unixTimeUs: number;
    }
  /** Read from the aircraft: known, but not a plan of ours. */
  | { readonly kind: "read"; readonly countOfItems: number; readonly unixTimeUs: number }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  /** A transfer failed part-way; what the aircraft now holds may be half a plan. */
  | { readonly kind: "uncertain"; readonly failure: TransferFailure };

/** Where an aircraft may (inclusion) and may not (exclusion) be. Corners in order, not closed. */
export type FenceAreas = {
  readonly polygons: readonly { readonly isInclusion: boolean; readonly corners: readonly Position[] }[];
  readonly circles: readonly {
    readonly isInclusion: boolean;
    readonly centre: Position;
    readonly radiusM: number;
  }[];
};

/** The fence as the aircraft holds it. What it did not say is undefined. */
export type AircraftFence = {
  readonly isEnabled: boolean | undefined;
  readonly isBreached: boolean | undefined;
  /** What it does at the fence: "report", "return", "land", ... as the autopilot names it. */
  readonly actionName: string | undefined;
  /** Several inclusion areas: ArduPilot demands all of them unless told otherwise, PX4 any of them. */
  readonly combination: "union" | "intersection" | undefined;
  readonly countOfItems: number | undefined;
  /** False: the fence may be on, but the areas on board do not count (ArduPilot's FENCE_TYPE leaves them out). */
  readonly areItemsUsed?: boolean | undefined;
  readonly items: AircraftPlan;
  /** As last verified or read, also while `items` is in doubt; undefined where they never were. */
  readonly areas?: FenceAreas | undefined;
};

export type ItemDifference = {
  readonly seq: number;
  readonly field: string;
  readonly planned: string;
  readonly onAircraft: string;
};

/** Why a plan is not sent until a person overrides it with a reason. */
export type BlockingFinding =
  | { readonly kind: "training-on-real" }
  /** Armed and in the mode that flies the mission on board. */
  | { readonly kind: "mission-being-flown" }
  | { readonly kind: "other-airframe"; readonly plannedMavType: number; readonly actualMavType: number }
  | { readonly kind: "other-autopilot"; readonly plannedMavAutopilot: number; readonly actualMavAutopilot: number }
  | { readonly kind: "home-far"; readonly distanceM: number }
  /** A red finding of the plan itself: which, about which item (from 1), with what its sentence needs. */
  | {
      readonly kind: "plan-danger";
      readonly finding: string;
      readonly seq: number | undefined;
      readonly facts: Readonly<Record<string, string | number>>;
    };

/** A part of a plan by its kind, and the number (from 1) of the item it would begin with. */
export type PlanPartName = { readonly type: string; readonly seq: number };

/** Why a transfer cannot even begin: a key of the screens' dictionary. */
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
  /** Two aircraft answer to its number on one link. */
  | "two-with-one-id";

export type TransferFailure =
  | { readonly kind: "no-reply"; readonly lastSeq: number | undefined }
  /** MAV_MISSION_RESULT other than accepted; `seq` is the item it was about, where known. */
  | { readonly kind: "refused"; readonly mavMissionResult: number; readonly seq: number | undefined }
  | { readonly kind: "differs"; readonly differences: readonly ItemDifference[] }
  /** On board as sent; the autopilot's own check says that it will not fly it, in its words. */
  | { readonly kind: "refused-by-aircraft"; readonly reasons: readonly string[] }
  | { readonly kind: "busy" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "not-possible"; readonly because: TransferReason }
  /** Nothing was sent: a person must say why it is right all the same. */
  | { readonly kind: "needs-override"; readonly blockingFindings: readonly BlockingFinding[] }
  /** Nothing was sent, and no reason sends it: these parts would not be flown, and "verified" must mean the whole plan. */
  | { readonly kind: "not-whole"; readonly parts: readonly PlanPartName[] }
  | { readonly kind: "cancelled" };

export type TransferStatus =
  | {
      readonly phase: "uploading" | "reading-back" | "downloading";
      readonly part: PlanPart;
      readonly countOfDone: number;
      readonly countOfItems: number;
    }
  /** The link is silent; the transfer goes on where it was when it is back. */
  | { readonly phase: "waiting"; readonly part: PlanPart; readonly countOfDone: number; readonly countOfItems: number }
  /** `parts`: what was sent; a list the plan says nothing of is as it was on board. */
  | { readonly phase: "verified"; readonly countOfItems: number; readonly parts?: readonly PlanPart[] }
  | { readonly phase: "downloaded"; readonly countOfItems: number }
  | { readonly phase: "failed"; readonly part?: PlanPart; readonly failure: TransferFailure };
