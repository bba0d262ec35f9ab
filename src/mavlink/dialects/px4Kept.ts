import type { KeptParams } from "./dialect.js";

const ALL_FLOAT: KeptParams = ["float", "float", "float", "float"];

// Yaw is kept in radians, 0 to 2 pi: -90 is read back as 270. Flags are read back as 0 or 1. Source:
// MavlinkMissionManager::parse_mavlink_mission_item and format_mavlink_mission_item of PX4.
const KEPT: Readonly<Record<number, KeptParams>> = {
  16: ["float", "float", "dropped", "direction"],
  17: ["dropped", "dropped", "float", "direction"],
  19: ["float", "is-set", "float", "is-set"],
  21: ["dropped", "float", "dropped", "direction"],
  22: ["dropped", "dropped", "dropped", "direction"],
  31: ["is-set", "float", "dropped", "is-set"],
  84: ["dropped", "dropped", "dropped", "direction"],
  85: ["dropped", "dropped", "dropped", "direction"],
  195: ["dropped", "dropped", "dropped", "dropped"],
};

/**
 * What PX4 keeps of params 1 to 4: for items with a position only what it uses, for commands without one everything.
 */
export const px4KeptParams = (command: number): KeptParams => KEPT[command] ?? ALL_FLOAT;
