/** The MAV_CMD numbers that planning writes or must understand. https://mavlink.io/en/messages/common.html#mav_commands */
export const CMD = {
  waypoint: 16,
  loiterUnlimited: 17,
  loiterTurns: 18,
  loiterTime: 19,
  returnToLaunch: 20,
  land: 21,
  takeOff: 22,
  continueAndChangeAltitude: 30,
  loiterToAltitude: 31,
  splineWaypoint: 82,
  vtolTakeOff: 84,
  vtolLand: 85,
  guidedEnable: 92,
  delay: 93,
  payloadPlace: 94,
  doJump: 177,
  changeSpeed: 178,
  doLandStart: 189,
  regionOfInterestOffset: 196,
  regionOfInterestNone: 197,
  mountControl: 205,
  cameraTriggerDistance: 206,
  imageStopCapture: 2001,
  videoStopCapture: 2501,
} as const;

/** Numbers up to here are flown one after the other; those above are done on the way (MAV_CMD_NAV_LAST). */
const NAV_LAST = 95;
export const isNavigation = (command: number): boolean => command <= NAV_LAST;

const TAKE_OFFS: ReadonlySet<number> = new Set([CMD.takeOff, CMD.vtolTakeOff]);
export const isTakeOff = (command: number): boolean => TAKE_OFFS.has(command);

const LANDINGS: ReadonlySet<number> = new Set([CMD.land, CMD.vtolLand]);
export const isLanding = (command: number): boolean => LANDINGS.has(command);

const LOITERS: ReadonlySet<number> = new Set([
  CMD.loiterUnlimited,
  CMD.loiterTurns,
  CMD.loiterTime,
  CMD.loiterToAltitude,
]);
export const isLoiter = (command: number): boolean => LOITERS.has(command);

const TO_A_HEIGHT: ReadonlySet<number> = new Set([
  CMD.waypoint,
  CMD.splineWaypoint,
  CMD.continueAndChangeAltitude,
  ...LOITERS,
  ...TAKE_OFFS,
]);
/**
 * The height of such an item is flown to. Returns, landings, delays and switches carry a height in many files (Mission
 * Planner and MAVProxy write a frame into every line) and do not fly to it.
 */
export const fliesToHeight = (command: number): boolean => TO_A_HEIGHT.has(command);

/** Commands whose params 5 to 7 are a place; in the mission frame (2) they would lose it. */
export const needsGlobalFrame = (command: number): boolean => TO_A_HEIGHT.has(command) || LANDINGS.has(command);
