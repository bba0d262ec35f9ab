import type { StoredItem, WireItem } from "../autopilot/missionItem.js";
import type { MissionServerEffect, MissionServerEvent } from "../autopilot/missionServer.js";
import {
  dispatch,
  type ReceivedMessage,
  type WireFields,
  type WireHandlers,
  type WireMessage,
} from "./mavlinkCodec.js";

function itemFromInt(fields: WireFields<"MISSION_ITEM_INT">): WireItem {
  return {
    seq: fields.seq,
    frame: fields.frame,
    command: fields.command,
    params: [fields.param1, fields.param2, fields.param3, fields.param4],
    xDegE7: fields.x,
    yDegE7: fields.y,
    zM: fields.z,
  };
}

/** MISSION_ITEM has degrees as float32: about a metre of error, as on a real autopilot. */
function itemFromFloat(fields: WireFields<"MISSION_ITEM">): WireItem {
  return {
    seq: fields.seq,
    frame: fields.frame,
    command: fields.command,
    params: [fields.param1, fields.param2, fields.param3, fields.param4],
    xDegE7: Math.round(fields.x * 1e7),
    yDegE7: Math.round(fields.y * 1e7),
    zM: fields.z,
  };
}

const EVENTS: WireHandlers<MissionServerEvent> = {
  MISSION_COUNT: ({ count, missionType }, from) => ({ kind: "count", from, countOfItems: count, missionType }),
  MISSION_ITEM_INT: (fields, from) => ({
    kind: "item",
    from,
    item: itemFromInt(fields),
    missionType: fields.missionType,
    form: "int",
  }),
  MISSION_ITEM: (fields, from) => ({
    kind: "item",
    from,
    item: itemFromFloat(fields),
    missionType: fields.missionType,
    form: "float",
  }),
  MISSION_REQUEST_LIST: ({ missionType }, from) => ({ kind: "request-list", from, missionType }),
  MISSION_REQUEST_INT: ({ seq, missionType }, from) => ({ kind: "request-item", from, seq, missionType, form: "int" }),
  MISSION_REQUEST: ({ seq, missionType }, from) => ({ kind: "request-item", from, seq, missionType, form: "float" }),
  MISSION_CLEAR_ALL: ({ missionType }, from) => ({ kind: "clear", from, missionType }),
  MISSION_ACK: ({ type, missionType }, from) => ({ kind: "ack", from, result: type, missionType }),
};

/** The mission server's event for a received message; undefined for messages of other protocols. */
export function missionEventOf(message: ReceivedMessage): MissionServerEvent | undefined {
  return dispatch(EVENTS, message);
}

function itemFields({ seq, frame, command, params, zM }: WireItem & StoredItem) {
  const [param1, param2, param3, param4] = params;
  return { seq, frame, command, current: 0, autocontinue: 1, param1, param2, param3, param4, z: zM };
}

/** An effect of the mission server as a message. */
export function missionMessageOf(effect: Exclude<MissionServerEffect, { kind: "say" }>): WireMessage {
  const { missionType } = effect;
  const to = { targetSystem: effect.to.systemId, targetComponent: effect.to.componentId, missionType };
  switch (effect.kind) {
    case "send-request": {
      const fields = { ...to, seq: effect.seq };
      return effect.form === "int" ? { name: "MISSION_REQUEST_INT", fields } : { name: "MISSION_REQUEST", fields };
    }
    case "send-count":
      return { name: "MISSION_COUNT", fields: { ...to, count: effect.countOfItems, opaqueId: effect.id } };
    case "send-ack":
      return { name: "MISSION_ACK", fields: { ...to, type: effect.result, opaqueId: effect.id } };
    case "send-item": {
      const { xDegE7, yDegE7 } = effect.item;
      const shared = { ...to, ...itemFields(effect.item), ...effect.marks };
      return effect.form === "int"
        ? { name: "MISSION_ITEM_INT", fields: { ...shared, x: xDegE7, y: yDegE7 } }
        : { name: "MISSION_ITEM", fields: { ...shared, x: xDegE7 / 1e7, y: yDegE7 / 1e7 } };
    }
  }
}
