/** The payload inside FILE_TRANSFER_PROTOCOL. https://mavlink.io/en/services/ftp.html#payload */
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import type { MavPeer, MavAddress } from "../mission/missionMessages.js";

export const FTP_OPCODE = {
  terminateSession: 1,
  resetSessions: 2,
  listDirectory: 3,
  openFileReadOnly: 4,
  readFile: 5,
  calcFileCrc32: 14,
  burstReadFile: 15,
  /** Newer than the other opcodes (PX4 1.17): older servers reply "unknown command". */
  listDirectoryWithTime: 16,
  ack: 128,
  nak: 129,
} as const;

export const FTP_ERROR = {
  fail: 1,
  failErrno: 2,
  invalidSession: 4,
  noSessionsAvailable: 5,
  endOfFile: 6,
  unknownCommand: 7,
  fileNotFound: 10,
} as const;

/** File bytes in one message. */
export const FTP_DATA_BYTES = 239;
const HEADER_BYTES = 12;
const PAYLOAD_BYTES = 251;

/** A request or a reply. */
export type FtpPacket = {
  readonly seq: number;
  readonly session: number;
  readonly opcode: number;
  /** Number of bytes in `data`; in a read request, how many are wanted. */
  readonly size: number;
  /** In a reply: the opcode of the request. */
  readonly reqOpcode: number;
  readonly isBurstComplete: boolean;
  readonly offsetBytes: number;
  readonly data: Uint8Array;
};

/** The reply to us in a frame from this vehicle's autopilot; undefined for anything else. */
export function ftpPacketFrom(frame: MavlinkFrame, { vehicle, own }: MavPeer): FtpPacket | undefined {
  if (frame.systemId !== vehicle.systemId || frame.componentId !== vehicle.componentId) return undefined;
  const fields = fieldsOf(frame, "FILE_TRANSFER_PROTOCOL");
  if (!fields) return undefined;
  // PX4 addresses its replies to component 0.
  const isOurs = [own.componentId, 0].includes(fields.target_component) && fields.target_system === own.systemId;
  return isOurs ? packetFromPayload(Uint8Array.from(fields.payload)) : undefined;
}

export function packetFromPayload(payload: Uint8Array): FtpPacket | undefined {
  if (payload.byteLength < HEADER_BYTES) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const size = view.getUint8(4);
  return {
    seq: view.getUint16(0, true),
    session: view.getUint8(2),
    opcode: view.getUint8(3),
    size,
    reqOpcode: view.getUint8(5),
    isBurstComplete: view.getUint8(6) !== 0,
    offsetBytes: view.getUint32(8, true),
    data: payload.slice(HEADER_BYTES, HEADER_BYTES + Math.min(size, FTP_DATA_BYTES)),
  };
}

export function payloadOf(packet: FtpPacket): Uint8Array {
  const payload = new Uint8Array(PAYLOAD_BYTES);
  const view = new DataView(payload.buffer);
  view.setUint16(0, packet.seq, true);
  payload.set([packet.session, packet.opcode, packet.size, packet.reqOpcode, packet.isBurstComplete ? 1 : 0], 2);
  view.setUint32(8, packet.offsetBytes, true);
  payload.set(packet.data.subarray(0, FTP_DATA_BYTES), HEADER_BYTES);
  return payload;
}

export const ftpMessage = (packet: FtpPacket, vehicle: MavAddress): OutgoingMessage => ({
  name: "FILE_TRANSFER_PROTOCOL",
  fields: {
    target_network: 0,
    target_system: vehicle.systemId,
    target_component: vehicle.componentId,
    payload: Array.from(payloadOf(packet)),
  },
});
