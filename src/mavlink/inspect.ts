import { crcOver, crcWith, CRC_START } from "./crc.js";
import { definitionOfId, type MessageDefinition } from "./definitions.js";

export const MAGIC_V1 = 0xfe;
export const MAGIC_V2 = 0xfd;
export const HEADER_BYTES_V1 = 6;
export const HEADER_BYTES_V2 = 10;
export const CHECKSUM_BYTES = 2;
export const SIGNATURE_BYTES = 13;
export const INCOMPAT_SIGNED = 1;

/** What the bytes at a position are: a frame, or not, or too few to tell. Looking does not consume them. */
export type Inspection =
  | { readonly kind: "not-a-frame" }
  | { readonly kind: "incomplete" }
  | { readonly kind: "bad-checksum"; readonly length: number }
  | { readonly kind: "unknown"; readonly length: number; readonly messageId: number }
  | { readonly kind: "frame"; readonly length: number; readonly definition: MessageDefinition };

const NOT_A_FRAME: Inspection = { kind: "not-a-frame" };
const INCOMPLETE: Inspection = { kind: "incomplete" };

/** Inspects the bytes at `at`; those before `end` have been received so far. */
export function inspectAt(data: Uint8Array, at: number, end: number): Inspection {
  const magic = data[at];
  if (magic === MAGIC_V2) return inspectV2(data, at, end);
  return magic === MAGIC_V1 ? inspectV1(data, at, end) : NOT_A_FRAME;
}

function inspectV2(data: Uint8Array, at: number, end: number): Inspection {
  const available = end - at;
  const incompatFlags = available > 2 ? (data[at + 2] ?? 0) : 0;
  // "If a system receives a packet with incompat flags it does not understand, it must drop it": the only known one is signing.
  if ((incompatFlags & ~INCOMPAT_SIGNED) !== 0) return NOT_A_FRAME;
  if (available < HEADER_BYTES_V2) return INCOMPLETE;
  const bodyEnd = at + HEADER_BYTES_V2 + (data[at + 1] ?? 0);
  const length = bodyEnd + CHECKSUM_BYTES + (incompatFlags & INCOMPAT_SIGNED ? SIGNATURE_BYTES : 0) - at;
  const messageId = (data[at + 7] ?? 0) | ((data[at + 8] ?? 0) << 8) | ((data[at + 9] ?? 0) << 16);
  if (available < length) return INCOMPLETE;
  return judge(data, { at, bodyEnd, length, messageId });
}

function inspectV1(data: Uint8Array, at: number, end: number): Inspection {
  const available = end - at;
  if (available < HEADER_BYTES_V1) return INCOMPLETE;
  const bodyEnd = at + HEADER_BYTES_V1 + (data[at + 1] ?? 0);
  const length = bodyEnd + CHECKSUM_BYTES - at;
  if (available < length) return INCOMPLETE;
  return judge(data, { at, bodyEnd, length, messageId: data[at + 5] ?? 0 });
}

type Candidate = {
  readonly at: number;
  readonly bodyEnd: number;
  readonly length: number;
  readonly messageId: number;
};

function judge(data: Uint8Array, { at, bodyEnd, length, messageId }: Candidate): Inspection {
  const definition = definitionOfId(messageId);
  if (!definition) return { kind: "unknown", length, messageId };
  const crc = crcWith(crcOver(CRC_START, data, at + 1, bodyEnd), definition.crcExtra);
  const isSound = (crc & 0xff) === data[bodyEnd] && crc >>> 8 === data[bodyEnd + 1];
  return isSound ? { kind: "frame", length, definition } : { kind: "bad-checksum", length };
}
