/**
 * MAVFTP, ground side: reads a file, lists a folder, requests a checksum. One job, one session at a time.
 *
 *   list, checksum:  asking ──(ack …, nak EOF)──▶ over
 *   read:            asking (open) ──(ack: session)──▶ reading ──(no gap, end known)──▶ closing ──▶ over
 *                      │ ▲ no free session: resetting, then waiting   │ ▲ session gone: open again, keep stored bytes
 *   any ──(retries spent | refused | cancel)──▶ closing where a session is open ──▶ over;  vehicle lost ──▶ over
 *
 * A file is read by bursts; lost parts are then read by single requests, as is everything from a server without bursts.
 * The size in the server's reply to "open" is not relied on (ArduPilot estimates that of param.pck): only its "end of
 * file" ends a file. Every request asks for the full size, because ArduPilot pads param.pck for one size of read.
 *
 * A retry keeps its sequence number; a new request continues from the last reply's. After an interrupted burst the
 * number jumps: the server may have sent far more than was received, and to a request numbered one below its last reply
 * it would only send that reply again.
 *
 * https://mavlink.io/en/services/ftp.html
 */
import { assertNever } from "../../../core/result.js";
import { listingFrom, type FtpEntry } from "./ftpListing.js";
import { bytesIn, endOfRanges, firstGap, withRange, type ByteRanges } from "./ftpRanges.js";
import { DEFAULT_FTP_RETRY_POLICY, type FtpRetryPolicy } from "./ftpRetryPolicy.js";
import { FTP_DATA_BYTES, FTP_ERROR, FTP_OPCODE, type FtpPacket } from "./ftpWire.js";

export type FtpJob =
  /** `held`: the parts that an earlier, interrupted read has stored already. */
  | { readonly kind: "read"; readonly path: string; readonly held: ByteRanges }
  | { readonly kind: "list"; readonly path: string }
  | { readonly kind: "checksum"; readonly path: string };

export type FtpFailure =
  | { readonly kind: "no-reply" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "not-found" }
  /** All of the server's sessions are used by others, and stayed so. */
  | { readonly kind: "no-session" }
  | { readonly kind: "refused"; readonly ftpError: number; readonly errno: number | undefined };

type FtpOutcome =
  | { readonly kind: "read"; readonly sizeBytes: number }
  | { readonly kind: "listed"; readonly entries: readonly FtpEntry[] }
  /** CRC-32 as both autopilots compute it: see `crc32Part`. */
  | { readonly kind: "checksum"; readonly crc32: number };

export type FtpEnding =
  { readonly isOk: true; readonly outcome: FtpOutcome } | { readonly isOk: false; readonly failure: FtpFailure };

type Conversation = {
  readonly job: FtpJob;
  readonly retryPolicy: FtpRetryPolicy;
  /** The request whose reply is awaited. */
  readonly request: FtpPacket;
  readonly tries: number;
  readonly waitMs: number;
  readonly nextSeq: number;
  readonly held: ByteRanges;
  readonly countOfResets: number;
  readonly countOfReopenings: number;
};
type Asking = Conversation & { readonly phase: "asking"; readonly entries: readonly FtpEntry[] };
type Resetting = Conversation & { readonly phase: "resetting" };
type Waiting = Conversation & { readonly phase: "waiting" };
type Reading = Conversation & {
  readonly phase: "reading";
  readonly session: number;
  readonly announcedBytes: number;
  readonly endBytes: number | undefined;
  readonly canBurst: boolean;
  /** Of the latest burst: only replies with a higher number are accepted. */
  readonly burstSeq: number | undefined;
  readonly isBurstReceived: boolean;
};
type Closing = Conversation & { readonly phase: "closing"; readonly ending: FtpEnding };
type Over = { readonly phase: "over"; readonly ending: FtpEnding; readonly held: ByteRanges; readonly nextSeq: number };
type Active = Asking | Resetting | Waiting | Reading | Closing;
export type FtpState = Active | Over;

export type FtpEvent =
  | { readonly kind: "packet"; readonly packet: FtpPacket }
  | { readonly kind: "timeout" }
  | { readonly kind: "cancel" }
  | { readonly kind: "vehicle-lost" };

/**
 * A new `arm-timer` replaces the one before. Carry out `store` before acting on the new state, which counts on the
 * stored bytes.
 */
