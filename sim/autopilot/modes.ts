import type { Flavour } from "../flavour.js";

/** What a mode does, whatever its number and name. */
export type Role =
  /** Sticks fly it. Nobody holds them here: rotors stop, a wing glides. */
  | "manual"
  /** Straight and level at this height. */
  | "level"
  /** Stays here: hovers, or circles this place. */
  | "hold"
  | "mission"
  /** Goes where the station says. */
  | "guided"
  | "return"
  | "land"
  | "take-off"
  /** Circles a place ahead (ArduPilot) or the one an orbit command named (PX4). */
  | "circle";

export type FlightMode = {
  readonly customMode: number;
  readonly name: string;
  readonly role: Role;
  /** VTOL: what carries it in this mode; undefined where the mission or the pilot chooses. */
  readonly lift?: "rotor" | "wing";
  /** False: it will not arm in this mode. */
  readonly isArmable?: boolean;
  /** False: flies without knowing where it is. */
  readonly needsPosition?: boolean;
  /** ArduPilot takes sticks that nobody holds for a throttle at its lowest: it sinks, lands and stands. */
  readonly sinksWithoutSticks?: boolean;
  /** Needs sticks: PX4 will not change to it in flight without them. */
  readonly needsSticks?: boolean;
};

/** Copter flight modes of ArduPilot by their custom_mode numbers (ArduCopter/mode.h); AUTO needs AUTO_OPTIONS to arm in. */
const ARDUCOPTER: readonly FlightMode[] = [
  { customMode: 0, name: "STABILIZE", role: "manual", needsPosition: false },
  { customMode: 1, name: "ACRO", role: "manual", needsPosition: false },
  { customMode: 2, name: "ALT_HOLD", role: "hold", needsPosition: false, sinksWithoutSticks: true },
  { customMode: 3, name: "AUTO", role: "mission", isArmable: false },
  { customMode: 4, name: "GUIDED", role: "guided" },
  { customMode: 5, name: "LOITER", role: "hold", sinksWithoutSticks: true },
  { customMode: 6, name: "RTL", role: "return", isArmable: false },
  { customMode: 7, name: "CIRCLE", role: "circle", isArmable: false },
  // LAND comes down where it happens to be when it does not know where that is.
  { customMode: 9, name: "LAND", role: "land", isArmable: false, needsPosition: false },
  { customMode: 16, name: "POSHOLD", role: "hold", sinksWithoutSticks: true },
  { customMode: 17, name: "BRAKE", role: "hold", isArmable: false },
];

/** ArduPlane/mode.h. A plane arms in AUTO: that is how it is launched (seen on a real one). */
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

/** The modes this simulated aircraft flies, in the order a station would list them. */
export const modesOf = ({ autopilot, airframe }: Flavour): readonly FlightMode[] => TABLES[autopilot][airframe];

export function modeFromNumber(flavour: Flavour, customMode: number): FlightMode | undefined {
  return modesOf(flavour).find((mode) => mode.customMode === customMode);
}

const FIRST: FlightMode = { customMode: 0, name: "STABILIZE", role: "manual", needsPosition: false };

/** Switched on: sticks on ArduPilot, Hold on PX4 without any. */
export function firstMode(flavour: Flavour): FlightMode {
  return modeFromNumber(flavour, flavour.autopilot === "px4" ? px4Mode(4, 3) : 0) ?? FIRST;
}

/** The mode for a role; of several (STABILIZE, FBWA) the one a station means: LOITER, QLOITER and Hold for "hold". */
export function modeFor(flavour: Flavour, role: Role, lift?: "rotor" | "wing"): FlightMode | undefined {
  const fits = modesOf(flavour).filter((mode) => mode.role === role && mode.needsSticks !== true);
  const suits = fits.filter((mode) => lift === undefined || mode.lift === undefined || mode.lift === lift);
  return suits.find((mode) => mode.name.endsWith("LOITER")) ?? suits[0] ?? fits[0];
}
