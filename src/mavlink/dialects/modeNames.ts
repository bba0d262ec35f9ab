import type { AirframeKind, AutopilotKind, FlightMode } from "../../vehicle/vehicleState.js";
import { PX4_COPTER_MODES, PX4_PLANE_MODES, PX4_VTOL_MODES } from "./px4Modes.js";

/** `custom_mode` of ArduCopter: enum COPTER_MODE of ardupilotmega.xml (checked against the package by a test). */
export const COPTER_MODE_NAMES: Readonly<Record<number, string>> = {
  0: "STABILIZE",
  1: "ACRO",
  2: "ALT_HOLD",
  3: "AUTO",
  4: "GUIDED",
  5: "LOITER",
  6: "RTL",
  7: "CIRCLE",
  9: "LAND",
  11: "DRIFT",
  13: "SPORT",
  14: "FLIP",
  15: "AUTOTUNE",
  16: "POSHOLD",
  17: "BRAKE",
  18: "THROW",
  19: "AVOID_ADSB",
  20: "GUIDED_NOGPS",
  21: "SMART_RTL",
  22: "FLOWHOLD",
  23: "FOLLOW",
  24: "ZIGZAG",
  25: "SYSTEMID",
  26: "AUTOROTATE",
  27: "AUTO_RTL",
  28: "TURTLE",
  29: "RATE_ACRO",
};

/** `custom_mode` of ArduPlane: enum PLANE_MODE of ardupilotmega.xml, with FBWA and FBWB spelled as pilots know them. */
export const PLANE_MODE_NAMES: Readonly<Record<number, string>> = {
  0: "MANUAL",
  1: "CIRCLE",
  2: "STABILIZE",
  3: "TRAINING",
  4: "ACRO",
  5: "FBWA",
  6: "FBWB",
  7: "CRUISE",
  8: "AUTOTUNE",
  10: "AUTO",
  11: "RTL",
  12: "LOITER",
  13: "TAKEOFF",
  14: "AVOID_ADSB",
  15: "GUIDED",
  16: "INITIALIZING",
  17: "QSTABILIZE",
  18: "QHOVER",
  19: "QLOITER",
  20: "QLAND",
  21: "QRTL",
  22: "QAUTOTUNE",
  23: "QACRO",
  24: "THERMAL",
  25: "LOITER_ALT_QLAND",
  26: "AUTOLAND",
};

/** `custom_mode` of Rover, boats too: enum ROVER_MODE of ardupilotmega.xml. */
const ROVER_MODE_NAMES: Readonly<Record<number, string>> = {
  0: "MANUAL",
  1: "ACRO",
  3: "STEERING",
  4: "HOLD",
  5: "LOITER",
  6: "FOLLOW",
  7: "SIMPLE",
  8: "DOCK",
  9: "CIRCLE",
  10: "AUTO",
  11: "RTL",
  12: "SMART_RTL",
  15: "GUIDED",
  16: "INITIALIZING",
};

/** `custom_mode` of ArduSub: enum SUB_MODE; the last entry is from ArduSub/mode.h. */
const SUB_MODE_NAMES: Readonly<Record<number, string>> = {
  0: "STABILIZE",
  1: "ACRO",
  2: "ALT_HOLD",
  3: "AUTO",
  4: "GUIDED",
  7: "CIRCLE",
  9: "SURFACE",
  16: "POSHOLD",
  19: "MANUAL",
  20: "MOTORDETECT",
  21: "SURFTRAK",
};

/** `custom_mode` of AntennaTracker: enum TRACKER_MODE; guided is from AntennaTracker/mode.h. */
const TRACKER_MODE_NAMES: Readonly<Record<number, string>> = {
  0: "MANUAL",
  1: "STOP",
  2: "SCAN",
  3: "SERVO_TEST",
  4: "GUIDED",
  10: "AUTO",
  16: "INITIALIZING",
};

/** `custom_mode` of Blimp: Blimp/mode.h. */
const BLIMP_MODE_NAMES: Readonly<Record<number, string>> = {
  0: "LAND",
  1: "MANUAL",
  2: "VELOCITY",
  3: "LOITER",
  4: "RTL",
};

