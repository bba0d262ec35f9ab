/**
 * ADSB_VEHICLE and AIS_VESSEL: other aircraft and ships, received through a vehicle. Only fields flagged valid are
 * used.
 */
import { amslFromEllipsoidM } from "../../geo/geoid.js";
import type { Position } from "../../geo/position.js";
import type { TrafficTarget } from "../../vehicle/traffic.js";
import type { MavlinkFrame } from "../frame.js";
import { fieldsOf, type MessageFields } from "../messageFields.js";

/** ADSB_FLAGS */
const ADSB = {
  coordinates: 1,
  height: 2,
  course: 4,
  velocity: 8,
  callsign: 16,
  simulated: 64,
  verticalVelocity: 128,
} as const;
/** ADSB_ALTITUDE_TYPE: 0 pressure (QNH), 1 geometric. */
const GEOMETRIC = 1;
/** AIS_FLAGS */
const AIS = {
  courseValid: 2,
  velocityValid: 4,
  dimensions: 64,
  largeBow: 128,
  largeStern: 256,
  callsign: 2048,
  name: 4096,
} as const;
/** AIS's own latitude for "no position" (91 degrees). */
const NOT_A_LATITUDE_E7 = 91e7;

const positionOf = (latitudeE7: number, longitudeE7: number): Position => ({
  latitudeDeg: latitudeE7 / 1e7,
  longitudeDeg: longitudeE7 / 1e7,
});
const textOf = (text: string): string | undefined => (text.trim() === "" ? undefined : text.trim());

function aircraftFrom(fields: MessageFields["ADSB_VEHICLE"], nowMonoMs: number): TrafficTarget | undefined {
  const has = (flag: number): boolean => (fields.flags & flag) !== 0;
  if (!has(ADSB.coordinates)) return undefined;
  const position = positionOf(fields.lat, fields.lon);
  const heightM = fields.altitude / 1000;
  // A pressure altitude is used as altitude above sea level: the error by the weather is some tens of metres.
  const altitudeAmslM = fields.altitude_type === GEOMETRIC ? amslFromEllipsoidM(position, heightM) : heightM;
  return {
    id: `icao:${fields.ICAO_address.toString(16).toUpperCase().padStart(6, "0")}`,
    kind: "aircraft",
    callsign: has(ADSB.callsign) ? textOf(fields.callsign) : undefined,
    position,
    altitudeAmslM: has(ADSB.height) ? altitudeAmslM : undefined,
    groundSpeedMps: has(ADSB.velocity) ? fields.hor_velocity / 100 : undefined,
    courseDeg: has(ADSB.course) ? fields.heading / 100 : undefined,
    climbRateMps: has(ADSB.verticalVelocity) ? fields.ver_velocity / 100 : undefined,
    lengthM: undefined,
    seenAtMonoMs: nowMonoMs - fields.tslc * 1000,
  };
}

function shipFrom(fields: MessageFields["AIS_VESSEL"], nowMonoMs: number): TrafficTarget | undefined {
  if (Math.abs(fields.lat) >= NOT_A_LATITUDE_E7) return undefined;
  const has = (flag: number): boolean => (fields.flags & flag) !== 0;
  const isAtLeast = has(AIS.largeBow) || has(AIS.largeStern);
  const valueM = fields.dimension_bow + fields.dimension_stern;
  const named = has(AIS.name) ? textOf(fields.name) : undefined;
  return {
    id: `mmsi:${String(fields.MMSI).padStart(9, "0")}`,
    kind: "ship",
    callsign: named ?? (has(AIS.callsign) ? textOf(fields.callsign) : undefined),
    position: positionOf(fields.lat, fields.lon),
    altitudeAmslM: undefined,
    groundSpeedMps: has(AIS.velocityValid) ? fields.velocity / 100 : undefined,
    courseDeg: has(AIS.courseValid) ? fields.COG / 100 : undefined,
    climbRateMps: undefined,
    lengthM: has(AIS.dimensions) ? { valueM, isAtLeast } : undefined,
    seenAtMonoMs: nowMonoMs - fields.tslc * 1000,
  };
}

/** The target in a frame, or undefined when there is none or its position is not valid. */
export function trafficFrom(frame: MavlinkFrame, nowMonoMs: number): TrafficTarget | undefined {
  const aircraft = fieldsOf(frame, "ADSB_VEHICLE");
  if (aircraft) return aircraftFrom(aircraft, nowMonoMs);
  const ship = fieldsOf(frame, "AIS_VESSEL");
  return ship ? shipFrom(ship, nowMonoMs) : undefined;
}