export type FtpEffect =
  | { readonly kind: "send"; readonly packet: FtpPacket }
  | { readonly kind: "store"; readonly offsetBytes: number; readonly bytes: Uint8Array }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

export type FtpStep = readonly [FtpState, readonly FtpEffect[]];

const RESETS_MAX = 4;
const REOPENINGS_MAX = 5;
/** ArduPilot frees an idle session after three seconds. */
const WAIT_FOR_SESSION_MS = 3500;
/** More lines than any flight's folder has: a list that does not end is a fault or an attack. */
const LIST_LINES_MAX = 10_000;
/** After this many bursts without a reply the server counts as not supporting them. */
const SILENT_BURSTS_MAX = 2;
/** A wider gap is read by another burst instead of single requests. */
const WIDE_GAP_BYTES = 40 * FTP_DATA_BYTES;
/** More replies than any burst has (ArduPilot: 2000). */
const SEQ_JUMP = 4096;
const SEQ_WINDOW = 0x8000;
/** The farthest offset that the sequence numbers of one burst can reach. */
const BURST_AHEAD_MAX_BYTES = SEQ_WINDOW * FTP_DATA_BYTES;
const ENOENT = 2;

/** The progress of a read; `announcedBytes` is the size the server stated, which may be wrong. */
export const ftpProgress = (
  state: FtpState,
): { readonly bytesDone: number; readonly announcedBytes: number | undefined } => ({
  bytesDone: bytesIn(state.held),
  announcedBytes: state.phase === "reading" ? state.announcedBytes : undefined,
});

/** `firstSeq` continues from the job before, so that its late replies are not taken for this one's. */
export function startFtp(
  job: FtpJob,
  firstSeq: number,
  retryPolicy: FtpRetryPolicy = DEFAULT_FTP_RETRY_POLICY,
): FtpStep {
  const opcode = {
    read: FTP_OPCODE.openFileReadOnly,
    list: FTP_OPCODE.listDirectoryWithTime,
    checksum: FTP_OPCODE.calcFileCrc32,
  }[job.kind];
  const request = pathRequest(opcode, job.path, firstSeq);
  const waitMs = job.kind === "checksum" ? retryPolicy.slowMs : retryPolicy.firstMs;
  const state: Asking = {
    ...{ phase: "asking", job, retryPolicy, request, tries: 1, waitMs, nextSeq: seqAfter(firstSeq), entries: [] },
    held: job.kind === "read" ? job.held : [],
    countOfResets: 0,
    countOfReopenings: 0,
  };
  return [state, sendingAgain(state)];
}

export function stepFtp(state: FtpState, event: FtpEvent): FtpStep {
  if (state.phase === "over") return [state, []];
  switch (event.kind) {
    case "packet":
      return onPacket(state, event.packet);
    case "timeout":
      return onSilence(state);
    case "cancel":
      return state.phase === "closing" ? [state, []] : failed(state, { kind: "cancelled" });
    case "vehicle-lost":
      return over(state, { isOk: false, failure: { kind: "vehicle-lost" } });
    default:
      return assertNever(event);
  }
}

// --- replies

function onPacket(state: Active, packet: FtpPacket): FtpStep {
  if (state.phase === "reading" && isOfBurst(state, packet)) return onBurstPacket(state, packet);
  if (!isAnswerTo(state.request, packet)) return [state, []];
  const received = { ...state, nextSeq: seqAfter(packet.seq), waitMs: eased(state) };
  switch (received.phase) {
    case "asking":
      return packet.opcode === FTP_OPCODE.ack ? onAsked(received, packet) : onAskRefused(received, packet);
    case "resetting":
      return askAgain(received);
    case "waiting":
      return [state, []];
    case "reading":
      return packet.opcode === FTP_OPCODE.ack ? onPiece(received, packet) : onReadRefused(received, packet);
    case "closing":
      return over(received, received.ending);
    default:
      return assertNever(received);
  }
}

const isAnswerTo = (request: FtpPacket, packet: FtpPacket): boolean =>
  packet.seq === seqAfter(request.seq) &&
  packet.reqOpcode === request.opcode &&
  (packet.opcode === FTP_OPCODE.ack || packet.opcode === FTP_OPCODE.nak);

