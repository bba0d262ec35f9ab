import type { VehicleEventBody } from "../vehicle/events.js";
import type { MissionProgress } from "../vehicle/vehicleState.js";
import { modeNameOf } from "./dialects/modeNames.js";
import { identityFrom, MAV_AUTOPILOT_INVALID } from "./identity.js";
import { modeTableFor } from "./modeTable.js";
import { receiverPositionFrom } from "./decodeMotion.js";
import type { MessageFields } from "./messageFields.js";
import { known, MISSION_TOTAL_NONE } from "./sentinels.js";

const MODE_FLAG_SAFETY_ARMED = 128;
/** MAV_SYS_STATUS_PREARM_CHECK */
const PREARM_CHECK_BIT = 0x10000000;

export function heartbeatFrom(fields: MessageFields["HEARTBEAT"]): readonly VehicleEventBody[] {
  // Ground stations, cameras and gimbals send HEARTBEAT too: an autopilot is known by this field, not by its component
  // id.
  if (fields.autopilot === MAV_AUTOPILOT_INVALID) return [];
  const identity = identityFrom(fields.autopilot, fields.type);
  const heartbeat = {
    customMode: fields.custom_mode,
    modeName: modeNameOf(identity.autopilot, identity.airframe, fields.custom_mode, identity.mavType),
    isArmed: (fields.base_mode & MODE_FLAG_SAFETY_ARMED) !== 0,
    systemStatus: fields.system_status,
  };
  return [{ kind: "heartbeat", identity, heartbeat }, modeTableFor(identity)];
}

const dividedBy = (value: number | undefined, divisor: number): number | undefined =>
  value === undefined ? undefined : value / divisor;

export function systemStatusFrom(fields: MessageFields["SYS_STATUS"]): readonly VehicleEventBody[] {
  const presentBits = fields.onboard_control_sensors_present;
  const healthyBits = fields.onboard_control_sensors_health;
  const isPrearmText = (presentBits & PREARM_CHECK_BIT) !== 0;
  return [
    {
      kind: "health",
      health: {
        presentBits,
        enabledBits: fields.onboard_control_sensors_enabled,
        healthyBits,
        prearmOk: isPrearmText ? (healthyBits & PREARM_CHECK_BIT) !== 0 : undefined,
      },
    },
    {
      kind: "battery",
      isSummary: true,
      battery: {
        voltageV: dividedBy(known("SYS_STATUS.voltage_battery", fields.voltage_battery), 1000),
        currentA: dividedBy(known("SYS_STATUS.current_battery", fields.current_battery), 100),
        remainingFraction: dividedBy(known("SYS_STATUS.battery_remaining", fields.battery_remaining), 100),
        timeRemainingS: undefined,
      },
    },
  ];
}

/** MAV_BATTERY_FUNCTION: avionics 3, payload 4. */
const OTHER_USES: ReadonlySet<number> = new Set([3, 4]);

export function batteryFrom(fields: MessageFields["BATTERY_STATUS"]): readonly VehicleEventBody[] {
  // Batteries of avionics and payload are not the flight battery: an empty camera ends no flight.
  if (OTHER_USES.has(fields.battery_function)) return [];
  const cellsMv = fields.voltages.filter((mv) => known("BATTERY_STATUS.voltages", mv) !== undefined);
  // voltages_ext counts 0 as "no such cell", unlike voltages.
  const totalMv = [...cellsMv, ...((fields.voltages_ext as number[] | undefined) ?? [])].reduce(
    (sum, mv) => sum + mv,
    0,
  );
  return [
    {
      kind: "battery",
      isSummary: false,
      batteryId: fields.id,
      battery: {
        voltageV: cellsMv.length === 0 ? undefined : totalMv / 1000,
        currentA: dividedBy(known("BATTERY_STATUS.current_battery", fields.current_battery), 100),
        remainingFraction: dividedBy(known("BATTERY_STATUS.battery_remaining", fields.battery_remaining), 100),
        timeRemainingS: known("BATTERY_STATUS.time_remaining", fields.time_remaining),
      },
    },
  ];
}

/** Besides MAVLink's "unknown" value ArduPilot has its own (GPS_UNKNOWN_DOP). */
const NO_DOP = 9999;

export function gpsFrom(fields: MessageFields["GPS_RAW_INT"]): readonly VehicleEventBody[] {
  return [
    {
      kind: "gps",
      gps: {
        fixType: fields.fix_type,
        satellitesVisible: known("GPS_RAW_INT.satellites_visible", fields.satellites_visible),
        horizontalAccuracyM: dividedBy(known("GPS_RAW_INT.h_acc", fields.h_acc), 1000),
        hdop: fields.eph === NO_DOP ? undefined : dividedBy(known("GPS_RAW_INT.eph", fields.eph), 100),
      },
    },
    ...receiverPositionFrom("gps", fields),
  ];
}

