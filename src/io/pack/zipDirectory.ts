/**
 * The directory of a ZIP (PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16), read strictly: plain file names, stored or deflated, no
 * encryption, no 64-bit extension, no bytes after the end. What a lenient reader would guess is refused.
 */
import { fileNameProblem } from "../../core/fileName.js";
import { err, ok, type Result } from "../../core/result.js";
import { textFrom } from "../../core/utf8.js";

export type ZipMember = {
  /** A plain file name; where folders are allowed, names with "/" between them. */
  readonly name: string;
  readonly isDeflated: boolean;
  readonly packedBytes: number;
  /** As the directory states; reading checks it. */
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly headerAtBytes: number;
};

export type ZipProblem =
  | { readonly kind: "no-zip" }
  /** The end is missing, or places point outside the file. */
  | { readonly kind: "cut-off" }
  | { readonly kind: "bad-member-name"; readonly name: string }
  | { readonly kind: "member-twice"; readonly name: string }
  | { readonly kind: "too-many-members"; readonly max: number }
  | { readonly kind: "form-not-read"; readonly form: "encrypted" | "64 bits" | "several disks" | "another compression" }
  /** Two members share bytes, or a member's own header differs from the directory. */
  | { readonly kind: "contradicts-itself"; readonly name: string }
  | { readonly kind: "member-damaged"; readonly name: string }
  | { readonly kind: "wrong-size"; readonly name: string; readonly statedBytes: number };

type ZipEnd = { readonly count: number; readonly directoryBytes: number; readonly directoryAtBytes: number };

export const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
/** How much of the end of a file the end record may lie in. */
export const TAIL_BYTES = END_BYTES + COMMENT_BYTES_MAX;
const END_SIGNATURE = 0x06054b50;
const ENTRY_BYTES = 46;
const ENTRY_SIGNATURE = 0x02014b50;
const FLAG_ENCRYPTED = 1;
const [STORED, DEFLATED] = [0, 8];
/** A field with this value means: see the 64-bit extension. */
const BEYOND_32_BITS = 0xffffffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where the directory lies, from the last bytes of the file, of which there are `fileBytes`. */
export function readZipEnd(tail: Uint8Array, fileBytes: number): Result<ZipEnd, ZipProblem> {
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    // The comment must reach exactly to the end, so that no second end can hide in it or after it.
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) !== tail.length) continue;
    return endAt(view, at, fileBytes - tail.length + at);
  }
  return err({ kind: "cut-off" });
}

function endAt(view: DataView, at: number, endAtBytes: number): Result<ZipEnd, ZipProblem> {
  const [disk, directoryDisk] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
  const [countHere, count] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [directoryBytes, directoryAtBytes] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  if (count === 0xffff || directoryAtBytes === BEYOND_32_BITS) return err({ kind: "form-not-read", form: "64 bits" });
  if (disk !== 0 || directoryDisk !== 0 || countHere !== count)
    return err({ kind: "form-not-read", form: "several disks" });
  if (directoryAtBytes + directoryBytes !== endAtBytes) return err({ kind: "cut-off" });
  return ok({ count, directoryBytes, directoryAtBytes });
}

/** All members, in the order of the directory. Their bytes lie before the directory, which `readZipEnd` has found. */
export function readZipDirectory(
  bytes: Uint8Array,
  end: ZipEnd,
  hasFolders: boolean,
): Result<readonly ZipMember[], ZipProblem> {
  const members: ZipMember[] = [];
  const keys = new Set<string>();
  let at = 0;
  for (let i = 0; i < end.count; i++) {
    const entry = entryAt(bytes, at, hasFolders);
    if (!entry.ok) return entry;
    const { member, entryBytes } = entry.value;
    at += entryBytes;
    // A folder, which holds nothing itself.
    if (hasFolders && member.name.endsWith("/") && member.sizeBytes === 0) continue;
    const key = member.name.normalize("NFC").toLowerCase();
    if (keys.has(key)) return err({ kind: "member-twice", name: member.name });
    keys.add(key);
    members.push(member);
  }
  if (at !== bytes.length) return err({ kind: "cut-off" });
  return ok(members);
}

type Entry = { readonly member: ZipMember; readonly entryBytes: number };

function entryAt(bytes: Uint8Array, at: number, hasFolders: boolean): Result<Entry, ZipProblem> {
  const view = viewOf(bytes);
  if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) return err({ kind: "cut-off" });
  const nameBytes = view.getUint16(at + 28, true);
  const entryBytes = ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (at + entryBytes > bytes.length) return err({ kind: "cut-off" });
  const raw = bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
  const name = textFrom(raw, "utf-8");
  if (name === undefined || !isMemberName(name, hasFolders))
    return err({ kind: "bad-member-name", name: shownName(name ?? Buffer.from(raw).toString("latin1")) });
  const method = view.getUint16(at + 10, true);
  const [packedBytes, sizeBytes] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
  const headerAtBytes = view.getUint32(at + 42, true);
  const form = formNotRead(view.getUint16(at + 8, true), method, [packedBytes, sizeBytes, headerAtBytes]);
  if (form !== undefined) return err({ kind: "form-not-read", form });
  if (method === STORED && packedBytes !== sizeBytes) return err({ kind: "contradicts-itself", name });
  const crc32 = view.getUint32(at + 16, true);
  return ok({
    member: { name, isDeflated: method === DEFLATED, packedBytes, sizeBytes, crc32, headerAtBytes },
    entryBytes,
  });
}

/** No part of a path may lead out of the file: none is empty, "." or "..", and none names a device or a drive. */
function isMemberName(name: string, hasFolders: boolean): boolean {
  const parts = hasFolders ? name.replace(/\/$/, "").split("/") : [name];
  return parts.every((part) => fileNameProblem(part) === undefined);
}

type Form = Extract<ZipProblem, { kind: "form-not-read" }>["form"];

function formNotRead(flags: number, method: number, fields: readonly number[]): Form | undefined {
  if ((flags & FLAG_ENCRYPTED) !== 0) return "encrypted";
  if (method !== STORED && method !== DEFLATED) return "another compression";
  return fields.includes(BEYOND_32_BITS) ? "64 bits" : undefined;
}

/** Without what a terminal might obey, and not endless. */
const shownName = (name: string): string => name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "?").slice(0, 100);
