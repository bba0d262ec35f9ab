/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import type { DatumAltitude, Position } from "../geo/position.js";
import type { Aircraft } from "./aircraft.js";

/** One mission item as a vehicle understands it. `undefined` in `params` is MAVLink's NaN: "leave it to the vehicle". */
export type MissionItem = {
  /** MAV_CMD number, https://mavlink.io/en/messages/common.html#mav_commands */
  readonly command: number;
  readonly params: readonly [number | undefined, number | undefined, number | undefined, number | undefined];
  /** Absent for commands without a place (frame MISSION). */
  readonly position?: Position;
  readonly altitude?: DatumAltitude;
  /** Params 5 to 7 of a command without a place (e.g. the mode of DO_MOUNT_CONTROL); absent when all are 0. */
  readonly tail?: readonly [number | undefined, number | undefined, number | undefined];
  readonly autoContinue: boolean;
};

/**
 * What the sweep over an area is asked to do. Spacing and height are stored because they are what will be flown. A pattern may
 * add settings of its own.
 */
export type SweepSettings = {
  /** Direction of the legs, true, 0 ≤ x < 180. */
  readonly legHeadingDeg: number;
  readonly trackSpacingM: number;
  readonly height: DatumAltitude;
  readonly groundSpeedMps: number;
  /** How far each leg runs past the area before it turns. */
  readonly turnaroundM: number;
};

/** What a file says of an item beyond what is flown: its text, and the item as it was read from it. */
export type ItemSource = { readonly json: string; readonly item: MissionItem };
export type SimpleItem = {
  readonly kind: "simple";
  readonly id: string;
  readonly item: MissionItem;
  /** Kept where another station wrote more than we would: as long as `item` is the one that was read, so is its text. */
  readonly source?: ItemSource;
};
/** An area searched by a pattern: the area as drawn, corners in order, not closed, and the items generated from it. */
export type SweepItem = {
  readonly kind: "sweep";
  readonly id: string;
  /** One of `patterns/registry.ts`. */
  readonly patternId: string;
  readonly area: readonly Position[];
  readonly settings: SweepSettings;
  readonly items: readonly MissionItem[];
};
/**
 * A complex item of another station that we do not edit: kept byte for byte. `items` is what it flies, as stored or as that
 * station would make it; none where nobody here can tell: such a plan is never sent.
 */
export type OpaqueItem = {
  readonly kind: "opaque";
  readonly id: string;
  readonly complexItemType: string;
  readonly rawJson: string;
  readonly items: readonly MissionItem[];
};
export type PlanItem = SimpleItem | SweepItem | OpaqueItem;

export type PlannedHome = { readonly position: Position; readonly altitudeAmslM: number };

/** Members of a file that mean nothing here, by name: they go back as they came. */
export type ForeignMembers = {
  readonly top: Readonly<Record<string, string>>;
  readonly mission: Readonly<Record<string, string>>;
};

/** An immutable plan; edits make a new one (`src/plan/edits.ts`) so that undo is a list of plans. */
export type Plan = {
  readonly name: string;
  /** MAV_TYPE and MAV_AUTOPILOT the plan was made for. */
  readonly vehicleType: number;
  readonly firmwareType: number;
  readonly cruiseSpeedMps: number;
  readonly hoverSpeedMps: number;
  readonly plannedHome: PlannedHome | undefined;
  readonly items: readonly PlanItem[];
  /** Fence and rally sections of a file, untouched until this station edits them. */
  readonly fenceJson: string | undefined;
  readonly rallyJson: string | undefined;
  /** Lists that this plan takes off the aircraft; a list it neither has nor clears is left as it is on board. */
  readonly clears?: readonly ("fence" | "rally")[];
  /** The figures it was planned with; a plan of another station has none. */
  readonly aircraft?: Aircraft;
  readonly foreign?: ForeignMembers;
  /** A training plan goes to a real aircraft only when a person overrides the objection with a reason. */
  readonly isTraining: boolean;
};

/** The mission a plan flies, in order, without home. Sequence numbers belong to the dialect that uploads it. */
export const missionItemsOf = (plan: Plan): readonly MissionItem[] =>
  plan.items.flatMap((item) => (item.kind === "simple" ? [item.item] : item.items));

/** A part of the plan that would fly nothing, with the number (from 1) of the item before which it stands. */
type UnflownPart = { readonly itemId: string; readonly type: string; readonly seq: number };

/** Parts that nobody here can turn into mission items, an area that cannot be swept among them. A plan with one is not what its file says: it is never sent. */
export function unflownParts(plan: Plan): readonly UnflownPart[] {
  const parts: UnflownPart[] = [];
  let seq = 1;
  for (const item of plan.items) {
    if (item.kind !== "simple" && item.items.length === 0) {
      parts.push({ itemId: item.id, type: item.kind === "sweep" ? "sweep" : item.complexItemType, seq });
    }
    seq += item.kind === "simple" ? 1 : item.items.length;
  }
  return parts;
}
