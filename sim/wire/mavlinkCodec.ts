import { MavLinkPacketSplitter, MavLinkProtocolV1, MavLinkProtocolV2, x25crc, type MavLinkData } from "node-mavlink";
import { CLASSES } from "./messageClasses.js";
import type { Signing } from "./signing.js";

/**
 * The simulator's only access to stock node-mavlink. Field names and units are MAVLink's. The station has a reader of its own, so
 * that each checks the other.
 */
export type WireName = keyof typeof CLASSES;
/** Enumerations are plain numbers: a received value need not be a known member. */
type Loose<T> = T extends number ? number : T extends readonly number[] ? readonly number[] : T;
export type WireFields<N extends WireName> = {
  readonly [K in keyof InstanceType<(typeof CLASSES)[N]>]: Loose<InstanceType<(typeof CLASSES)[N]>[K]>;
};
/** A message to send; omitted fields are 0 or empty. */
export type WireMessage = {
  readonly [N in WireName]: {
    readonly name: N;
    readonly fields: Partial<WireFields<N>>;
    /** Sending component; default: the encoder's own. */
    readonly componentId?: number;
    /** The port to send on; default: all. */
    readonly port?: number;
  };
}[WireName];

/** `port`: the aircraft's port that received it; default: the first. */
export type WireSender = { readonly systemId: number; readonly componentId: number; readonly port?: number };
/** A received message, with every field present. */
export type ReceivedMessage = {
  readonly [N in WireName]: {
    readonly name: N;
    readonly fields: WireFields<N>;
    readonly from: WireSender;
    /** The complete frame as received, for signatures and for values that a float cannot carry. */
    readonly frame?: Uint8Array;
  };
}[WireName];

/** Handlers by message name; messages without a handler are ignored. */
export type WireHandlers<R> = { readonly [N in WireName]?: (fields: WireFields<N>, from: WireSender) => R };

export function dispatch<R>(handlers: WireHandlers<R>, message: ReceivedMessage): R | undefined {
  // The key guarantees that the handler's argument fits the message, but the compiler cannot derive that for a union.
  const handler = handlers[message.name] as ((fields: unknown, from: WireSender) => R) | undefined;
  return handler?.(message.fields, message.from);
}

const BY_ID = new Map<number, WireName>(
  (Object.keys(CLASSES) as WireName[])
    .filter((name) => name !== "PARAM_VALUE_BITS")
    .map((name) => [CLASSES[name].MSG_ID, name]),
);
const V1 = new MavLinkProtocolV1();
const V2 = new MavLinkProtocolV2();

export const messageNameOf = (messageId: number): WireName | undefined => BY_ID.get(messageId);

/** MAVLink 2 requires at least one payload byte; the stock encoder truncates an all-zero payload to none (STYLE 12). */
function withOnePayloadByte(frame: Uint8Array, crcExtra: number): Uint8Array {
  if (frame[1] !== 0) return frame;
  const padded = Buffer.alloc(13);
  padded.set(frame.subarray(0, 10));
  padded[1] = 1;
  padded.writeUInt16LE(x25crc(padded, 1, 2, crcExtra), 11);
  return padded;
}

type Voice = { readonly protocol: MavLinkProtocolV2; sequence: number };

/**
 * An encoder holds the sequence counters of one vehicle on one link, one counter per component. MAVLink 2, signed when `signing` has a
 * key.
 */
export function createEncoder(sender: WireSender, signing?: Signing): (message: WireMessage) => Uint8Array {
  const voices = new Map<number, Voice>();
  const voiceOf = (componentId: number): Voice => {
    const known = voices.get(componentId);
    if (known) return known;
    const voice = { protocol: new MavLinkProtocolV2(sender.systemId, componentId), sequence: 0 };
    voices.set(componentId, voice);
    return voice;
  };
  return ({ name, fields, componentId }) => {
    const clazz = CLASSES[name];
    const data: MavLinkData = Object.assign(new clazz(), fields);
    const voice = voiceOf(componentId ?? sender.componentId);
    const frame = withOnePayloadByte(voice.protocol.serialize(data, voice.sequence), clazz.MAGIC_NUMBER);
    voice.sequence = (voice.sequence + 1) & 0xff;
    return signing ? signing.sign(frame, clazz.MAGIC_NUMBER) : frame;
  };
}

function decodeFrame(frame: Buffer): ReceivedMessage | undefined {
  const protocol = frame[0] === 0xfd ? V2 : V1;
  const header = protocol.header(frame);
  const name = BY_ID.get(header.msgid);
  if (name === undefined) return undefined;
  const fields = protocol.data<MavLinkData>(protocol.payload(frame), CLASSES[name]);
  return {
    name,
    fields,
    from: { systemId: header.sysid, componentId: header.compid },
    frame,
  } as unknown as ReceivedMessage;
}

/** The stock splitter is a stream; called directly here, because virtual time has no event loop. */
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

/** For byte streams (TCP): bytes in portions of any size; unknown messages and broken frames are skipped. */
export function createStreamDecoder(onMessage: (message: ReceivedMessage) => void): (bytes: Uint8Array) => void {
  const splitter = new HandDrivenSplitter((frame) => {
    const message = decodeFrame(frame);
    if (message) onMessage(message);
  });
  return (bytes) => {
    splitter.feed(bytes);
  };
}

/** For datagrams: a new splitter for each, so that garbage in one cannot swallow the next (STYLE 12). */
export function decodeDatagram(bytes: Uint8Array): readonly ReceivedMessage[] {
  const messages: ReceivedMessage[] = [];
  createStreamDecoder((message) => messages.push(message))(bytes);
  return messages;
}
