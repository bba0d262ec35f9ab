import type { Flavour } from "../flavour.js";

/** MAV_CMD numbers that the flight code handles, in a mission or as a command. */
export const NAV = {
  waypoint: 16,
  loiterUnlimited: 17,
  loiterTurns: 18,
  loiterTime: 19,
  returnToLaunch: 20,
  land: 21,
  takeoff: 22,
  loiterToAltitude: 31,
  vtolTakeoff: 84,
  vtolLand: 85,
  delay: 93,
  conditionYaw: 115,
  doJump: 177,
  changeSpeed: 178,
  mountControl: 205,
  gimbalPitchYaw: 1000,
  vtolTransition: 3000,
} as const;

/** MAV_VTOL_STATE of DO_VTOL_TRANSITION: 3 rotors, 4 wing; undefined for anything else. */
export function liftOfTransition(state: number): "rotor" | "wing" | undefined {
  if (state === 3) return "rotor";
  return state === 4 ? "wing" : undefined;
}

/** The first item flown: ArduPilot keeps home as item 0, PX4 does not. */
export const firstSeqOf = ({ autopilot }: Flavour): number => (autopilot === "px4" ? 0 : 1);
