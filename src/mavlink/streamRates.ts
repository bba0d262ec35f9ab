/** Which messages this station requests from an autopilot, how often, and how many bytes they cost on a radio. */
import type { AutopilotKind } from "../vehicle/vehicleState.js";

type Wanted = {
  readonly messageId: number;
  readonly hz: number;
  /** Bytes on the wire: the payload by its definition plus 12 of framing, before trailing zeros are cut. */
  readonly bytes: number;
  /** The message is requested from this autopilot only: the other does not know it. */
  readonly only?: AutopilotKind;
  /**
   * What a pilot needs in order to fly: requested without limit while missing. Other messages a vehicle may not have.
   */
  readonly isVital?: true;
};

// 10 Hz is enough for a smooth instrument, 1 Hz for values that change slowly.
const WANTED: readonly Wanted[] = [
  { messageId: 30, hz: 10, bytes: 40, isVital: true }, // ATTITUDE
  { messageId: 33, hz: 10, bytes: 40, isVital: true }, // GLOBAL_POSITION_INT
  { messageId: 285, hz: 5, bytes: 61 }, // GIMBAL_DEVICE_ATTITUDE_STATUS
  { messageId: 74, hz: 4, bytes: 32, isVital: true }, // VFR_HUD
  { messageId: 1, hz: 2, bytes: 55, isVital: true }, // SYS_STATUS
  { messageId: 24, hz: 2, bytes: 64, isVital: true }, // GPS_RAW_INT
  { messageId: 42, hz: 2, bytes: 30, isVital: true }, // MISSION_CURRENT
  { messageId: 245, hz: 2, bytes: 14, isVital: true }, // EXTENDED_SYS_STATE: landed state and VTOL state
  { messageId: 147, hz: 1, bytes: 66 }, // BATTERY_STATUS
  { messageId: 65, hz: 1, bytes: 54 }, // RC_CHANNELS: whether a pilot's radio is connected
  { messageId: 193, hz: 1, bytes: 38, only: "ardupilot" }, // EKF_STATUS_REPORT
  { messageId: 230, hz: 1, bytes: 54, only: "px4" }, // ESTIMATOR_STATUS
  { messageId: 162, hz: 1, bytes: 21, only: "ardupilot" }, // FENCE_STATUS
  { messageId: 242, hz: 0.2, bytes: 72 }, // HOME_POSITION
  { messageId: 437, hz: 0.2, bytes: 13 }, // AVAILABLE_MODES_MONITOR
  { messageId: 164, hz: 1, bytes: 56, only: "ardupilot" }, // SIMSTATE: tells a simulation from an aircraft
  { messageId: 108, hz: 0.2, bytes: 105, only: "px4" }, // SIM_STATE: the same for PX4
];

/** No stream is requested less often than this: on a slow link a value that is updated rarely is better than none. */
const SLOWEST_HZ = 0.2;

export type StreamRate = { readonly messageId: number; readonly intervalUs: number; readonly isVital: boolean };

const isFor = (autopilot: AutopilotKind, { only }: Wanted): boolean => only === undefined || only === autopilot;

/** `rateScale`: 1 on an ordinary link, less where the link is too slow for all streams. */
export const streamRates = (autopilot: AutopilotKind, rateScale = 1): readonly StreamRate[] =>
  WANTED.filter((wanted) => isFor(autopilot, wanted)).map(({ messageId, hz, isVital }) => ({
    messageId,
    intervalUs: Math.round(1e6 / Math.max(hz * rateScale, Math.min(hz, SLOWEST_HZ))),
    isVital: isVital === true,
  }));

/** The rest is left for commands, parameters, plans, and what the vehicle sends unrequested. */
const SHARE_OF_LINK = 0.6;

/** The share (at most 1) of the usual rates that fits into a link of `bytesPerS` shared by so many vehicles. */
export function rateScaleFor(bytesPerS: number, countOfVehicles: number): number {
  const wantedBytesPerS = WANTED.filter((wanted) => isFor("ardupilot", wanted)).reduce(
    (sum, { hz, bytes }) => sum + hz * bytes,
    0,
  );
  return Math.min(1, (SHARE_OF_LINK * bytesPerS) / (wantedBytesPerS * Math.max(1, countOfVehicles)));
}
