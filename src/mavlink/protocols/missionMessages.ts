import { assertNever } from "../../core/result.js";
import type { MavlinkFrame, OutgoingMessage } from "../frame.js";
import { fieldsOf, type MessageFields } from "../messageFields.js";
import type { MissionEffect, MissionEvent, WireMissionItem } from "./missionWire.js";

/** A system and one of its components. */
export type MavAddress = { readonly systemId: number; readonly componentId: number };
export type Conversation = { readonly vehicle: MavAddress; readonly own: MavAddress };

/** MAV_MISSION_TYPE_MISSION; fences (1) and rally points (2) are other conversations. */
const MISSION_TYPE = 0;

type Addressed = { readonly target_system: number; readonly target_component: number };
/** Absent in MAVLink 1, where every mission is of type 0. */
const missionTypeOf = (fields: object): number =>
  "mission_type" in fields ? Number(fields.mission_type) : MISSION_TYPE;

/**
 * What a frame means to the mission transfer between these two, undefined when it is nothing of it: from another system or
 * component, to somebody else, or of another mission type.
 */
export function missionEventFrom(frame: MavlinkFrame, { vehicle, own }: Conversation): MissionEvent | undefined {
  if (frame.systemId !== vehicle.systemId || frame.componentId !== vehicle.componentId) return undefined;
  const heard = missionMessageFrom(frame);
  if (!heard || missionTypeOf(heard.fields) !== MISSION_TYPE) return undefined;
  const { target_system, target_component } = heard.fields;
  const isOurs = target_system === own.systemId && (target_component === own.componentId || target_component === 0);
  return isOurs ? heard.event : undefined;
}

type Heard = { readonly fields: Addressed; readonly event: MissionEvent };

function missionMessageFrom(frame: MavlinkFrame): Heard | undefined {
  const request = fieldsOf(frame, "MISSION_REQUEST_INT") ?? fieldsOf(frame, "MISSION_REQUEST");
  if (request) return { fields: request, event: { kind: "item-requested", seq: request.seq } };
  const ack = fieldsOf(frame, "MISSION_ACK");
  if (ack) return { fields: ack, event: { kind: "ack", mavMissionResult: ack.type } };
  const count = fieldsOf(frame, "MISSION_COUNT");
  if (count) return { fields: count, event: { kind: "count", countOfItems: count.count } };
  const item = fieldsOf(frame, "MISSION_ITEM_INT");
  return item && { fields: item, event: { kind: "item", item: wireItemFrom(item) } };
}

export const wireItemFrom = (fields: MessageFields["MISSION_ITEM_INT"]): WireMissionItem => ({
  seq: fields.seq,
  frame: fields.frame,
  command: fields.command,
  current: fields.current,
  autocontinue: fields.autocontinue,
  params: [fields.param1, fields.param2, fields.param3, fields.param4],
  x: fields.x,
  y: fields.y,
  z: fields.z,
});

/** The messages that carry out an effect; none for `arm-timer`, which is the runner's. */
export function messagesForMissionEffect(effect: MissionEffect, vehicle: MavAddress): readonly OutgoingMessage[] {
  const to = {
    target_system: vehicle.systemId,
    target_component: vehicle.componentId,
    mission_type: MISSION_TYPE,
  };
  switch (effect.kind) {
    case "send-count":
      return [{ name: "MISSION_COUNT", fields: { ...to, count: effect.countOfItems } }];
    case "send-item":
      // Also in answer to the old MISSION_REQUEST: ArduPilot asks so and takes the exact form.
      return [{ name: "MISSION_ITEM_INT", fields: { ...to, ...itemFields(effect.item) } }];
    case "send-request-list":
      return [{ name: "MISSION_REQUEST_LIST", fields: to }];
    case "send-request-item":
      return [{ name: "MISSION_REQUEST_INT", fields: { ...to, seq: effect.seq } }];
    case "send-ack":
      return [{ name: "MISSION_ACK", fields: { ...to, type: effect.mavMissionResult } }];
    case "arm-timer":
      return [];
    default:
      return assertNever(effect);
  }
}

function itemFields({ params: [param1, param2, param3, param4], ...item }: WireMissionItem) {
  return { ...item, param1, param2, param3, param4 };
}
