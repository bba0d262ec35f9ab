/** Every MAV_CMD number that this program sends or understands. https://mavlink.io/en/messages/common.html#mav_commands */
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
  orbit: 34,
  setRegionOfInterest: 80,
  splineWaypoint: 82,
  vtolTakeOff: 84,
  vtolLand: 85,
  guidedEnable: 92,
  delay: 93,
  payloadPlace: 94,
  conditionYaw: 115,
  setMode: 176,
  doJump: 177,
  changeSpeed: 178,
  setHome: 179,
  setRelay: 181,
  setServo: 183,
  doLandStart: 189,
  reposition: 192,
  regionOfInterestLocation: 195,
  regionOfInterestOffset: 196,
  regionOfInterestNone: 197,
  regionOfInterest: 201,
  mountControl: 205,
  cameraTriggerDistance: 206,
  fenceEnable: 207,
  cameraTriggerInterval: 214,
  setMissionCurrent: 224,
  reboot: 246,
  missionStart: 300,
  armDisarm: 400,
  setMessageInterval: 511,
  requestMessage: 512,
  setCameraMode: 530,
  setCameraZoom: 531,
  setCameraFocus: 532,
  gimbalPitchYaw: 1000,
  gimbalConfigure: 1001,
  imageStartCapture: 2000,
  imageStopCapture: 2001,
  videoStartCapture: 2500,
  videoStopCapture: 2501,
  videoStartStreaming: 2502,
  videoStopStreaming: 2503,
  controlHighLatency: 2600,
  vtolTransition: 3000,
  conditionGate: 4501,
  fenceReturnPoint: 5000,
  rallyPoint: 5100,
  payloadPrepareDeploy: 30_001,
  guidedChangeAltitude: 43_001,
  guidedChangeHeading: 43_002,
} as const;

/** MAV_CMD_NAV_LAST. Commands up to it are flown one after the other; higher numbers are executed on the way. */
const NAV_LAST = 95;
/**
 * NAV_ROI has such a number and is executed on the way all the same: its place is looked at, not flown to.
 * https://mavlink.io/en/messages/common.html#MAV_CMD_NAV_ROI
 */
export const isNavigation = (command: number): boolean => command <= NAV_LAST && command !== CMD.setRegionOfInterest;

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
 * Whether the aircraft flies to the item's height. Returns, landings, delays and switches have one in many files (Mission
 * Planner and MAVProxy write a frame into every line) but do not fly to it.
 */
export const fliesToHeight = (command: number): boolean => TO_A_HEIGHT.has(command);

/** These commands need their position, which MAV_FRAME_MISSION (2) cannot carry. */
export const needsGlobalFrame = (command: number): boolean => TO_A_HEIGHT.has(command) || LANDINGS.has(command);

const OTHER_PLACES: ReadonlySet<number> = new Set([
  CMD.orbit,
  CMD.setRegionOfInterest,
  CMD.payloadPlace,
  CMD.setHome,
  CMD.doLandStart,
  CMD.reposition,
  CMD.regionOfInterestLocation,
  CMD.regionOfInterest,
  CMD.conditionGate,
  CMD.payloadPrepareDeploy,
]);
const PLACE_RANGES: readonly (readonly [first: number, last: number])[] = [
  [CMD.fenceReturnPoint, CMD.rallyPoint],
  // User-defined waypoints and spatial commands.
  [31_000, 31_009],
];
/**
 * Whether params 5 to 7 are a position (hasLocation in common.xml). For all other commands they are plain numbers, whatever
 * frame a file states: Mission Planner and MAVProxy put one into every line.
 */
export const hasPlace = (command: number): boolean =>
  needsGlobalFrame(command) ||
  OTHER_PLACES.has(command) ||
  PLACE_RANGES.some(([first, last]) => command >= first && command <= last);
