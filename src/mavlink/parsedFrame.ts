import { definitionOfId } from "./definitions.js";
import { decodePayload } from "./fieldDecoder.js";
import type { FrameSignature, MavlinkFields, MavlinkFrame } from "./frame.js";
import { HEADER_BYTES_V1, HEADER_BYTES_V2, INCOMPAT_SIGNED, MAGIC_V1, SIGNATURE_BYTES } from "./inspect.js";

const NO_FIELDS: MavlinkFields = {};

/** A frame inside a chunk of bytes that must not change afterwards. */
export class ParsedFrame implements MavlinkFrame {
  readonly version: 1 | 2;
  readonly systemId: number;
  readonly componentId: number;
  readonly seq: number;
  readonly messageId: number;
  readonly name: string | undefined;
  readonly #view: DataView;
  readonly #data: Uint8Array;
  readonly #at: number;
  readonly #length: number;
  #fields: MavlinkFields | undefined;

  /** `view` is over the same bytes as `data`; all frames of a chunk share it. */
  constructor(data: Uint8Array, view: DataView, at: number, length: number) {
    this.#data = data;
    this.#view = view;
    this.#at = at;
    this.#length = length;
    const isV1 = data[at] === MAGIC_V1;
    this.version = isV1 ? 1 : 2;
    const ids = at + (isV1 ? 2 : 4);
    this.seq = data[ids] ?? 0;
    this.systemId = data[ids + 1] ?? 0;
    this.componentId = data[ids + 2] ?? 0;
    const low = data[ids + 3] ?? 0;
    this.messageId = isV1 ? low : low | ((data[at + 8] ?? 0) << 8) | ((data[at + 9] ?? 0) << 16);
    this.name = definitionOfId(this.messageId)?.name;
  }

  get bytes(): Uint8Array {
    return this.#data.subarray(this.#at, this.#at + this.#length);
  }

  get fields(): MavlinkFields {
    return (this.#fields ??= this.#decode());
  }

  get signature(): FrameSignature | undefined {
    const isSigned = this.version === 2 && ((this.#data[this.#at + 2] ?? 0) & INCOMPAT_SIGNED) !== 0;
    if (!isSigned) return undefined;
    const start = this.#at + this.#length - SIGNATURE_BYTES;
    const low = this.#view.getUint32(start + 1, true);
    const high = this.#view.getUint16(start + 5, true);
    return {
      linkId: this.#data[start] ?? 0,
      time10us: high * 2 ** 32 + low,
      signature: this.#data.slice(start + 7, start + SIGNATURE_BYTES),
    };
  }

  #decode(): MavlinkFields {
    const definition = definitionOfId(this.messageId);
    if (!definition) return NO_FIELDS;
    const header = this.version === 1 ? HEADER_BYTES_V1 : HEADER_BYTES_V2;
    return decodePayload(definition, {
      version: this.version,
      data: this.#data,
      view: this.#view,
      start: this.#at + header,
      length: this.#data[this.#at + 1] ?? 0,
    });
  }
}
