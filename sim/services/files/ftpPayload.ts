import type { WireMessage, WireSender } from "../../wire/mavlinkCodec.js";

/** https://mavlink.io/en/services/ftp.html */
export const FTP_OP = {
  none: 0,
  terminateSession: 1,
  resetSessions: 2,
  listDirectory: 3,
  openFileRO: 4,
  readFile: 5,
  createFile: 6,
  writeFile: 7,
  removeFile: 8,
  createDirectory: 9,
  removeDirectory: 10,
  openFileWO: 11,
  truncateFile: 12,
  rename: 13,
  calcFileCRC32: 14,
  burstReadFile: 15,
  ack: 128,
  nak: 129,
} as const;

export const FTP_ERROR = {
  fail: 1,
  failErrno: 2,
  invalidDataSize: 3,
  invalidSession: 4,
  noSessionsAvailable: 5,
  endOfFile: 6,
  unknownCommand: 7,
  fileExists: 8,
  fileProtected: 9,
  fileNotFound: 10,
} as const;

export const FTP_DATA_BYTES = 239;
const HEADER_BYTES = 12;
const PAYLOAD_BYTES = HEADER_BYTES + FTP_DATA_BYTES;

export type FtpRequest = {
  readonly from: WireSender;
  readonly seq: number;
  readonly session: number;
  readonly opcode: number;
  /** As stated in the header; may exceed the data. */
  readonly size: number;
  readonly offset: number;
  readonly data: Uint8Array;
};

export type FtpReply = {
  readonly seq: number;
  readonly session: number;
  readonly opcode: number;
  readonly reqOpcode: number;
  readonly offset: number;
  readonly isBurstComplete: boolean;
  readonly data: Uint8Array;
};

export function ftpRequestFrom(payload: readonly number[], from: WireSender): FtpRequest {
  const bytes = Buffer.from(payload);
  const size = bytes.readUInt8(4);
  return {
    from,
    seq: bytes.readUInt16LE(0),
    session: bytes.readUInt8(2),
    opcode: bytes.readUInt8(3),
    size,
    offset: bytes.readUInt32LE(8),
    data: bytes.subarray(HEADER_BYTES, HEADER_BYTES + Math.min(size, FTP_DATA_BYTES)),
  };
}

/** Text up to the first NUL. */
export function ftpTextOf({ data }: FtpRequest): string {
  const text = Buffer.from(data).toString("latin1");
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

export function ftpMessage(reply: FtpReply, to: WireSender): WireMessage {
  const bytes = Buffer.alloc(PAYLOAD_BYTES);
  bytes.writeUInt16LE(reply.seq & 0xffff, 0);
  bytes.writeUInt8(reply.session, 2);
  bytes.writeUInt8(reply.opcode, 3);
  bytes.writeUInt8(reply.data.length, 4);
  bytes.writeUInt8(reply.reqOpcode, 5);
  bytes.writeUInt8(reply.isBurstComplete ? 1 : 0, 6);
  bytes.writeUInt32LE(reply.offset, 8);
  bytes.set(reply.data, HEADER_BYTES);
  const target = { targetSystem: to.systemId, targetComponent: to.componentId };
  return { name: "FILE_TRANSFER_PROTOCOL", fields: { ...target, payload: [...bytes] } };
}

/** Frame bytes of a reply without its data; MAVLink truncates trailing zeros. */
export const FTP_OVERHEAD_BYTES = 12 + 3 + HEADER_BYTES;

export function ack(request: FtpRequest, data: Uint8Array = new Uint8Array(), offset = 0): FtpReply {
  const { seq, session, opcode } = request;
  return {
    seq: seq + 1,
    session,
    opcode: FTP_OP.ack,
    reqOpcode: opcode,
    offset,
    isBurstComplete: false,
    data,
  };
}

/** `errno` is sent only with failErrno. */
export function nak(request: FtpRequest, error: number, errno?: number): FtpReply {
  const data = errno === undefined ? [error] : [error, errno];
  return { ...ack(request, Uint8Array.from(data), request.offset), opcode: FTP_OP.nak };
}

export function uint32(value: number): Uint8Array {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(value >>> 0);
  return four;
}
