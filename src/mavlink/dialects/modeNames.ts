import type { AirframeKind, AutopilotKind } from "../../vehicle/vehicleState.js";

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

/** `custom_mode` of ArduPlane: enum PLANE_MODE of ardupilotmega.xml, the fly-by-wire pair as pilots write it. */
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

// PX4's `custom_mode`: main mode in byte 2, sub mode of AUTO in byte 3 (px4_custom_mode.h). Recognised, not commanded.
const PX4_MAIN_NAMES: Readonly<Record<number, string>> = {
  1: "MANUAL",
  2: "ALTITUDE",
  3: "POSITION",
  5: "ACRO",
  6: "OFFBOARD",
  7: "STABILIZED",
};
const PX4_AUTO = 4;
const PX4_AUTO_NAMES: Readonly<Record<number, string>> = {
  1: "READY",
  2: "TAKEOFF",
  3: "HOLD",
  4: "MISSION",
  5: "RETURN",
  6: "LAND",
  8: "FOLLOW",
  9: "PRECLAND",
};

function px4ModeName(customMode: number): string | undefined {
  const main = (customMode >>> 16) & 0xff;
  return main === PX4_AUTO ? PX4_AUTO_NAMES[customMode >>> 24] : PX4_MAIN_NAMES[main];
}

/** The name a pilot knows, or "MODE n" for a number no table has. */
export function modeNameOf(autopilot: AutopilotKind, airframe: AirframeKind, customMode: number): string {
  const fallback = `MODE ${customMode}`;
  if (autopilot === "px4") return px4ModeName(customMode) ?? fallback;
  if (autopilot !== "ardupilot") return fallback;
  if (airframe === "copter") return COPTER_MODE_NAMES[customMode] ?? fallback;
  // ArduPlane flies the quadplanes too.
  return airframe === "other" ? fallback : (PLANE_MODE_NAMES[customMode] ?? fallback);
}
