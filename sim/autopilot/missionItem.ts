import type { WireSender } from "../wire/mavlinkCodec.js";

/** MAV_MISSION_RESULT values that ArduPilot uses. */
export const MISSION_RESULT = {
  accepted: 0,
  error: 1,
  unsupportedFrame: 2,
  unsupported: 3,
  noSpace: 4,
  invalidParam1: 6,
  invalidParam5: 10,
  invalidParam6: 11,
  invalidParam7: 12,
  invalidSequence: 13,
  denied: 14,
  cancelled: 15,
} as const;

/** The other end of a transfer: a transfer belongs to one system and component. */
export type Peer = WireSender;

/** An item as in MISSION_ITEM_INT: `x`, `y` are degE7, `params` are param1..param4. */
export type WireItem = {
  readonly seq: number;
  readonly frame: number;
  readonly command: number;
  readonly params: readonly [number, number, number, number];
  readonly xDegE7: number;
  readonly yDegE7: number;
  readonly zM: number;
};

/** An item as the autopilot stores it, after rounding; its index in the list is its `seq`. */
export type StoredItem = Omit<WireItem, "seq">;

export const CMD = {
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
  conditionDelay: 112,
  conditionYaw: 115,
  doJump: 177,
  changeSpeed: 178,
  landStart: 189,
  mountControl: 205,
  cameraTriggerDistance: 206,
  gimbalPitchYaw: 1000,
  imageStartCapture: 2000,
  imageStopCapture: 2001,
  videoStartCapture: 2500,
  videoStopCapture: 2501,
  vtolTransition: 3000,
  navDelay: 93,
  doSetHome: 179,
  roiLocation: 195,
  roiNone: 197,
  roi: 201,
} as const;
/** Accepted without visible effect: cameras, relays, servos, grippers, fence, jump tags. */
const SILENT: readonly number[] = [114, 181, 182, 183, 184, 200, 202, 203, 207, 208, 211, 530, 531, 532, 600, 601];

const POSITIONAL: readonly number[] = [
  CMD.waypoint,
  CMD.loiterUnlimited,
  CMD.loiterTurns,
  CMD.loiterTime,
  CMD.land,
  CMD.takeoff,
  CMD.loiterToAltitude,
  CMD.vtolTakeoff,
  CMD.vtolLand,
  CMD.doSetHome,
  CMD.roiLocation,
  CMD.roi,
];
const WITHOUT_POSITION: readonly number[] = [
  ...SILENT,
  CMD.navDelay,
  CMD.roiNone,
  CMD.returnToLaunch,
  CMD.conditionDelay,
  CMD.conditionYaw,
  CMD.changeSpeed,
  CMD.landStart,
  CMD.mountControl,
  CMD.cameraTriggerDistance,
  CMD.gimbalPitchYaw,
  CMD.imageStartCapture,
  CMD.imageStopCapture,
  CMD.videoStartCapture,
  CMD.videoStopCapture,
  CMD.doJump,
  CMD.vtolTransition,
];

/** True for commands that the vehicle flies to or waits for; all others are executed on the way. */
export function isNavigation(command: number): boolean {
  return command <= 95;
}

/** MAV_FRAME to the two frames that ArduPilot returns: 3 above home, 0 AMSL; undefined when unsupported. */
function storedFrame(frame: number): number | undefined {
  // 0 global, 2 mission and 5 global-int are AMSL; 3 and 6 above home. Terrain frames (10, 11) would need terrain data.
  if (frame === 0 || frame === 2 || frame === 5) return 0;
  if (frame === 3 || frame === 6) return 3;
  return undefined;
}

const uint16 = (value: number): number => Math.min(65535, Math.max(0, Math.trunc(value)));
const signOf = (value: number): number => (value < 0 ? -1 : 1);

type Params = WireItem["params"];
const delayOnly = ([p1]: Params): Params => [uint16(p1), 0, 0, 0];
const nothing = (): Params => [0, 0, 0, 0];
const xtrack = (p4: number): number => (p4 > 0 ? 1 : 0);