function onAsked(state: Asking, packet: FtpPacket): FtpStep {
  if (state.job.kind === "list") return onListed(state, packet);
  if (state.job.kind === "checksum") {
    return over(state, { isOk: true, outcome: { kind: "checksum", crc32: uint32From(packet.data) } });
  }
  const { entries: _, ...talk } = state;
  return proceed({
    ...talk,
    phase: "reading",
    session: packet.session,
    announcedBytes: uint32From(packet.data),
    endBytes: undefined,
    canBurst: true,
    burstSeq: undefined,
    isBurstReceived: false,
  });
}

function onListed(state: Asking, packet: FtpPacket): FtpStep {
  const listing = listingFrom(packet.data);
  // A server that ignores the offset of the request sends the same page for ever.
  const isRepeated = listing.entries.length > 0 && isSamePage(state.entries, listing.entries);
  const entries = isRepeated ? state.entries : [...state.entries, ...listing.entries];
  const isEnough = state.request.offsetBytes + listing.countOfLines > LIST_LINES_MAX;
  if (listing.countOfLines === 0 || isRepeated || isEnough)
    return over(state, { isOk: true, outcome: { kind: "listed", entries } });
  const offsetBytes = state.request.offsetBytes + listing.countOfLines;
  const request = { ...state.request, seq: state.nextSeq, offsetBytes };
  return ask({ ...state, entries }, request);
}

/** True when the page equals the end of the list so far. */
function isSamePage(known: readonly FtpEntry[], page: readonly FtpEntry[]): boolean {
  const last = known.slice(-page.length);
  return last.length === page.length && last.every(({ name }, i) => name === page[i]?.name);
}

function onAskRefused(state: Asking, packet: FtpPacket): FtpStep {
  const [ftpError = 0] = packet.data;
  if (state.job.kind === "list" && ftpError === FTP_ERROR.endOfFile) {
    return over(state, { isOk: true, outcome: { kind: "listed", entries: state.entries } });
  }
  if (ftpError === FTP_ERROR.unknownCommand && state.request.opcode === FTP_OPCODE.listDirectoryWithTime) {
    return ask(state, pathRequest(FTP_OPCODE.listDirectory, state.job.path, state.nextSeq));
  }
  // "Fail" in reply to "open": older ArduPilot sends it when a session of ours was left open.
  const isSessionTrouble = ftpError === FTP_ERROR.noSessionsAvailable || ftpError === FTP_ERROR.fail;
  if (state.job.kind === "read" && isSessionTrouble) return freeSessions(state, packet);
  return failed(state, refusalFrom(packet));
}

/** First our own forgotten sessions are closed; if none is free then, another station's must time out. */
function freeSessions(state: Asking, packet: FtpPacket): FtpStep {
  const countOfResets = state.countOfResets + 1;
  if (countOfResets > RESETS_MAX) return failed(state, refusalFrom(packet));
  const { entries: _, ...talk } = state;
  const next = { ...talk, countOfResets };
  if (countOfResets === 1) {
    return ask({ ...next, phase: "resetting" }, emptyRequest(FTP_OPCODE.resetSessions, state.nextSeq));
  }
  return [{ ...next, phase: "waiting" }, [{ kind: "arm-timer", afterMs: WAIT_FOR_SESSION_MS }]];
}

/** Sends the job's first request once more, with a new number. */
function askAgain(state: Active): FtpStep {
  const request = pathRequest(FTP_OPCODE.openFileReadOnly, state.job.path, state.nextSeq);
  return ask({ ...conversationOf(state), phase: "asking", entries: [] }, request);
}

const isOfBurst = (state: Reading, packet: FtpPacket): boolean =>
  packet.reqOpcode === FTP_OPCODE.burstReadFile &&
  packet.session === state.session &&
  state.burstSeq !== undefined &&
  ((packet.seq - state.burstSeq - 1) & 0xffff) < SEQ_WINDOW;

