import { isRecentPx4, type Flavour } from "../flavour.js";
import type { FlightMode } from "./modes.js";

/** PX4's navigation states: number in events (navigation_mode_t) and 1.14's word in texts; 1.15 uses the mode's name. */
const STATES: Readonly<Record<string, readonly [number: number, word: string]>> = {
  Manual: [0, "MANUAL"],
  Altitude: [1, "ALTCTL"],
  Position: [2, "POSCTL"],
  Mission: [3, "AUTO_MISSION"],
  Hold: [4, "AUTO_LOITER"],
  Return: [5, "AUTO_RTL"],
  Stabilized: [8, "STAB"],
  Takeoff: [10, "AUTO_TAKEOFF"],
  Land: [11, "AUTO_LAND"],
  Orbit: [14, "ORBIT"],
  "VTOL Takeoff": [15, "AUTO_VTOL_TAKEOFF"],
};

export function px4StateOf(flavour: Flavour, { name }: FlightMode): { readonly number: number; readonly name: string } {
  const [number, word] = STATES[name] ?? [255, name];
  return { number, name: isRecentPx4(flavour) ? name : word };
}