/** Which of param1..4 are kept, by command. */
const STORED: Readonly<Record<number, (params: Params) => Params>> = {
  [CMD.waypoint]: delayOnly,
  [CMD.takeoff]: delayOnly,
  [CMD.land]: delayOnly,
  [CMD.vtolLand]: delayOnly,
  [CMD.vtolTransition]: delayOnly,
  [CMD.vtolTakeoff]: nothing,
  [CMD.returnToLaunch]: nothing,
  [CMD.landStart]: nothing,
  [CMD.roiLocation]: nothing,
  [CMD.roiNone]: nothing,
  [CMD.loiterUnlimited]: ([, , p3]) => [0, 0, uint16(Math.abs(p3)) * signOf(p3), 0],
  [CMD.loiterTurns]: ([p1, , p3, p4]) => [
    Math.min(255, uint16(p1)),
    0,
    Math.min(255, uint16(Math.abs(p3))) * signOf(p3),
    xtrack(p4),
  ],
  // The radius is dropped and only the turn direction is kept: seen on a real ArduPilot.
  [CMD.loiterTime]: ([p1, , p3, p4]) => [uint16(p1), 0, signOf(p3), xtrack(p4)],
  [CMD.loiterToAltitude]: ([, p2, , p4]) => [0, uint16(Math.abs(p2)) * signOf(p2), 0, xtrack(p4)],
  [CMD.doJump]: ([p1, p2]) => [uint16(p1), Math.trunc(p2), 0, 0],
};

/** As ArduPilot packs an item and back (AP_Mission::mavlink_int_to_mission_cmd); other params are floats. */
function storedParams(command: number, params: Params): Params {
  const [p1, p2, p3, p4] = params;
  return STORED[command]?.(params) ?? [Math.fround(p1), Math.fround(p2), Math.fround(p3), Math.fround(p4)];
}

/** Index of the first invalid param: param4 (yaw) may be NaN for positions, others may not. */
function illegalParam(item: WireItem): number | undefined {
  const isPosition = POSITIONAL.includes(item.command);
  const index = item.params.findIndex((value, i) => Number.isNaN(value) && !(isPosition && i === 3));
  if (index >= 0) return MISSION_RESULT.invalidParam1 + index;
  if (Math.abs(item.xDegE7) > 90e7) return isPosition ? MISSION_RESULT.invalidParam5 : undefined;
  if (Math.abs(item.yDegE7) > 180e7) return isPosition ? MISSION_RESULT.invalidParam6 : undefined;
  return undefined;
}

export type Accepted = { readonly item: StoredItem } | { readonly refusal: number };

/** Accepts an item, or returns the MAV_MISSION_RESULT for refusing it. Heights are rounded to centimetres. */
export function acceptItem(wire: WireItem): Accepted {
  const isPosition = POSITIONAL.includes(wire.command);
  if (!isPosition && !WITHOUT_POSITION.includes(wire.command)) return { refusal: MISSION_RESULT.unsupported };
  const illegal = illegalParam(wire);
  if (illegal !== undefined) return { refusal: illegal };
  const params = storedParams(wire.command, wire.params);
  if (!isPosition) {
    // DO_MOUNT_CONTROL and DO_GIMBAL_MANAGER_PITCHYAW use params 5 to 7 as numbers; ArduPilot returns them as zero.
    return { item: { frame: 0, command: wire.command, params, xDegE7: 0, yDegE7: 0, zM: 0 } };
  }
  const frame = storedFrame(wire.frame);
  if (frame === undefined) return { refusal: MISSION_RESULT.unsupportedFrame };
  const zM = Math.fround(Math.trunc(Math.fround(wire.zM) * 100) / 100);
  return { item: { frame, command: wire.command, params, xDegE7: wire.xDegE7, yDegE7: wire.yDegE7, zM } };
}
