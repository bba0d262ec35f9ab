/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import type { DatumAltitude, Position } from "../geo/position.js";
import type { Aircraft } from "./aircraft.js";

/** One mission item. `undefined` in `params` is MAVLink's NaN: "use the vehicle's default". */
export type MissionItem = {
  /** MAV_CMD number, https://mavlink.io/en/messages/common.html#mav_commands */
  readonly command: number;
  readonly params: readonly [number | undefined, number | undefined, number | undefined, number | undefined];
  /** Absent for commands without a position (MAV_FRAME_MISSION). */
  readonly position?: Position;
  readonly altitude?: DatumAltitude;
  /** Params 5 to 7 of a command without a position (e.g. the mode of DO_MOUNT_CONTROL); absent when all are 0. */
  readonly tail?: readonly [number | undefined, number | undefined, number | undefined];
  readonly autoContinue: boolean;
};

/**
 * Settings of a sweep. Spacing and height are stored as they will be flown, not calculated again. A pattern may add its own
 * settings.
 */
export type SweepSettings = {
  /** Direction of the legs, true, 0 ≤ x < 180. */
  readonly legHeadingDeg: number;
  readonly trackSpacingM: number;
  readonly height: DatumAltitude;
  readonly groundSpeedMps: number;
  /** How far each leg overshoots the area before turning, metres. */
  readonly turnaroundM: number;
};

/** The item's JSON text in its file, and the item as it was read from it. */
export type ItemSource = { readonly json: string; readonly item: MissionItem };
export type SimpleItem = {
  readonly kind: "simple";
  readonly id: string;
  readonly item: MissionItem;
  /** Set when another station wrote more than we would. The text is written back as long as `item` is the object that was read. */
  readonly source?: ItemSource;
};
/** An area searched by a pattern: the area as drawn (corners in order, not closed) and the items generated from it. */
export type SweepItem = {
  readonly kind: "sweep";
  readonly id: string;
  /** An id of `patterns/registry.ts`. */
  readonly patternId: string;
  readonly area: readonly Position[];
  readonly settings: SweepSettings;
  readonly items: readonly MissionItem[];
};
/**
 * A complex item of another station that we do not edit, kept byte for byte. `items` are its mission items, as stored or as that
 * station would generate them; empty when we cannot tell, and such a plan is never uploaded.
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

/** Members of a file that we do not understand, by name; written back unchanged. */
export type ForeignMembers = {
  readonly top: Readonly<Record<string, string>>;
  readonly mission: Readonly<Record<string, string>>;
};

/** An immutable plan. Edits create a new one (`src/plan/edits.ts`), so undo is a list of plans. */
export type Plan = {
  readonly name: string;
  /** MAV_TYPE and MAV_AUTOPILOT the plan was made for. */
  readonly vehicleType: number;
  readonly firmwareType: number;
  readonly cruiseSpeedMps: number;
  readonly hoverSpeedMps: number;
  readonly plannedHome: PlannedHome | undefined;
  readonly items: readonly PlanItem[];
  /** Fence and rally sections as text, unchanged until this station edits them. */
  readonly fenceJson: string | undefined;
  readonly rallyJson: string | undefined;
  /** Lists that the upload erases on the aircraft; a list that the plan neither has nor clears is left as it is on board. */
  readonly clears?: readonly ("fence" | "rally")[];
  /** The aircraft data it was planned with; absent in plans of other stations. */
  readonly aircraft?: Aircraft;
  readonly foreign?: ForeignMembers;
  /** When it is flown, in whole minutes; absent: now, whenever that is. */
  readonly startsAtUnixMs?: number;
  /** A training plan is uploaded to a real aircraft only when a person overrides the refusal and gives a reason. */
  readonly isTraining: boolean;
};

/** The plan's mission items in order, without home. The dialect that uploads them assigns sequence numbers. */
export const missionItemsOf = (plan: Plan): readonly MissionItem[] =>
  plan.items.flatMap((item) => (item.kind === "simple" ? [item.item] : item.items));

/** A part of the plan without mission items. `seq` (from 1) is the number of the item that follows it. */
type UnflownPart = { readonly itemId: string; readonly type: string; readonly seq: number };

/** Parts without mission items: unreadable complex items, areas that cannot be swept. A plan with one is never uploaded. */
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