/** MISSION_STATE; 0 (unknown) has no entry, and MAVLink 1 does not send the field. */
const MISSION_STATES: Readonly<Record<number, MissionProgress["state"]>> = {
  1: "none",
  2: "not-started",
  3: "active",
  4: "paused",
  5: "complete",
};

export function missionCurrentFrom(fields: MessageFields["MISSION_CURRENT"]): readonly VehicleEventBody[] {
  const total = known("MISSION_CURRENT.total", fields.total);
  const countOfItems = total === MISSION_TOTAL_NONE ? 0 : total;
  const state = MISSION_STATES[fields.mission_state];
  return [{ kind: "mission-progress", mission: { currentSeq: fields.seq, countOfItems, ...(state && { state }) } }];
}

/**
 * Channel 3 is the throttle: ArduPilot's default RCMAP_THROTTLE, and the usual order aileron, elevator, throttle,
 * rudder.
 */
export function sticksFrom(fields: MessageFields["RC_CHANNELS"]): readonly VehicleEventBody[] {
  const isReceived = fields.chancount > 0 && fields.rssi !== 0;
  const throttleUs =
    isReceived && fields.chan3_raw !== UNUSED_CHANNEL && fields.chan3_raw > 0 ? fields.chan3_raw : undefined;
  return [{ kind: "sticks", sticks: { throttleUs } }];
}
/** UINT16_MAX: "A value of UINT16_MAX implies the channel is unused." */
const UNUSED_CHANNEL = 65_535;

export function ekfFrom(fields: MessageFields["EKF_STATUS_REPORT"]): readonly VehicleEventBody[] {
  return [{ kind: "ekf", ekf: { flags: fields.flags, positionVariance: fields.pos_horiz_variance } }];
}

// Low byte of flight_sw_version, FIRMWARE_VERSION_TYPE: 0 dev, 64 alpha, 128 beta, 192 release candidate, 255 official.
const RELEASE_KINDS: Readonly<Record<number, string>> = { 0: "-dev", 64: "-alpha", 128: "-beta", 192: "-rc", 255: "" };

function firmwareVersionFrom(packed: number | undefined): string | undefined {
  if (packed === undefined) return undefined;
  return `${packed >>> 24}.${(packed >>> 16) & 0xff}.${(packed >>> 8) & 0xff}${RELEASE_KINDS[packed & 0xff] ?? ""}`;
}

export function versionFrom(fields: MessageFields["AUTOPILOT_VERSION"]): readonly VehicleEventBody[] {
  const longUid = ((fields.uid2 as number[] | undefined) ?? [])
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const shortUid = fields.uid === 0n ? undefined : fields.uid.toString(16);
  return [
    {
      kind: "version",
      version: {
        firmwareVersion: firmwareVersionFrom(known("AUTOPILOT_VERSION.flight_sw_version", fields.flight_sw_version)),
        capabilityBits: Number(fields.capabilities),
        uid: /[1-9a-f]/.test(longUid) ? longUid : shortUid,
      },
    },
  ];
}

// ESTIMATOR_STATUS_FLAGS and EKF_STATUS_FLAGS are the same up to bit 9; a GPS glitch is bit 10 in the former, bit 15 in
// the latter.
const SHARED_FLAGS = 0x3ff;
const ESTIMATOR_GPS_GLITCH = 0x400;
const EKF_GPS_GLITCH = 0x8000;

/** PX4 sends ESTIMATOR_STATUS for what ArduPilot reports in EKF_STATUS_REPORT. */
export function estimatorFrom(fields: MessageFields["ESTIMATOR_STATUS"]): readonly VehicleEventBody[] {
  const glitch = (fields.flags & ESTIMATOR_GPS_GLITCH) === 0 ? 0 : EKF_GPS_GLITCH;
  const flags = (fields.flags & SHARED_FLAGS) | glitch;
  return [{ kind: "ekf", ekf: { flags, positionVariance: fields.pos_horiz_ratio } }];
}

/**
 * A text field that is full (no NUL) is continued in the next chunk; MAVLink 1 and short texts have id 0 and one chunk
 * only.
 */
const TEXT_BYTES = 50;

/** `byteString`: the text field up to its first NUL, one character a byte. */
export function textFrom(fields: MessageFields["STATUSTEXT"], byteString: string): readonly VehicleEventBody[] {
  const { severity, text } = fields;
  const id = (fields.id as number | undefined) ?? 0;
  if (id === 0) return [{ kind: "text", severity, text, chunk: undefined }];
  const chunk = { id, index: fields.chunk_seq, isLast: byteString.length < TEXT_BYTES };
  return [{ kind: "text", severity, text: byteString, chunk }];
}
