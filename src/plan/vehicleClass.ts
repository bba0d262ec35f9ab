/** What MAV_TYPE and MAV_AUTOPILOT mean for a plan: https://mavlink.io/en/messages/minimal.html#MAV_TYPE */

/** `ground`: rovers, boats and submarines, which neither take off nor land. */
export type VehicleClass = "copter" | "plane" | "vtol" | "ground" | "other";

// Quadrotor 2, coaxial 3, helicopter 4, hexa 13, octo 14, tri 15, dodeca 29, deca 35, generic multirotor 43.
const COPTERS: ReadonlySet<number> = new Set([2, 3, 4, 13, 14, 15, 29, 35, 43]);
const PLANE = 1;
// Tailsitters of two and four rotors 19 and 20, tiltrotor 21, fixed rotors 22, tailsitter 23, tiltwing 24, reserved 25.
const VTOLS: ReadonlySet<number> = new Set([19, 20, 21, 22, 23, 24, 25]);
// Rover 10, surface boat 11, submarine 12.
const GROUND: ReadonlySet<number> = new Set([10, 11, 12]);

export function vehicleClassOf(mavType: number): VehicleClass {
  if (COPTERS.has(mavType)) return "copter";
  if (mavType === PLANE) return "plane";
  if (VTOLS.has(mavType)) return "vtol";
  return GROUND.has(mavType) ? "ground" : "other";
}

/** Flies on wings: it needs forward speed and cannot simply end a flight by hovering down. */
export const isWinged = (kind: VehicleClass): boolean => kind === "plane" || kind === "vtol";

type Firmware = "ardupilot" | "px4" | "other";
const FIRMWARES: Readonly<Record<number, Firmware>> = { 3: "ardupilot", 12: "px4" };
export const firmwareOf = (mavAutopilot: number): Firmware => FIRMWARES[mavAutopilot] ?? "other";
