/** A ZIP of any size, read member by member and piece by piece: neither the file nor a member is ever in memory as a whole. */
import type { FileHandle } from "node:fs/promises";
import { Inflate } from "fflate";
import { crc32Part } from "../../core/crc32.js";
import { err, ok, type Result } from "../../core/result.js";
import { ioFailure, type IoFailure } from "../fileStore.js";
import { openRegularFile, type OpenFileProblem } from "../regularFile.js";
import {
  END_BYTES,
  readZipDirectory,
  readZipEnd,
  TAIL_BYTES,
  type ZipMember,
  type ZipProblem,
} from "./zipDirectory.js";

export type ZipFile = {
  readonly members: readonly ZipMember[];
  /** What has been read of the file, as `read` goes on. */
  readonly sizeBytes: number;
  /**
   * The member's bytes in order, a piece at a time. Fails when the member is damaged, or unpacks to more or fewer bytes than it
   * states; at most one piece more than stated is ever unpacked. `onPiece` may refuse to go on by a failure of its own.
   */
  readonly read: <E>(
    member: ZipMember,
    onPiece: (piece: Uint8Array) => Promise<Result<void, E>>,
  ) => Promise<Result<void, ZipProblem | IoFailure | E>>;
  readonly close: () => Promise<void>;
};

type ZipOpenProblem = ZipProblem | OpenFileProblem | IoFailure;

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const FLAG_SIZES_FOLLOW = 8;
const STORED_PIECE_BYTES = 1024 * 1024;
/** A byte of deflated data unpacks to at most 1032: a piece of this size to 17 MB. */
const DEFLATED_PIECE_BYTES = 16 * 1024;

/** Without `hasFolders` every member must have a plain file name. */
export async function openZipFile(
  path: string,
  membersMax: number,
  hasFolders = false,
): Promise<Result<ZipFile, ZipOpenProblem>> {
  const opened = await openRegularFile(path);
  if (!opened.ok) return opened;
  const { handle, bytes: fileBytes } = opened.value;
  try {
    const members = await membersOf(handle, fileBytes, { membersMax, hasFolders });
    if (members.ok) return ok(zipFileOf(handle, fileBytes, members.value));
    await handle.close();
    return members;
  } catch (cause: unknown) {
    await handle.close();
    return err(ioFailure("read", cause));
  }
}

function zipFileOf(handle: FileHandle, sizeBytes: number, placed: readonly PlacedMember[]): ZipFile {
  const dataAt = new Map(placed.map(({ member, dataAtBytes }) => [member, dataAtBytes]));
  return {
    members: placed.map(({ member }) => member),
    sizeBytes,
    read: async (member, onPiece) => {
      const dataAtBytes = dataAt.get(member);
      if (dataAtBytes === undefined) throw new Error("Invariant: a member of another file");
      try {
        return await readMember(piecesOf(handle, member, dataAtBytes), member, onPiece);
      } catch (cause: unknown) {
        return err(ioFailure("read", cause));
      }
    },
    close: () => handle.close(),
  };
}

type PlacedMember = { readonly member: ZipMember; readonly dataAtBytes: number };

async function membersOf(
  handle: FileHandle,
  fileBytes: number,
  { membersMax, hasFolders }: { readonly membersMax: number; readonly hasFolders: boolean },
): Promise<Result<readonly PlacedMember[], ZipProblem>> {
  const start = await bytesAt(handle, 0, 4);
  if (start.length < 4 || Buffer.from(start).readUInt32LE() !== LOCAL_SIGNATURE) return err({ kind: "no-zip" });
  if (fileBytes < END_BYTES) return err({ kind: "cut-off" });
  const tailBytes = Math.min(TAIL_BYTES, fileBytes);
  const end = readZipEnd(await bytesAt(handle, fileBytes - tailBytes, tailBytes), fileBytes);
  if (!end.ok) return end;
  const { count, directoryBytes, directoryAtBytes } = end.value;
  // 46 bytes and three fields of at most 64 KB each; ours have a short name only.
  if (count > membersMax || directoryBytes > membersMax * 1024)
    return err({ kind: "too-many-members", max: membersMax });
  const directory = readZipDirectory(await bytesAt(handle, directoryAtBytes, directoryBytes), end.value, hasFolders);
  return directory.ok ? placesOf(handle, directory.value, directoryAtBytes) : directory;
}

