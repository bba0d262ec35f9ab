import { DEG_PER_RAD, wrap180, wrap360 } from "../geo/angles.js";
import type { Position } from "../geo/position.js";
import type { OtherSource, VehicleEventBody } from "../vehicle/events.js";
import type { MessageFields } from "./messageFields.js";

/**
 * ArduPilot reports positions around (0, 0) until its first fix: within a hundredth of a degree of it a position is
 * unknown.
 */
const NO_FIX_WITHIN_DEG = 0.01;
/** Below this ground speed the course is noise. */
const COURSE_FROM_MPS = 0.5;

/** Undefined near (0, 0), where an autopilot without a fix reports itself, and for values outside the valid range. */
export function positionFromE7(latDegE7: number, lonDegE7: number): Position | undefined {
  const position = { latitudeDeg: latDegE7 / 1e7, longitudeDeg: lonDegE7 / 1e7 };
  const isNowhere =
    Math.abs(position.latitudeDeg) < NO_FIX_WITHIN_DEG && Math.abs(position.longitudeDeg) < NO_FIX_WITHIN_DEG;
  const isOnEarth = Math.abs(position.latitudeDeg) <= 90 && Math.abs(position.longitudeDeg) <= 180;
  return isNowhere || !isOnEarth ? undefined : position;
}

export function globalPositionFrom(fields: MessageFields["GLOBAL_POSITION_INT"]): readonly VehicleEventBody[] {
  const position = positionFromE7(fields.lat, fields.lon);
  if (!position) return [];
  const northMps = fields.vx / 100;
  const eastMps = fields.vy / 100;
  const groundSpeedMps = Math.hypot(northMps, eastMps);
  const courseDeg = groundSpeedMps < COURSE_FROM_MPS ? undefined : wrap360(Math.atan2(eastMps, northMps) * DEG_PER_RAD);
  return [
    {
      kind: "position",
      position: { position, altitudeAmslM: fields.alt / 1000, altitudeAboveHomeM: fields.relative_alt / 1000 },
      velocity: { northMps, eastMps, downMps: fields.vz / 100, groundSpeedMps, courseDeg },
    },
  ];
}

export function attitudeFrom(fields: MessageFields["ATTITUDE"]): readonly VehicleEventBody[] {
  if (!Number.isFinite(fields.roll + fields.pitch + fields.yaw)) return [];
  return [
    {
      kind: "attitude",
      attitude: {
        rollDeg: fields.roll * DEG_PER_RAD,
        pitchDeg: fields.pitch * DEG_PER_RAD,
        headingDeg: wrap360(fields.yaw * DEG_PER_RAD),
      },
    },
  ];
}

export function airDataFrom(fields: MessageFields["VFR_HUD"]): readonly VehicleEventBody[] {
  const height: readonly VehicleEventBody[] = Number.isFinite(fields.alt)
    ? [{ kind: "other-height", altitudeAmslM: fields.alt }]
    : [];
  if (!Number.isFinite(fields.airspeed + fields.climb)) return height;
  return [
    ...height,
    {
      kind: "air-data",
      airData: {
        airSpeedMps: fields.airspeed,
        climbRateMps: fields.climb,
        throttleFraction: fields.throttle / 100,
      },
    },
  ];
}

/** GPS_FIX_TYPE_2D_FIX: a receiver with this or more has a fix. */
const FIX_2D = 2;

type ReceiverFields = Pick<MessageFields["GPS_RAW_INT"], "fix_type" | "lat" | "lon" | "alt">;

export function receiverPositionFrom(source: OtherSource, fields: ReceiverFields): readonly VehicleEventBody[] {
  const position = fields.fix_type < FIX_2D ? undefined : positionFromE7(fields.lat, fields.lon);
  return position ? [{ kind: "other-position", source, position, altitudeAmslM: fields.alt / 1000 }] : [];
}

export function secondEstimateFrom(fields: MessageFields["AHRS2"]): readonly VehicleEventBody[] {
  const position = positionFromE7(fields.lat, fields.lng);
  if (!position || !Number.isFinite(fields.altitude)) return [];
  return [{ kind: "other-position", source: "second-estimate", position, altitudeAmslM: fields.altitude }];
}

export function homeFrom(fields: MessageFields["HOME_POSITION"]): readonly VehicleEventBody[] {
  const position = positionFromE7(fields.latitude, fields.longitude);
  return position ? [{ kind: "home", home: { position, altitudeAmslM: fields.altitude / 1000 } }] : [];
}

// GIMBAL_DEVICE_FLAGS: https://mavlink.io/en/messages/common.html#GIMBAL_DEVICE_FLAGS
const YAW_LOCK = 16;
const YAW_IN_VEHICLE_FRAME = 32;
const YAW_IN_EARTH_FRAME = 64;

export function gimbalFrom(fields: MessageFields["GIMBAL_DEVICE_ATTITUDE_STATUS"]): readonly VehicleEventBody[] {
  const [w = Number.NaN, x = Number.NaN, y = Number.NaN, z = Number.NaN] = fields.q;
  if (!Number.isFinite(w + x + y + z) || w * w + x * x + y * y + z * z < 0.5) return [];
  const rollDeg = Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)) * DEG_PER_RAD;
  const pitchDeg = Math.asin(Math.max(-1, Math.min(1, 2 * (w * y - z * x)))) * DEG_PER_RAD;
  const turnDeg = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) * DEG_PER_RAD;
  // Gimbals older than the two frame flags set neither: then a locked yaw is in the earth frame, any other relative to
  // the vehicle.
  const hasFrameFlag = (fields.flags & (YAW_IN_VEHICLE_FRAME | YAW_IN_EARTH_FRAME)) !== 0;
  const isEarth = hasFrameFlag ? (fields.flags & YAW_IN_EARTH_FRAME) !== 0 : (fields.flags & YAW_LOCK) !== 0;
  return [
    {
      kind: "gimbal",
      gimbal: { rollDeg, pitchDeg, yawEarthDeg: isEarth ? wrap360(turnDeg) : undefined },
      yawFromNoseDeg: isEarth ? undefined : wrap180(turnDeg),
    },
  ];
}

/** The older message: hundredths of a degree, yaw relative to the vehicle's heading. */
export function mountFrom(fields: MessageFields["MOUNT_STATUS"]): readonly VehicleEventBody[] {
  return [
    {
      kind: "gimbal",
      gimbal: { pitchDeg: fields.pointing_a / 100, rollDeg: fields.pointing_b / 100, yawEarthDeg: undefined },
      yawFromNoseDeg: wrap180(fields.pointing_c / 100),
    },
  ];
}
