/**
 * MAVLink's older messages for downloading on-board logs. https://mavlink.io/en/messages/common.html#LOG_REQUEST_LIST
 */
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import type { MavAddress } from "../mission/missionMessages.js";

export type ReceivedLogEntry = {
  readonly id: number;
  readonly countOfLogs: number;
  readonly lastId: number;
  readonly sizeBytes: number;
  /** Start of the log; undefined when the vehicle's clock was not set. */
  readonly unixTimeS: number | undefined;
};
export type ReceivedLogData = { readonly id: number; readonly offsetBytes: number; readonly bytes: Uint8Array };

/** Log bytes in one message. */
export const LOG_DATA_BYTES = 90;

const isOf = (frame: MavlinkFrame, { systemId, componentId }: MavAddress): boolean =>
  frame.systemId === systemId && frame.componentId === componentId;

export function logEntryFrom(frame: MavlinkFrame, vehicle: MavAddress): ReceivedLogEntry | undefined {
  const fields = isOf(frame, vehicle) ? fieldsOf(frame, "LOG_ENTRY") : undefined;
  if (!fields) return undefined;
  return {
    id: fields.id,
    countOfLogs: fields.num_logs,
    lastId: fields.last_log_num,
    sizeBytes: fields.size,
    unixTimeS: fields.time_utc > 0 ? fields.time_utc : undefined,
  };
}

export function logDataFrom(frame: MavlinkFrame, vehicle: MavAddress): ReceivedLogData | undefined {
  const fields = isOf(frame, vehicle) ? fieldsOf(frame, "LOG_DATA") : undefined;
  if (!fields) return undefined;
  const bytes = Uint8Array.from(fields.data.slice(0, Math.min(fields.count, LOG_DATA_BYTES)));
  return { id: fields.id, offsetBytes: fields.ofs, bytes };
}

const target = ({ systemId, componentId }: MavAddress) => ({ target_system: systemId, target_component: componentId });

/** First and last id, both inclusive; 0xffff as the last means all. */
export const logRequestList = (vehicle: MavAddress, first: number, last: number): OutgoingMessage => ({
  name: "LOG_REQUEST_LIST",
  fields: { ...target(vehicle), start: first, end: last },
});

export const logRequestData = (
  vehicle: MavAddress,
  { id, offsetBytes, count }: { readonly id: number; readonly offsetBytes: number; readonly count: number },
): OutgoingMessage => ({
  name: "LOG_REQUEST_DATA",
  fields: { ...target(vehicle), id, ofs: offsetBytes, count },
});

/** Only after this message does the autopilot log again. */
export const logRequestEnd = (vehicle: MavAddress): OutgoingMessage => ({
  name: "LOG_REQUEST_END",
  fields: target(vehicle),
});
