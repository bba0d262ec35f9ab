import { crc32Part } from "../../../src/core/crc32.js";
import type { Entry, FileTree, OpenFile } from "./fileTree.js";
import {
  FTP_DATA_BYTES,
  FTP_ERROR,
  FTP_OP,
  ack,
  ftpTextOf,
  nak,
  uint32,
  type FtpReply,
  type FtpRequest,
} from "./ftpPayload.js";

const EINVAL = 22;

/** The file a server has open, for reading or for writing. */
export type Opened =
  { readonly kind: "reading"; readonly file: OpenFile } | { readonly kind: "writing"; readonly path: string };

/** Result of a request other than a burst: the reply, and the file open afterwards. */
type Done = { readonly reply: FtpReply; readonly opened: Opened | undefined };
type Asked = { readonly request: FtpRequest; readonly tree: FileTree; readonly opened: Opened | undefined };

const keeping = ({ opened }: Asked, reply: FtpReply): Done => ({ reply, opened });

function entryText(entry: Entry): string {
  return entry.kind === "folder" ? `D${entry.name}\0` : `F${entry.name}\t${entry.size}\0`;
}

/** As many directory entries as fit, starting with the `offset`-th. */
function list(asked: Asked): Done {
  const { request, tree } = asked;
  const entries = tree.list(ftpTextOf(request));
  if (!entries) return keeping(asked, nak(request, FTP_ERROR.fileNotFound));
  let text = "";
  for (const entry of entries.slice(request.offset)) {
    const next = entryText(entry);
    if (text.length + next.length >= FTP_DATA_BYTES) break;
    text += next;
  }
  if (text === "") return keeping(asked, nak(request, FTP_ERROR.endOfFile));
  return keeping(asked, ack(request, Buffer.from(text, "latin1"), request.offset));
}

function openForReading(asked: Asked): Done {
  const { request, tree } = asked;
  const file = tree.open(ftpTextOf(request));
  if (!file) return keeping(asked, nak(request, FTP_ERROR.fileNotFound));
  return { reply: ack(request, uint32(file.reportedSizeBytes)), opened: { kind: "reading", file } };
}

function openForWriting(asked: Asked): Done {
  const { request, tree } = asked;
  const path = ftpTextOf(request);
  const isThere = request.opcode === FTP_OP.openFileWO && tree.open(path) !== undefined;
  const made = isThere ? "done" : tree.create(path);
  if (made === "protected") return keeping(asked, nak(request, FTP_ERROR.fileProtected));
  if (made === "no-folder") return keeping(asked, nak(request, FTP_ERROR.fileNotFound));
  return { reply: ack(request), opened: { kind: "writing", path } };
}

function read(asked: Asked): Done {
  const { request, opened } = asked;
  if (opened?.kind !== "reading") {
    return keeping(asked, nak(request, opened ? FTP_ERROR.fail : FTP_ERROR.fileNotFound));
  }
  const bytes = opened.file.read(request.offset, Math.min(FTP_DATA_BYTES, request.size));
  if (!bytes) return keeping(asked, nak(request, FTP_ERROR.failErrno, EINVAL));
  if (bytes.length === 0) return keeping(asked, nak(request, FTP_ERROR.endOfFile));
  return keeping(asked, ack(request, bytes, request.offset));
}

function write(asked: Asked): Done {
  const { request, opened, tree } = asked;
  if (opened?.kind !== "writing") {
    return keeping(asked, nak(request, opened ? FTP_ERROR.fail : FTP_ERROR.fileNotFound));
  }
  const isDone = tree.write(opened.path, request.offset, request.data);
  return keeping(
    asked,
    isDone ? ack(request, uint32(request.data.length), request.offset) : nak(request, FTP_ERROR.fail),
  );
}

function remove(asked: Asked): Done {
  const { request, tree } = asked;
  const errors = { done: undefined, missing: FTP_ERROR.fileNotFound, protected: FTP_ERROR.fileProtected } as const;
  const error = errors[tree.remove(ftpTextOf(request))];
  return keeping(asked, error === undefined ? ack(request) : nak(request, error));
}

function checksum(asked: Asked): Done {
  const { request, tree } = asked;
  const file = tree.open(ftpTextOf(request));
  if (!file) return keeping(asked, nak(request, FTP_ERROR.fileNotFound));
  let sum = 0;
  for (let offset = 0; ;) {
    const bytes = file.read(offset, FTP_DATA_BYTES) ?? new Uint8Array();
    if (bytes.length === 0) return keeping(asked, ack(request, uint32(sum)));
    sum = crc32Part(bytes, sum);
    offset += bytes.length;
  }
}

const HANDLERS: Readonly<Record<number, (asked: Asked) => Done>> = {
  [FTP_OP.none]: (asked) => keeping(asked, ack(asked.request)),
  [FTP_OP.terminateSession]: ({ request }) => ({ reply: ack(request), opened: undefined }),
  [FTP_OP.resetSessions]: ({ request }) => ({ reply: ack(request), opened: undefined }),
  [FTP_OP.listDirectory]: list,
  [FTP_OP.openFileRO]: openForReading,
  [FTP_OP.openFileWO]: openForWriting,
  [FTP_OP.createFile]: openForWriting,
  [FTP_OP.readFile]: read,
  [FTP_OP.writeFile]: write,
  [FTP_OP.removeFile]: remove,
  [FTP_OP.calcFileCRC32]: checksum,
};

/** Executes all requests but bursts; the session rules, which differ between autopilots, are in `ftpServer.ts`. */
export function performFtp(asked: Asked): Done {
  const { request } = asked;
  if (request.size > FTP_DATA_BYTES) return keeping(asked, nak(request, FTP_ERROR.invalidDataSize));
  const handler = HANDLERS[request.opcode];
  return handler ? handler(asked) : keeping(asked, nak(request, FTP_ERROR.unknownCommand));
}
