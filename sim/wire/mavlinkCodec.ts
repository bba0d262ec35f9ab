import {
  MavLinkPacketSplitter,
  MavLinkProtocolV1,
  MavLinkProtocolV2,
  ardupilotmega,
  common,
  minimal,
  standard,
  x25crc,
  type MavLinkData,
} from "node-mavlink";

/**
 * The simulator's only door to stock node-mavlink. Everything the simulated vehicle says or understands is listed here;
 * field names and units are MAVLink's own and stay inside `sim/wire`. The station has its own reader: each checks the other.
 */
const CLASSES = {
  HEARTBEAT: minimal.Heartbeat,
  SYS_STATUS: common.SysStatus,
  SYSTEM_TIME: common.SystemTime,
  SET_MODE: common.SetMode,
  PARAM_REQUEST_READ: common.ParamRequestRead,
  PARAM_REQUEST_LIST: common.ParamRequestList,
  PARAM_VALUE: common.ParamValue,
  PARAM_SET: common.ParamSet,
  GPS_RAW_INT: common.GpsRawInt,
  ATTITUDE: common.Attitude,
  LOCAL_POSITION_NED: common.LocalPositionNed,
  GLOBAL_POSITION_INT: standard.GlobalPositionInt,
  // Old forms, still what a real ArduPilot asks with and what old stations send.
  /* eslint-disable @typescript-eslint/no-deprecated */
  MISSION_ITEM: common.MissionItem,
  MISSION_REQUEST: common.MissionRequest,
  /* eslint-enable @typescript-eslint/no-deprecated */
  MISSION_SET_CURRENT: common.MissionSetCurrent,
  MISSION_CURRENT: common.MissionCurrent,
  MISSION_REQUEST_LIST: common.MissionRequestList,
  MISSION_COUNT: common.MissionCount,
  MISSION_CLEAR_ALL: common.MissionClearAll,
  MISSION_ITEM_REACHED: common.MissionItemReached,
  MISSION_ACK: common.MissionAck,
  MISSION_REQUEST_INT: common.MissionRequestInt,
  NAV_CONTROLLER_OUTPUT: common.NavControllerOutput,
  REQUEST_DATA_STREAM: common.RequestDataStream,
  MISSION_ITEM_INT: common.MissionItemInt,
  VFR_HUD: common.VfrHud,
  COMMAND_INT: common.CommandInt,
  COMMAND_LONG: common.CommandLong,
  COMMAND_ACK: common.CommandAck,
  TIMESYNC: common.TimeSync,
  BATTERY_STATUS: common.BatteryStatus,
  AUTOPILOT_VERSION: standard.AutopilotVersion,
  SIMSTATE: ardupilotmega.SimState,
  WIND: ardupilotmega.Wind,
  EKF_STATUS_REPORT: ardupilotmega.EkfStatusReport,
  HOME_POSITION: common.HomePosition,
  STATUSTEXT: common.StatusText,
  GIMBAL_DEVICE_ATTITUDE_STATUS: common.GimbalDeviceAttitudeStatus,
} as const;

export type WireName = keyof typeof CLASSES;
/** Enumerations are numbers here: what a peer sends need not be a member. */
type Loose<T> = T extends number ? number : T extends readonly number[] ? readonly number[] : T;
export type WireFields<N extends WireName> = {
  readonly [K in keyof InstanceType<(typeof CLASSES)[N]>]: Loose<InstanceType<(typeof CLASSES)[N]>[K]>;
};
/** A message to send; a field left out is 0 or empty. */
export type WireMessage = {
  readonly [N in WireName]: { readonly name: N; readonly fields: Partial<WireFields<N>> };
}[WireName];

export type WireSender = { readonly systemId: number; readonly componentId: number };
/** A message heard, every field present. */
export type HeardMessage = {
  readonly [N in WireName]: { readonly name: N; readonly fields: WireFields<N>; readonly from: WireSender };
}[WireName];

/** One handler a message name; a message without one is ignored. */
export type WireHandlers<R> = { readonly [N in WireName]?: (fields: WireFields<N>, from: WireSender) => R };

export function dispatch<R>(handlers: WireHandlers<R>, message: HeardMessage): R | undefined {
  // The table's key ties the handler's argument to the message's name; the compiler cannot follow that through a union.
  const handler = handlers[message.name] as ((fields: unknown, from: WireSender) => R) | undefined;
  return handler?.(message.fields, message.from);
}

const BY_ID = new Map<number, WireName>(
  (Object.keys(CLASSES) as WireName[]).map((name) => [CLASSES[name].MSG_ID, name]),
);
const V1 = new MavLinkProtocolV1();
const V2 = new MavLinkProtocolV2();

export const messageNameOf = (messageId: number): WireName | undefined => BY_ID.get(messageId);

/** MAVLink 2 wants at least one payload byte; the stock encoder truncates an all-zero payload to none (STYLE 12). */
function withOnePayloadByte(frame: Uint8Array, crcExtra: number): Uint8Array {
  if (frame[1] !== 0) return frame;
  const padded = Buffer.alloc(13);
  padded.set(frame.subarray(0, 10));
  padded[1] = 1;
  padded.writeUInt16LE(x25crc(padded, 1, 2, crcExtra), 11);
  return padded;
}

/** An encoder keeps the sequence counter of one link for one sender; MAVLink 2, unsigned. */
export function createEncoder(sender: WireSender): (message: WireMessage) => Uint8Array {
  const protocol = new MavLinkProtocolV2(sender.systemId, sender.componentId);
  let sequence = 0;
  return ({ name, fields }) => {
    const clazz = CLASSES[name];
    const data: MavLinkData = Object.assign(new clazz(), fields);
    const frame = protocol.serialize(data, sequence);
    sequence = (sequence + 1) & 0xff;
    return withOnePayloadByte(frame, clazz.MAGIC_NUMBER);
  };
}

function decodeFrame(frame: Buffer): HeardMessage | undefined {
  const protocol = frame[0] === 0xfd ? V2 : V1;
  const header = protocol.header(frame);
  const name = BY_ID.get(header.msgid);
  if (name === undefined) return undefined;
  const fields = protocol.data<MavLinkData>(protocol.payload(frame), CLASSES[name]);
  return { name, fields, from: { systemId: header.sysid, componentId: header.compid } } as unknown as HeardMessage;
}

/** The stock splitter is a stream; driven by hand here so that virtual time needs no event loop. */
class HandDrivenSplitter extends MavLinkPacketSplitter {
  readonly #onFrame: (frame: Buffer) => void;
  constructor(onFrame: (frame: Buffer) => void) {
    super();
    this.#onFrame = onFrame;
  }
  override push(chunk: { readonly buffer: Buffer } | null): boolean {
    if (chunk) this.#onFrame(chunk.buffer);
    return true;
  }
  feed(bytes: Uint8Array): void {
    this._transform(Buffer.from(bytes), "buffer", () => undefined);
  }
}

/** For streams (TCP): bytes may come in any pieces; messages outside the list and broken frames are skipped. */
export function createStreamDecoder(onMessage: (message: HeardMessage) => void): (bytes: Uint8Array) => void {
  const splitter = new HandDrivenSplitter((frame) => {
    const message = decodeFrame(frame);
    if (message) onMessage(message);
  });
  return (bytes) => {
    splitter.feed(bytes);
  };
}

/** For datagrams: a fresh splitter each, so that garbage in one cannot swallow the next (STYLE 12). */
export function decodeDatagram(bytes: Uint8Array): readonly HeardMessage[] {
  const messages: HeardMessage[] = [];
  createStreamDecoder((message) => messages.push(message))(bytes);
  return messages;
}
