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

/** In the mission frame (2) these would lose the place they are about. */
export const needsGlobalFrame = (command: number): boolean => TO_A_HEIGHT.has(command) || LANDINGS.has(command);

// DO_ORBIT 34, NAV_ROI 80, DO_SET_HOME 179, DO_REPOSITION 192, region of interest 195 and 201, condition gate 4501, fence and
// rally 5000 to 5100, payload 30001, user waypoints and places 31000 to 31009.
const OTHER_PLACES: ReadonlySet<number> = new Set([
  34,
  80,
  CMD.payloadPlace,
  179,
  CMD.doLandStart,
  192,
  195,
  201,
  4501,
  30001,
]);
const PLACE_RANGES: readonly (readonly [first: number, last: number])[] = [
  [5000, 5100],
  [31_000, 31_009],
];
/**
 * Params 5 to 7 are a place (hasLocation in common.xml). Of all others they are plain numbers whatever frame a file writes:
 * Mission Planner and MAVProxy put one into every line.
 */
export const hasPlace = (command: number): boolean =>
  needsGlobalFrame(command) ||
  OTHER_PLACES.has(command) ||
  PLACE_RANGES.some(([first, last]) => command >= first && command <= last);
