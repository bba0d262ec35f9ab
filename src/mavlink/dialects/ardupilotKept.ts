import type { KeptParams } from "./dialect.js";

const ALL_FLOAT: KeptParams = ["float", "float", "float", "float"];

// Copter drops acceptance radius and yaw of waypoints; Plane keeps two params as bytes, which a plan for a copter
// leaves at 0. The radius of LOITER_TIME is read back as its sign. Source: AP_Mission::mavlink_int_to_mission_cmd and
// its inverse, and recordings of a real one in ../fixtures.
const KEPT: Readonly<Record<number, KeptParams>> = {
  16: ["whole", "dropped", "dropped", "dropped"],
  17: ["dropped", "dropped", "whole", "dropped"],
  18: ["whole", "dropped", "whole", "is-set"],
  19: ["whole", "dropped", "sign", "is-set"],
  20: ["dropped", "dropped", "dropped", "dropped"],
  21: ["whole", "dropped", "dropped", "dropped"],
  22: ["whole", "dropped", "dropped", "dropped"],
  // Kept: the radius with its direction of turn, and whether it leaves along the tangent. "Heading required" is
  // dropped.
  31: ["dropped", "whole", "dropped", "is-set"],
  82: ["whole", "dropped", "dropped", "dropped"],
  84: ["dropped", "dropped", "dropped", "dropped"],
  85: ["whole", "dropped", "dropped", "dropped"],
  189: ["dropped", "dropped", "dropped", "dropped"],
};

/** What ArduPilot stores of params 1 to 4 of an item with this command; it drops every param it does not use. */
export const ardupilotKeptParams = (command: number): KeptParams => KEPT[command] ?? ALL_FLOAT;
