import type { AutopilotEvent } from "../autopilot/autopilot.js";
import type { Command } from "../autopilot/commandTypes.js";
import type { StoredItem } from "../autopilot/missionItem.js";
import { dispatch, type ReceivedMessage, type WireFields, type WireHandlers } from "./mavlinkCodec.js";
import { missionEventOf } from "./missionWire.js";

/** MAV_FRAME: 0 and 5 AMSL, 3 and 6 above home; other frames are not supported as a target. */
function targetOf(fields: WireFields<"COMMAND_INT">): StoredItem | undefined {
  const frames: Readonly<Record<number, number>> = { 0: 0, 5: 0, 3: 3, 6: 3 };
  const frame = frames[fields.frame];
  const { _param5: xDegE7, _param6: yDegE7, _param7: zM } = fields;
  if (frame === undefined || Math.abs(xDegE7) > 90e7 || Math.abs(yDegE7) > 180e7) return undefined;
  return { frame, command: fields.command, params: [0, 0, 0, 0], xDegE7, yDegE7, zM };
}

function paramsOf(fields: WireFields<"COMMAND_INT"> | WireFields<"COMMAND_LONG">): Command["params"] {
  const { _param1, _param2, _param3, _param4, _param5, _param6, _param7 } = fields;
  return [_param1, _param2, _param3, _param4, _param5, _param6, _param7];
}

const MAV_TYPE_GCS = 6;

const EVENTS: WireHandlers<AutopilotEvent | undefined> = {
  HEARTBEAT: ({ type }, from) => (type === MAV_TYPE_GCS ? { kind: "gcs-heartbeat", from } : undefined),
  COMMAND_LONG: (fields, from) => ({
    kind: "command",
    command: {
      from,
      command: fields.command,
      form: "long",
      params: paramsOf(fields),
      target: undefined,
      frame: undefined,
    },
  }),
  COMMAND_INT: (fields, from) => ({
    kind: "command",
    command: {
      from,
      command: fields.command,
      form: "int",
      params: paramsOf(fields),
      target: targetOf(fields),
      frame: fields.frame,
    },
  }),
  SET_MODE: ({ customMode }) => ({ kind: "set-mode", customMode }),
  MISSION_SET_CURRENT: ({ seq }) => ({ kind: "set-current", seq }),
  REQUEST_DATA_STREAM: ({ reqStreamId, reqMessageRate, startStop }, from) => ({
    kind: "stream-request",
    from,
    streamId: reqStreamId,
    rateHz: startStop === 1 ? reqMessageRate : 0,
  }),
  // tc1 = 0 is a request; otherwise it is the answer to one of ours.
  TIMESYNC: ({ tc1, ts1 }, from) => (tc1 === 0n ? { kind: "timesync", from, theirNs: ts1 } : undefined),
};

function isForUs(fields: ReceivedMessage["fields"], systemId: number): boolean {
  const targetSystem = "targetSystem" in fields ? fields.targetSystem : 0;
  const targetComponent = "targetComponent" in fields ? fields.targetComponent : 0;
  return (targetSystem === 0 || targetSystem === systemId) && (targetComponent === 0 || targetComponent === 1);
}

/** The autopilot event for a received message, for system `systemId`; undefined when there is none. */
export function autopilotEventOf(message: ReceivedMessage, systemId: number): AutopilotEvent | undefined {
  if (!isForUs(message.fields, systemId)) return undefined;
  const event = missionEventOf(message);
  return event ? { kind: "mission", event } : dispatch(EVENTS, message);
}
