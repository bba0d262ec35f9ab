/** The modes of ArduPilot's vehicles: their numbers, names, and which of them a station may set. */
import type { AirframeKind, FlightMode } from "../../vehicle/vehicleState.js";
import { modeNameIn, namesIn, type ModeNames, NO_MODES } from "./modeList.js";

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

export const ARDUPILOT_MODES: Readonly<Record<AirframeKind, readonly FlightMode[]>> = {
  ...{ copter: COPTER, plane: PLANE, vtol: QUADPLANE, other: NO_MODES },
};

// Planes and quadplanes share their names: an aircraft may be recognised late, identity.ts.
const COPTER_NAMES = namesIn(COPTER);
const PLANE_NAMES = namesIn(QUADPLANE);

// By MAV_TYPE: ArduPilot vehicles that are neither copter nor plane. This station only displays them.
const WATCHED_NAMES: ReadonlyMap<number, ModeNames> = new Map([
  [5, namesIn(listOf(TRACKER_MODE_NAMES))],
  [7, namesIn(listOf(BLIMP_MODE_NAMES))],
  [10, namesIn(listOf(ROVER_MODE_NAMES))],
  [11, namesIn(listOf(ROVER_MODE_NAMES))],
  [12, namesIn(listOf(SUB_MODE_NAMES))],
]);

export function ardupilotModeNames(airframe: AirframeKind, mavType: number): ModeNames | undefined {
  if (airframe === "other") return WATCHED_NAMES.get(mavType);
  return airframe === "copter" ? COPTER_NAMES : PLANE_NAMES;
}

export const ardupilotModeName = (airframe: "copter" | "plane", customMode: number): string =>
  modeNameIn(airframe === "copter" ? COPTER_NAMES : PLANE_NAMES, customMode);