/** Where each member's bytes begin; none reaches into another or into the directory. */
async function placesOf(
  handle: FileHandle,
  members: readonly ZipMember[],
  directoryAtBytes: number,
): Promise<Result<readonly PlacedMember[], ZipProblem>> {
  const placed: PlacedMember[] = [];
  let freeFromBytes = 0;
  for (const member of members.toSorted((a, b) => a.headerAtBytes - b.headerAtBytes)) {
    const { name, headerAtBytes, packedBytes } = member;
    if (headerAtBytes < freeFromBytes) return err({ kind: "contradicts-itself", name });
    const header = await bytesAt(handle, headerAtBytes, LOCAL_BYTES + Buffer.byteLength(name));
    const headerBytes = localHeaderBytes(Buffer.from(header), member);
    if (headerBytes === undefined) return err({ kind: "contradicts-itself", name });
    const dataAtBytes = headerAtBytes + headerBytes;
    freeFromBytes = dataAtBytes + packedBytes;
    if (freeFromBytes > directoryAtBytes) return err({ kind: "contradicts-itself", name });
    placed.push({ member, dataAtBytes });
  }
  return ok(placed);
}

/** Undefined where the header before a member's bytes is not the one that the directory describes. */
function localHeaderBytes(header: Buffer, { name, isDeflated, packedBytes, sizeBytes }: ZipMember): number | undefined {
  const nameBytes = Buffer.byteLength(name);
  if (header.length < LOCAL_BYTES + nameBytes || header.readUInt32LE(0) !== LOCAL_SIGNATURE) return undefined;
  const isSame =
    header.readUInt16LE(8) === (isDeflated ? 8 : 0) &&
    header.readUInt16LE(26) === nameBytes &&
    header.subarray(LOCAL_BYTES).toString("utf8") === name;
  const doSizesFollow = (header.readUInt16LE(6) & FLAG_SIZES_FOLLOW) !== 0;
  const areSizesSame = header.readUInt32LE(18) === packedBytes && header.readUInt32LE(22) === sizeBytes;
  return isSame && (doSizesFollow || areSizesSame) ? LOCAL_BYTES + nameBytes + header.readUInt16LE(28) : undefined;
}

/** Fewer bytes where the file ends. */
async function bytesAt(handle: FileHandle, atBytes: number, count: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(count);
  const { bytesRead } = await handle.read(buffer, 0, count, atBytes);
  return buffer.subarray(0, bytesRead);
}

type Pieces = AsyncGenerator<{ readonly piece: Uint8Array; readonly isLast: boolean }>;

async function* piecesOf(handle: FileHandle, member: ZipMember, dataAtBytes: number): Pieces {
  const pieceBytes = member.isDeflated ? DEFLATED_PIECE_BYTES : STORED_PIECE_BYTES;
  for (let at = 0; at < member.packedBytes;) {
    const piece = await bytesAt(handle, dataAtBytes + at, Math.min(pieceBytes, member.packedBytes - at));
    // The file has become shorter since it was opened.
    if (piece.length === 0) return;
    at += piece.length;
    yield { piece, isLast: at >= member.packedBytes };
  }
}

async function readMember<E>(
  pieces: Pieces,
  { name, isDeflated, sizeBytes: statedBytes, crc32 }: ZipMember,
  onPiece: (piece: Uint8Array) => Promise<Result<void, E>>,
): Promise<Result<void, ZipProblem | E>> {
  const unpack = isDeflated ? inflating() : (piece: Uint8Array) => [piece];
  let sizeBytes = 0;
  let sum = 0xffffffff;
  for await (const { piece, isLast } of pieces) {
    const unpacked = unpack(piece, isLast);
    if (!unpacked) return err({ kind: "member-damaged", name });
    for (const each of unpacked) {
      sizeBytes += each.length;
      if (sizeBytes > statedBytes) return err({ kind: "wrong-size", name, statedBytes });
      sum = crc32Part(each, sum);
      const taken = await onPiece(each);
      if (!taken.ok) return taken;
    }
  }
  if (sizeBytes !== statedBytes) return err({ kind: "wrong-size", name, statedBytes });
  return ~sum >>> 0 === crc32 ? ok(undefined) : err({ kind: "member-damaged", name });
}

/** Undefined for bytes that are not deflated data. */
function inflating(): (piece: Uint8Array, isLast: boolean) => readonly Uint8Array[] | undefined {
  let unpacked: Uint8Array[] = [];
  const inflate = new Inflate((piece) => {
    unpacked.push(piece);
  });
  return (piece, isLast) => {
    unpacked = [];
    try {
      inflate.push(piece, isLast);
      return unpacked;
    } catch {
      // The package throws for any damage, with words for programmers.
      return undefined;
    }
  };
}