// Modes that only the autopilot enters, or only in certain states of flight: setting them is refused or does harm.
const NOT_BY_STATION: ReadonlySet<string> = new Set([
  "FLIP",
  "AVOID_ADSB",
  "AUTOROTATE",
  "AUTO_RTL",
  "TURTLE",
  "INITIALIZING",
]);
const isRotorMode = (name: string): boolean => name.startsWith("Q") || name === "LOITER_ALT_QLAND";

const listOf = (names: Readonly<Record<number, string>>): readonly FlightMode[] =>
  Object.entries(names).map(([customMode, name]) => ({
    customMode: Number(customMode),
    name,
    isSelectable: !NOT_BY_STATION.has(name),
  }));

const COPTER = listOf(COPTER_MODE_NAMES);
const QUADPLANE = listOf(PLANE_MODE_NAMES);
const PLANE = QUADPLANE.filter(({ name }) => !isRotorMode(name));
const NONE: readonly FlightMode[] = [];

const TABLES: Readonly<Record<AutopilotKind, Readonly<Record<AirframeKind, readonly FlightMode[]>>>> = {
  ardupilot: { copter: COPTER, plane: PLANE, vtol: QUADPLANE, other: NONE },
  px4: { copter: PX4_COPTER_MODES, plane: PX4_PLANE_MODES, vtol: PX4_VTOL_MODES, other: PX4_VTOL_MODES },
  other: { copter: NONE, plane: NONE, vtol: NONE, other: NONE },
};

/** The modes of this kind of vehicle, used when it does not list its own (AVAILABLE_MODES); always the same array. */
export const modeTableOf = (autopilot: AutopilotKind, airframe: AirframeKind): readonly FlightMode[] =>
  TABLES[autopilot][airframe];

// Planes and quadplanes share their names (an aircraft may be recognised late, identity.ts); PX4's numbers are the same
// on every airframe.
const namesIn = (modes: readonly FlightMode[]): ReadonlyMap<number, string> =>
  new Map(modes.map(({ customMode, name }) => [customMode, name]));
const COPTER_NAMES = namesIn(COPTER);
const PLANE_NAMES = namesIn(QUADPLANE);
const PX4_NAMES = namesIn(PX4_VTOL_MODES);

// By MAV_TYPE: ArduPilot vehicles that are neither copter nor plane. This station only displays them.
const WATCHED_NAMES: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map([
  [5, namesIn(listOf(TRACKER_MODE_NAMES))],
  [7, namesIn(listOf(BLIMP_MODE_NAMES))],
  [10, namesIn(listOf(ROVER_MODE_NAMES))],
  [11, namesIn(listOf(ROVER_MODE_NAMES))],
  [12, namesIn(listOf(SUB_MODE_NAMES))],
]);

type NamedKind = { readonly autopilot: AutopilotKind; readonly airframe: AirframeKind; readonly mavType: number };

function namesOf({ autopilot, airframe, mavType }: NamedKind): ReadonlyMap<number, string> | undefined {
  if (autopilot === "px4") return PX4_NAMES;
  if (autopilot !== "ardupilot") return undefined;
  if (airframe === "other") return WATCHED_NAMES.get(mavType);
  return airframe === "copter" ? COPTER_NAMES : PLANE_NAMES;
}

const UNKNOWN_TYPE = 0;

/**
 * The mode's usual name, or "MODE n" for a number that is in no table. `mavType` tells rovers, boats and the like
 * apart.
 */
export const modeNameOf = (
  autopilot: AutopilotKind,
  airframe: AirframeKind,
  customMode: number,
  mavType: number = UNKNOWN_TYPE,
): string => namesOf({ autopilot, airframe, mavType })?.get(customMode) ?? `MODE ${customMode}`;

const bare = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** The number of a mode from its name in any usual spelling ("Stabilize", "Alt Hold", "ALT_HOLD"). */
export function modeNumberOf(kind: NamedKind, name: string): number | undefined {
  for (const [customMode, known] of namesOf(kind) ?? []) if (bare(known) === bare(name)) return customMode;
  return undefined;
}
