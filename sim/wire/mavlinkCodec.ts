import { MavLinkPacketSplitter, MavLinkProtocolV1, MavLinkProtocolV2, x25crc, type MavLinkData } from "node-mavlink";
import { CLASSES } from "./messageClasses.js";
import type { Signing } from "./signing.js";

/**
 * The simulator's only door to stock node-mavlink. Field names and units are MAVLink's own; the station has its own
 * reader: each checks the other.
 */
export type WireName = keyof typeof CLASSES;
/** Enumerations are numbers here: what a peer sends need not be a member. */
type Loose<T> = T extends number ? number : T extends readonly number[] ? readonly number[] : T;
export type WireFields<N extends WireName> = {
  readonly [K in keyof InstanceType<(typeof CLASSES)[N]>]: Loose<InstanceType<(typeof CLASSES)[N]>[K]>;
};
/** A message to send; a field left out is 0 or empty. */
export type WireMessage = {
  readonly [N in WireName]: {
    readonly name: N;
    readonly fields: Partial<WireFields<N>>;
    /** Who says it; the encoder's own component without it. */
    readonly componentId?: number;
    /** The port it goes out of; all without it. */
    readonly port?: number;
  };
}[WireName];

/** `port`: which of the aircraft's ports it was heard on; the first without it. */
export type WireSender = { readonly systemId: number; readonly componentId: number; readonly port?: number };
/** A message heard, every field present. */
export type ReceivedMessage = {
  readonly [N in WireName]: {
    readonly name: N;
    readonly fields: WireFields<N>;
    readonly from: WireSender;
    /** The whole frame as it came, for signatures and for what a float cannot carry. */
    readonly frame?: Uint8Array;
  };
}[WireName];

/** One handler a message name; a message without one is ignored. */
export type WireHandlers<R> = { readonly [N in WireName]?: (fields: WireFields<N>, from: WireSender) => R };

export function dispatch<R>(handlers: WireHandlers<R>, message: ReceivedMessage): R | undefined {
  // The table's key ties the handler's argument to the message's name; the compiler cannot follow that through a union.
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

/** MAVLink 2 wants at least one payload byte; the stock encoder truncates an all-zero payload to none (STYLE 12). */
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
 * An encoder keeps the sequence counters of one link for one vehicle, a counter a component; MAVLink 2, signed when
 * `signing` has a key.
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
export function createStreamDecoder(onMessage: (message: ReceivedMessage) => void): (bytes: Uint8Array) => void {
  const splitter = new HandDrivenSplitter((frame) => {
    const message = decodeFrame(frame);
    if (message) onMessage(message);
  });
  return (bytes) => {
    splitter.feed(bytes);
  };
}

/** For datagrams: a fresh splitter each, so that garbage in one cannot swallow the next (STYLE 12). */
export function decodeDatagram(bytes: Uint8Array): readonly ReceivedMessage[] {
  const messages: ReceivedMessage[] = [];
  createStreamDecoder((message) => messages.push(message))(bytes);
  return messages;
}
