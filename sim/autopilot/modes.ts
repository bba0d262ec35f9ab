import type { Flavour } from "../flavour.js";

/** What a mode does, independent of its number and name. */
export type Role =
  /** Flown by sticks, which nobody holds here: rotors stop, a wing glides. */
  | "manual"
  /** Straight and level at the present height. */
  | "level"
  /** Hovers, or circles, at the present position. */
  | "hold"
  | "mission"
  /** Flies to positions given by the station. */
  | "guided"
  | "return"
  | "land"
  | "take-off"
  /** Circles a point ahead (ArduPilot), or the one given by an orbit command (PX4). */
  | "circle";

export type FlightMode = {
  readonly customMode: number;
  readonly name: string;
  readonly role: Role;
  /** VTOL: rotors or wing in this mode; undefined where mission or pilot decide. */
  readonly lift?: "rotor" | "wing";
  /** False: arming in this mode is refused. */
  readonly isArmable?: boolean;
  /** False: can be flown without a position estimate. */
  readonly needsPosition?: boolean;
  /** ArduPilot reads absent sticks as throttle at zero: it descends, lands and stays on the ground. */
  readonly sinksWithoutSticks?: boolean;
  /** PX4 refuses to enter it in flight without stick input. */
  readonly needsSticks?: boolean;
};

/** ArduPilot Copter modes by custom_mode (ArduCopter/mode.h); arming in AUTO requires AUTO_OPTIONS. */
const ARDUCOPTER: readonly FlightMode[] = [
  { customMode: 0, name: "STABILIZE", role: "manual", needsPosition: false },
  { customMode: 1, name: "ACRO", role: "manual", needsPosition: false },
  { customMode: 2, name: "ALT_HOLD", role: "hold", needsPosition: false, sinksWithoutSticks: true },
  { customMode: 3, name: "AUTO", role: "mission", isArmable: false },
  { customMode: 4, name: "GUIDED", role: "guided" },
  { customMode: 5, name: "LOITER", role: "hold", sinksWithoutSticks: true },
  { customMode: 6, name: "RTL", role: "return", isArmable: false },
  { customMode: 7, name: "CIRCLE", role: "circle", isArmable: false },
  // Without a position estimate LAND descends without holding its position.
  { customMode: 9, name: "LAND", role: "land", isArmable: false, needsPosition: false },
  { customMode: 16, name: "POSHOLD", role: "hold", sinksWithoutSticks: true },
  { customMode: 17, name: "BRAKE", role: "hold", isArmable: false },
];

/** ArduPlane/mode.h. A plane can be armed in AUTO, the usual way to launch it (seen on a real one). */
const ARDUPLANE: readonly FlightMode[] = [
  { customMode: 0, name: "MANUAL", role: "manual", lift: "wing", needsPosition: false },
  { customMode: 1, name: "CIRCLE", role: "circle", lift: "wing", isArmable: false, needsPosition: false },
  { customMode: 2, name: "STABILIZE", role: "manual", lift: "wing", needsPosition: false },
  { customMode: 5, name: "FBWA", role: "manual", lift: "wing", needsPosition: false },
  { customMode: 6, name: "FBWB", role: "level", lift: "wing", needsPosition: false },
  { customMode: 7, name: "CRUISE", role: "level", lift: "wing", needsPosition: false },
  { customMode: 10, name: "AUTO", role: "mission" },
  { customMode: 11, name: "RTL", role: "return", lift: "wing", isArmable: false },
  { customMode: 12, name: "LOITER", role: "hold", lift: "wing" },
  { customMode: 13, name: "TAKEOFF", role: "take-off", lift: "wing" },
  { customMode: 15, name: "GUIDED", role: "guided", lift: "wing" },
];

const QUADPLANE: readonly FlightMode[] = [
  ...ARDUPLANE,
  { customMode: 17, name: "QSTABILIZE", role: "manual", lift: "rotor", needsPosition: false },
  { customMode: 18, name: "QHOVER", role: "hold", lift: "rotor", needsPosition: false },
  { customMode: 19, name: "QLOITER", role: "hold", lift: "rotor" },
  { customMode: 20, name: "QLAND", role: "land", lift: "rotor", isArmable: false },
  { customMode: 21, name: "QRTL", role: "return", lift: "rotor", isArmable: false },
];

/** PX4 packs main and sub mode into custom_mode (src/modules/commander/px4_custom_mode.h). */
export const px4Mode = (main: number, sub = 0): number => ((main << 16) | (sub << 24)) >>> 0;

const PX4_COMMON: readonly FlightMode[] = [
  { customMode: px4Mode(1), name: "Manual", role: "manual", needsPosition: false, needsSticks: true },
  { customMode: px4Mode(2), name: "Altitude", role: "level", needsPosition: false, needsSticks: true },
  { customMode: px4Mode(3), name: "Position", role: "hold", needsSticks: true },
  { customMode: px4Mode(7), name: "Stabilized", role: "manual", needsPosition: false, needsSticks: true },
  { customMode: px4Mode(4, 2), name: "Takeoff", role: "take-off" },
  { customMode: px4Mode(4, 3), name: "Hold", role: "hold" },
  { customMode: px4Mode(4, 4), name: "Mission", role: "mission" },
  { customMode: px4Mode(4, 5), name: "Return", role: "return", isArmable: false },
  { customMode: px4Mode(4, 6), name: "Land", role: "land", isArmable: false },
];
const PX4_ORBIT: FlightMode = { customMode: px4Mode(3, 1), name: "Orbit", role: "circle", isArmable: false };
const PX4_VTOL_TAKEOFF: FlightMode = { customMode: px4Mode(4, 10), name: "VTOL Takeoff", role: "take-off" };

const TABLES: Readonly<Record<Flavour["autopilot"], Readonly<Record<Flavour["airframe"], readonly FlightMode[]>>>> = {
  ardupilot: { copter: ARDUCOPTER, plane: ARDUPLANE, vtol: QUADPLANE },
  px4: {
    copter: [...PX4_COMMON, PX4_ORBIT],
    plane: PX4_COMMON,
    vtol: [...PX4_COMMON, PX4_ORBIT, PX4_VTOL_TAKEOFF],
  },
};

/** The modes that this simulated aircraft can fly, in a station's usual order. */
export const modesOf = ({ autopilot, airframe }: Flavour): readonly FlightMode[] => TABLES[autopilot][airframe];

export function modeFromNumber(flavour: Flavour, customMode: number): FlightMode | undefined {
  return modesOf(flavour).find((mode) => mode.customMode === customMode);
}

const FIRST: FlightMode = { customMode: 0, name: "STABILIZE", role: "manual", needsPosition: false };

/** Mode after power-on: manual on ArduPilot, Hold on PX4. */
export function firstMode(flavour: Flavour): FlightMode {
  return modeFromNumber(flavour, flavour.autopilot === "px4" ? px4Mode(4, 3) : 0) ?? FIRST;
}

/** The mode for a role; of several, the one a station would choose (LOITER, QLOITER and Hold for "hold"). */
export function modeFor(flavour: Flavour, role: Role, lift?: "rotor" | "wing"): FlightMode | undefined {
  const fits = modesOf(flavour).filter((mode) => mode.role === role && mode.needsSticks !== true);
  const suits = fits.filter((mode) => lift === undefined || mode.lift === undefined || mode.lift === lift);
  return suits.find((mode) => mode.name.endsWith("LOITER")) ?? suits[0] ?? fits[0];
}
