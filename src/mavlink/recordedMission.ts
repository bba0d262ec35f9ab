/** Missions in the recording of a link, in either direction and of either generation of messages. */
import type { ReportedMissionItem } from "../vehicle/flightReport.js";
import type { MavlinkFrame } from "./frame.js";
import type { MissionPart } from "./logs/logWalk.js";
import { fieldsOf } from "./messageFields.js";
import { wireItemFrom } from "./protocols/mission/missionMessages.js";

const MAV_MISSION_ACCEPTED = 0;

/** The piece of a mission that a frame tells; undefined for anything else, fences and rally points too. */
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
  // MAVLink 1 stations know no other: the same with degrees as floats.
  const old = fieldsOf(frame, "MISSION_ITEM");
  if (!old) return undefined;
  const { seq, command, frame: mavFrame, x: latitudeDeg, y: longitudeDeg, z: altitudeM } = old;
  return { seq, command, frame: mavFrame, latitudeDeg, longitudeDeg, altitudeM };
}

/** Fences and rally points are not the mission; MAVLink 1 has no type, and then it is one. */
const isMission = (frame: MavlinkFrame): boolean => !(frame.fields["mission_type"] as number | undefined);