/** Also during a single read: ArduPilot finishes its burst before it handles another request. */
function onBurstPacket(state: Reading, packet: FtpPacket): FtpStep {
  const isNewer = ((packet.seq - state.nextSeq) & 0xffff) < SEQ_WINDOW;
  const received = { ...state, nextSeq: isNewer ? seqAfter(packet.seq) : state.nextSeq };
  const isAwaited = state.request.opcode === FTP_OPCODE.burstReadFile;
  if (packet.opcode === FTP_OPCODE.nak) return isAwaited ? onReadRefused(received, packet) : [received, []];
  // An offset far beyond what was requested is invalid.
  if (packet.offsetBytes > endOfRanges(state.held) + BURST_AHEAD_MAX_BYTES) return [received, []];
  const stored: Reading = { ...withPiece(received, packet), isBurstReceived: true, countOfReopenings: 0 };
  const effects: FtpEffect[] = [storing(packet)];
  if (packet.isBurstComplete && isAwaited) return after(effects, proceed({ ...stored, waitMs: eased(stored) }));
  return [stored, [...effects, { kind: "arm-timer", afterMs: stored.waitMs }]];
}

function onPiece(state: Reading, packet: FtpPacket): FtpStep {
  if (packet.data.byteLength === 0) return proceed(atEnd(state, endOfRanges(state.held)));
  if (packet.offsetBytes !== state.request.offsetBytes) return [state, []];
  return after([storing(packet)], proceed({ ...withPiece(state, packet), countOfReopenings: 0 }));
}

function onReadRefused(state: Reading, packet: FtpPacket): FtpStep {
  const [ftpError = 0] = packet.data;
  const isBurst = state.request.opcode === FTP_OPCODE.burstReadFile;
  if (ftpError === FTP_ERROR.endOfFile) return proceed(atEnd(state, endAfter(state, packet)));
  // ArduPilot replies "file not found" for a session it has closed meanwhile.
  if (ftpError === FTP_ERROR.invalidSession || ftpError === FTP_ERROR.fileNotFound) return reopen(state, packet);
  if (isBurst) return proceed({ ...state, canBurst: false });
  return failed(state, refusalFrom(packet));
}

/**
 * Where the file ends, by an "end of file" in reply to the awaited request: at its offset when that is plausible (the
 * last parts may have been lost); at the end of the stored bytes when nothing lies behind it; undefined when the offset
 * is wrong.
 */
function endAfter(state: Reading, packet: FtpPacket): number | undefined {
  const heldTo = endOfRanges(state.held);
  const isBurst = state.request.opcode === FTP_OPCODE.burstReadFile;
  if (!isBurst || state.request.offsetBytes >= heldTo) {
    return isBurst && packet.offsetBytes > heldTo ? packet.offsetBytes : heldTo;
  }
  return packet.offsetBytes >= heldTo ? packet.offsetBytes : undefined;
}

const atEnd = (state: Reading, endBytes: number | undefined): Reading => ({ ...state, endBytes });

function reopen(state: Reading, packet: FtpPacket): FtpStep {
  const countOfReopenings = state.countOfReopenings + 1;
  if (countOfReopenings > REOPENINGS_MAX) return failed(state, refusalFrom(packet));
  return askAgain({ ...state, countOfReopenings });
}

// --- next request

function proceed(state: Reading): FtpStep {
  const heldTo = endOfRanges(state.held);
  const gap = firstGap(state.held, state.endBytes ?? heldTo);
  if (!gap && state.endBytes !== undefined) {
    return close(state, { isOk: true, outcome: { kind: "read", sizeBytes: state.endBytes } });
  }
  const isWide = !gap || gap.to - gap.from > WIDE_GAP_BYTES;
  return askForBytes(state, gap?.from ?? heldTo, isWide && state.canBurst);
}

function askForBytes(state: Reading, offsetBytes: number, isBurst: boolean): FtpStep {
  const request: FtpPacket = {
    ...emptyRequest(isBurst ? FTP_OPCODE.burstReadFile : FTP_OPCODE.readFile, state.nextSeq),
    session: state.session,
    size: FTP_DATA_BYTES,
    offsetBytes,
  };
  if (!isBurst) return ask(state, request);
  return ask({ ...state, burstSeq: request.seq, isBurstReceived: false }, request);
}

function ask(state: Active, request: FtpPacket): FtpStep {
  const next = { ...state, request, tries: 1, nextSeq: seqAfter(request.seq) };
  return [next, sendingAgain(next)];
}

// --- time-outs

