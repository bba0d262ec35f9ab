/**
 * A field as MAVLink names and types it: 64-bit integers are bigint, `char[]` is text up to the first NUL. In a message
 * to be sent, a bigint in a `float` field holds its 32 raw bits.
 */
export type FieldValue = number | bigint | string | readonly number[];
export type MavlinkFields = Readonly<Record<string, FieldValue>>;

export type FrameSignature = {
  readonly linkId: number;
  /** Units of 10 µs since 2015-01-01 UTC; 48 bits, so exact as a number. */
  readonly time10us: number;
  /** Six bytes. */
  readonly signature: Uint8Array;
};

/** One frame as received. `fields` are decoded when first read; a message without a definition has none. */
export type MavlinkFrame = {
  readonly version: 1 | 2;
  readonly systemId: number;
  readonly componentId: number;
  readonly seq: number;
  readonly messageId: number;
  /** MAVLink's name, undefined where this station has no definition of the message. */
  readonly name: string | undefined;
  /** The whole frame, from its magic byte to its checksum or signature. These bytes never change. */
  readonly bytes: Uint8Array;
  readonly signature: FrameSignature | undefined;
  readonly fields: MavlinkFields;
};

/** A message to be sent; version, sequence number and signing are added by the link. Fields left out are zero. */
export type OutgoingMessage = { readonly name: string; readonly fields: MavlinkFields };
