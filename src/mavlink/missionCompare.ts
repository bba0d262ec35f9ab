/**
 * Whether the mission read back is the mission sent. ArduPilot rounds (whole centimetres, whole seconds, byte-sized
 * turns) and drops what it does not use, so "equal" means: equal in everything the vehicle keeps and flies by.
 * Source: AP_Mission::mavlink_int_to_mission_cmd and its inverse, and the recordings of a real one in fixtures/.
 */
import type { ItemDifference } from "../vehicle/transfers.js";
import type { WireMissionItem } from "./protocols/missionWire.js";

/** Two units of degE7, 2 cm: ArduPilot keeps degE7 exactly, others go through float radians. */
const PLACE_TOLERANCE_E7 = 2;
/** It keeps whole centimetres, cut off; the float32 on the wire adds less than a millimetre below 8 km. */
const HEIGHT_TOLERANCE_M = 0.011;
const PARAM_TOLERANCE = 1e-6;
const FRAME_MISSION = 2;

type Kept = "whole" | "sign" | "is-set" | "dropped" | "float";
type KeptParams = readonly [Kept, Kept, Kept, Kept];
const ALL_FLOAT: KeptParams = ["float", "float", "float", "float"];
// What survives of param1..4. Copter drops acceptance radius and yaw of waypoints; Plane keeps two as bytes, which a plan
// for a copter leaves at 0. The radius of LOITER_TIME comes back as its sign.
const KEPT: Readonly<Record<number, KeptParams>> = {
  16: ["whole", "dropped", "dropped", "dropped"],
  17: ["dropped", "dropped", "whole", "dropped"],
  18: ["whole", "dropped", "whole", "is-set"],
  19: ["whole", "dropped", "sign", "is-set"],
  20: ["dropped", "dropped", "dropped", "dropped"],
  21: ["whole", "dropped", "dropped", "dropped"],
  22: ["whole", "dropped", "dropped", "dropped"],
  82: ["whole", "dropped", "dropped", "dropped"],
};

function isSameParam(kept: Kept, planned: number, onAircraft: number): boolean {
  if (Number.isNaN(planned)) return true; // left to the vehicle
  switch (kept) {
    case "dropped":
      return true;
    case "whole":
      return Math.abs(Math.trunc(planned) - onAircraft) < 1;
    case "sign":
      return planned < 0 === onAircraft < 0;
    case "is-set":
      return planned > 0 === onAircraft > 0;
    case "float":
      return Math.abs(planned - onAircraft) <= PARAM_TOLERANCE * Math.max(1, Math.abs(planned));
  }
}

/** Global frames come in two spellings each: 0/5 sea level, 3/6 home, 10/11 terrain. */
const datumFrameOf = (frame: number): number => ({ 5: 0, 6: 3, 11: 10 })[frame] ?? frame;

function compareItem(planned: WireMissionItem, onAircraft: WireMissionItem): readonly ItemDifference[] {
  const differences: ItemDifference[] = [];
  const differs = (field: string, ours: number, theirs: number): void => {
    differences.push({ seq: planned.seq, field, planned: String(ours), onAircraft: String(theirs) });
  };
  if (planned.command !== onAircraft.command) {
    differs("command", planned.command, onAircraft.command);
    return differences; // the rest would be noise
  }
  const kept = KEPT[planned.command] ?? ALL_FLOAT;
  kept.forEach((keeps, i) => {
    const [ours, theirs] = [planned.params[i] ?? 0, onAircraft.params[i] ?? 0];
    if (!isSameParam(keeps, ours, theirs)) differs(`param${i + 1}`, ours, theirs);
  });
  if (planned.frame === FRAME_MISSION) return differences; // no place, no height
  if (datumFrameOf(planned.frame) !== datumFrameOf(onAircraft.frame)) differs("frame", planned.frame, onAircraft.frame);
  if (Math.abs(planned.x - onAircraft.x) > PLACE_TOLERANCE_E7) differs("latitude", planned.x / 1e7, onAircraft.x / 1e7);
  if (Math.abs(planned.y - onAircraft.y) > PLACE_TOLERANCE_E7)
    differs("longitude", planned.y / 1e7, onAircraft.y / 1e7);
  if (Math.abs(planned.z - onAircraft.z) > HEIGHT_TOLERANCE_M) differs("altitude", planned.z, onAircraft.z);
  return differences;
}

/**
 * Everything that differs, in order; empty when the aircraft holds the plan. Item 0 is home on ArduPilot: the vehicle puts
 * its own there, so only its presence counts.
 */
export function compareMissions(
  planned: readonly WireMissionItem[],
  onAircraft: readonly WireMissionItem[],
): readonly ItemDifference[] {
  if (planned.length !== onAircraft.length) {
    const [ours, theirs] = [String(planned.length), String(onAircraft.length)];
    return [{ seq: 0, field: "count", planned: ours, onAircraft: theirs }];
  }
  return planned.slice(1).flatMap((item, i) => {
    const other = onAircraft[i + 1];
    return other ? compareItem(item, other) : [];
  });
}