function onSilence(state: Active): FtpStep {
  if (state.phase === "waiting") return askAgain(state);
  if (state.phase === "reading" && state.request.opcode === FTP_OPCODE.burstReadFile) {
    // The burst was interrupted, or its last packets were lost: read what is missing.
    if (state.isBurstReceived) return proceed({ ...state, nextSeq: (state.nextSeq + SEQ_JUMP) & 0xffff });
    if (state.tries >= SILENT_BURSTS_MAX) return proceed({ ...state, canBurst: false });
  }
  const triesMax = state.phase === "closing" ? state.retryPolicy.closingTriesMax : state.retryPolicy.triesMax;
  if (state.tries >= triesMax) {
    return state.phase === "closing" ? over(state, state.ending) : failed(state, { kind: "no-reply" });
  }
  const waitMs = Math.min(state.retryPolicy.longestMs, state.waitMs * state.retryPolicy.growth);
  const next = { ...state, tries: state.tries + 1, waitMs: Math.max(state.waitMs, waitMs) };
  return [next, sendingAgain(next)];
}

// --- endings

/** An open session is always closed; when the server no longer replies, it times out by itself. */
function failed(state: Active, failure: FtpFailure): FtpStep {
  const ending: FtpEnding = { isOk: false, failure };
  if (state.phase === "reading") return close(state, ending);
  return over(state, ending);
}

function close(state: Reading, ending: FtpEnding): FtpStep {
  const request = { ...emptyRequest(FTP_OPCODE.terminateSession, state.nextSeq), session: state.session };
  return ask({ ...conversationOf(state), phase: "closing", ending }, request);
}

const over = (state: Active, ending: FtpEnding): FtpStep => [
  { phase: "over", ending, held: state.held, nextSeq: state.nextSeq },
  [],
];

function refusalFrom(packet: FtpPacket): FtpFailure {
  const [ftpError = 0, errno] = packet.data;
  if (ftpError === FTP_ERROR.noSessionsAvailable) return { kind: "no-session" };
  const isMissing = ftpError === FTP_ERROR.fileNotFound || (ftpError === FTP_ERROR.failErrno && errno === ENOENT);
  return isMissing ? { kind: "not-found" } : { kind: "refused", ftpError, errno };
}

// --- helpers

const conversationOf = ({
  job,
  retryPolicy,
  request,
  tries,
  waitMs,
  nextSeq,
  held,
  ...rest
}: Active): Conversation => ({
  ...{ job, retryPolicy, request, tries, waitMs, nextSeq, held },
  countOfResets: rest.countOfResets,
  countOfReopenings: rest.countOfReopenings,
});

const withPiece = (state: Reading, { offsetBytes, data }: FtpPacket): Reading => ({
  ...state,
  held: withRange(state.held, { from: offsetBytes, to: offsetBytes + data.byteLength }),
});

const storing = ({ offsetBytes, data }: FtpPacket): FtpEffect => ({ kind: "store", offsetBytes, bytes: data });

const after = (effects: readonly FtpEffect[], [state, more]: FtpStep): FtpStep => [state, [...effects, ...more]];

const sendingAgain = (state: Active): FtpEffect[] => [
  { kind: "send", packet: state.request },
  { kind: "arm-timer", afterMs: state.waitMs },
];

/**
 * Every reply shortens the time-out by a tenth, at most back to the initial one, so that one bad moment does not slow
 * down the rest.
 */
const eased = ({ job, retryPolicy, waitMs }: Conversation): number =>
  job.kind === "checksum" ? waitMs : Math.max(retryPolicy.firstMs, waitMs * 0.9);

const seqAfter = (seq: number): number => (seq + 1) & 0xffff;

const emptyRequest = (opcode: number, seq: number): FtpPacket => ({
  ...{ seq, session: 0, opcode, size: 0, reqOpcode: 0, isBurstComplete: false, offsetBytes: 0 },
  data: new Uint8Array(0),
});

function pathRequest(opcode: number, path: string, seq: number): FtpPacket {
  const data = Uint8Array.from(path, (character) => character.charCodeAt(0)).slice(0, FTP_DATA_BYTES);
  return { ...emptyRequest(opcode, seq), size: data.byteLength, data };
}

const uint32From = (data: Uint8Array): number =>
  data.byteLength < 4 ? 0 : new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
