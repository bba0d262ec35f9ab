/** Mission transfers in a recording of a link: upload and download, MISSION_ITEM_INT and the older MISSION_ITEM. */
import type { ReportedMissionItem } from "../vehicle/flightReport.js";
import type { MavlinkFrame } from "./frame.js";
import type { MissionPart } from "./logs/logWalk.js";
import { fieldsOf } from "./messageFields.js";
import { wireItemFrom } from "./protocols/mission/missionMessages.js";

const MAV_MISSION_ACCEPTED = 0;

/**
 * The part of a mission transfer that a frame carries; undefined for anything else, including fences and rally points.
 */
export function missionPartFrom(frame: MavlinkFrame): MissionPart | undefined {
  if (frame.name?.startsWith("MISSION_") !== true || !isMission(frame)) return undefined;
  const { systemId } = frame;
  const toSystemId = (frame.fields["target_system"] as number | undefined) ?? 0;
  switch (frame.name) {
    case "MISSION_COUNT":
    case "MISSION_CLEAR_ALL":
      return { kind: "begins", systemId, toSystemId };
    case "MISSION_WRITE_PARTIAL_LIST":
      return { kind: "begins", systemId, toSystemId, keepsItems: true };
    case "MISSION_ACK": {
      const isAccepted = fieldsOf(frame, "MISSION_ACK")?.type === MAV_MISSION_ACCEPTED;
      return { kind: "ended", systemId, toSystemId, isAccepted };
    }
    default: {
      const item = itemFrom(frame);
      return item && { kind: "item", systemId, toSystemId, item };
    }
  }
}

function itemFrom(frame: MavlinkFrame): ReportedMissionItem | undefined {
  const whole = fieldsOf(frame, "MISSION_ITEM_INT");
  if (whole) {
    const { seq, command, frame: mavFrame, x, y, z } = wireItemFrom(whole);
    return { seq, command, frame: mavFrame, latitudeDeg: x / 1e7, longitudeDeg: y / 1e7, altitudeM: z };
  }
  // The older message, the only one that MAVLink 1 stations send: the same with degrees as floats.
  const old = fieldsOf(frame, "MISSION_ITEM");
  if (!old) return undefined;
  const { seq, command, frame: mavFrame, x: latitudeDeg, y: longitudeDeg, z: altitudeM } = old;
  return { seq, command, frame: mavFrame, latitudeDeg, longitudeDeg, altitudeM };
}

/** False for fences and rally points. MAVLink 1 has no `mission_type`: then it is a mission. */
const isMission = (frame: MavlinkFrame): boolean => !(frame.fields["mission_type"] as number | undefined);
