import { assertNever } from "../../../core/result.js";
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf, type MessageFields } from "../../messageFields.js";
import type { PlanPart } from "../../../vehicle/transfers.js";
import type { MissionEffect, MissionEvent, WireMissionItem } from "./missionWire.js";

/** A system and one of its components. */
export type MavAddress = { readonly systemId: number; readonly componentId: number };
export type MavPeer = { readonly vehicle: MavAddress; readonly own: MavAddress };

/** MAV_MISSION_TYPE by list: https://mavlink.io/en/messages/common.html#MAV_MISSION_TYPE */
const PARTS: readonly PlanPart[] = ["mission", "fence", "rally"];
const missionTypeOf = (part: PlanPart): number => PARTS.indexOf(part);

type Addressed = { readonly target_system: number; readonly target_component: number };
/** Absent in MAVLink 1, where every list is a mission. Undefined for types other than the three. */
const partOf = (fields: object): PlanPart | undefined =>
  "mission_type" in fields ? PARTS[Number(fields.mission_type)] : "mission";

type ReceivedOfPart = { readonly part: PlanPart; readonly event: MissionEvent };

/**
 * The event in a frame of a transfer between these two; undefined when the frame is from another system or component,
 * is addressed to somebody else, or is not part of a transfer.
 */
export function missionEventFrom(frame: MavlinkFrame, peer: MavPeer): ReceivedOfPart | undefined {
  const received = receivedFromVehicle(frame, peer);
  return received && isTo(received.fields, peer.own) ? { part: received.part, event: received.event } : undefined;
}

/**
 * The list that this vehicle is receiving from another station, as seen from its messages on our link: it requests an
 * item from them, or accepts their upload. What we knew of that list is then out of date.
 */
export function partChangedByOthers(frame: MavlinkFrame, peer: MavPeer): PlanPart | undefined {
  const received = receivedFromVehicle(frame, peer);
  // Addressed to everybody, or to another component of this station: no proof of another station.
  if (!received || received.fields.target_system === 0 || received.fields.target_system === peer.own.systemId) {
    return undefined;
  }
  const { event, part } = received;
  const isTaking = event.kind === "item-requested" || (event.kind === "ack" && event.mavMissionResult === 0);
  return isTaking ? part : undefined;
}

/**
 * Messages by which a station changes a list: https://mavlink.io/en/services/mission.html#message_command_enum_summary
 */
const CHANGING = [
  "MISSION_COUNT",
  "MISSION_ITEM_INT",
  "MISSION_ITEM",
  "MISSION_CLEAR_ALL",
  "MISSION_WRITE_PARTIAL_LIST",
] as const;
/** MAV_MISSION_TYPE_ALL, of MISSION_CLEAR_ALL. */
const TYPE_ALL = 255;

/** The lists of this vehicle that another station changes with this frame, where it is received on our link. */
export function partsSentByOthers(frame: MavlinkFrame, { vehicle, own }: MavPeer): readonly PlanPart[] {
  if (frame.systemId === vehicle.systemId) return [];
  if (frame.systemId === own.systemId && frame.componentId === own.componentId) return [];
  for (const name of CHANGING) {
    const fields = fieldsOf(frame, name);
    if (!fields) continue;
    const isToAll = fields.target_system === 0;
    const isToVehicle = fields.target_system === vehicle.systemId && isItsAutopilot(fields, vehicle);
    if (!isToAll && !isToVehicle) return [];
    if ("mission_type" in fields && fields.mission_type === TYPE_ALL) return PARTS;
    const part = partOf(fields);
    return part ? [part] : [];
  }
  return [];
}

const isItsAutopilot = ({ target_component }: Addressed, vehicle: MavAddress): boolean =>
  target_component === 0 || target_component === vehicle.componentId;

const isTo = ({ target_system, target_component }: Addressed, own: MavAddress): boolean =>
  target_system === own.systemId && (target_component === own.componentId || target_component === 0);

function receivedFromVehicle(frame: MavlinkFrame, { vehicle }: MavPeer): (Received & ReceivedOfPart) | undefined {
  if (frame.systemId !== vehicle.systemId || frame.componentId !== vehicle.componentId) return undefined;
  const received = missionMessageFrom(frame);
  const part = received && partOf(received.fields);
  return received && part && { ...received, part };
}

type Received = { readonly fields: Addressed; readonly event: MissionEvent };

function missionMessageFrom(frame: MavlinkFrame): Received | undefined {
  const request = fieldsOf(frame, "MISSION_REQUEST_INT") ?? fieldsOf(frame, "MISSION_REQUEST");
  if (request) return { fields: request, event: { kind: "item-requested", seq: request.seq } };
  const ack = fieldsOf(frame, "MISSION_ACK");
  if (ack) return { fields: ack, event: { kind: "ack", mavMissionResult: ack.type } };
  const count = fieldsOf(frame, "MISSION_COUNT");
  if (count) return { fields: count, event: { kind: "count", countOfItems: count.count, planId: idOf(count) } };
  const item = fieldsOf(frame, "MISSION_ITEM_INT");
  return item && { fields: item, event: { kind: "item", item: wireItemFrom(item) } };
}

/** An extension field: absent in MAVLink 1, though typed as always there. */
const idOf = (count: Partial<MessageFields["MISSION_COUNT"]>): number => count.opaque_id ?? 0;

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

/** The messages that carry out an effect on one list; none for `arm-timer`, which is the runner's. */
export function messagesForMissionEffect(
  effect: MissionEffect,
  vehicle: MavAddress,
  part: PlanPart,
): readonly OutgoingMessage[] {
  const to = {
    target_system: vehicle.systemId,
    target_component: vehicle.componentId,
    mission_type: missionTypeOf(part),
  };
  switch (effect.kind) {
    case "send-count":
      return [{ name: "MISSION_COUNT", fields: { ...to, count: effect.countOfItems } }];
    case "send-item":
      // Also in reply to the older MISSION_REQUEST, which ArduPilot sends although it accepts the exact form
      // (integers).
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
