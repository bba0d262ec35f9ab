import type { WireMessage, WireSender } from "../../wire/mavlinkCodec.js";
import { isAddressedTo } from "../addressing.js";
import { createAllowance, type ServiceLink } from "../allowance.js";
import type { Service } from "../service.js";
import type { FileTree } from "./fileTree.js";
import {
  FTP_DATA_BYTES,
  FTP_ERROR,
  FTP_OP,
  FTP_OVERHEAD_BYTES,
  ack,
  ftpMessage,
  ftpRequestFrom,
  nak,
  type FtpReply,
  type FtpRequest,
} from "./ftpPayload.js";
import { performFtp, type Opened } from "./ftpSession.js";

/** Differences between the two autopilots' servers. */
type FtpProfile = {
  /** A session idle for this long is given to the next client. */
  readonly idleMs: number;
  /** PX4 has only session 0 and answers a second open with "no sessions available". */
  readonly hasOneId: boolean;
  /** ArduPilot answers no other request during a burst. */
  readonly isBusyInBurst: boolean;
  /** Share of the link used for bursts, 0..1. */
  readonly share: number;
  readonly mostPacketsABurst: number;
};
export const ARDUPILOT_FTP: FtpProfile = {
  idleMs: 3000,
  hasOneId: false,
  isBusyInBurst: true,
  share: 1 / 3,
  mostPacketsABurst: 2000,
};
export const PX4_FTP: FtpProfile = {
  idleMs: 10_000,
  hasOneId: true,
  isBusyInBurst: false,
  share: 0.7,
  mostPacketsABurst: 35,
};

const MOST_WAITING = 5;
const MOST_IN_HAND_BYTES = 5 * 280;

type Burst = {
  readonly request: FtpRequest;
  readonly length: number;
  readonly sent: number;
  readonly offset: number;
};
type Session = { readonly id: number; readonly usedAtMs: number };
type Outcome = { readonly reply: FtpReply; readonly to: WireSender };

/** `opened`: the file open in the server's only session. */
type ServerState = {
  session: Session | undefined;
  opened: Opened | undefined;
  burst: Burst | undefined;
  waiting: readonly FtpRequest[];
  last: Outcome | undefined;
};

const isOpening = ({ opcode }: FtpRequest): boolean =>
  opcode === FTP_OP.openFileRO || opcode === FTP_OP.openFileWO || opcode === FTP_OP.createFile;
const isSamePeer = (a: WireSender, b: WireSender): boolean =>
  a.systemId === b.systemId && a.componentId === b.componentId;

/** A repeated request (its reply was lost) has the same sequence number and gets the same reply without a second execution. */
function isAskedAgain({ last }: ServerState, { from, seq, session, opcode }: FtpRequest): boolean {
  if (!last || !isSamePeer(last.to, from) || opcode !== last.reply.reqOpcode) return false;
  return last.reply.session === session && last.reply.seq === seq + 1;
}

function nextOfBurst(state: ServerState, most: number): Outcome | undefined {
  const { burst, opened } = state;
  if (!burst) return undefined;
  const { request, length, sent, offset } = burst;
  const bytes = opened?.kind === "reading" ? opened.file.read(offset, length) : undefined;
  const placed = { ...ack(request), seq: request.seq + 1 + sent, offset };
  const to = request.from;
  if (!bytes || bytes.length === 0) {
    state.burst = undefined;
    const refusal = nak(request, bytes ? FTP_ERROR.endOfFile : FTP_ERROR.fileNotFound);
    return { reply: { ...refusal, seq: placed.seq, offset, isBurstComplete: true }, to };
  }
  const isLast = sent + 1 >= most;
  state.burst = isLast ? undefined : { ...burst, sent: sent + 1, offset: offset + bytes.length };
  return { reply: { ...placed, data: bytes, isBurstComplete: isLast }, to };
}

/** PX4: only session 0 exists, and only one file can be open. */
function px4Refusal({ opened }: ServerState, request: FtpRequest): FtpReply | undefined {
  if (isOpening(request)) return opened ? nak(request, FTP_ERROR.noSessionsAvailable) : undefined;
  const needsFile = ([FTP_OP.readFile, FTP_OP.writeFile, FTP_OP.burstReadFile] as number[]).includes(request.opcode);
  const isStale = request.session !== 0 || opened === undefined;
  return needsFile && isStale ? nak(request, FTP_ERROR.invalidSession) : undefined;
}

/** ArduPilot: the client chooses the session id; a client with another id waits until the first is idle. */
function ardupilotRefusal(state: ServerState, request: FtpRequest, isIdle: boolean): FtpReply | undefined {
  const { session, opened } = state;
  if (!isIdle && session && session.id !== request.session) return nak(request, FTP_ERROR.invalidSession);
  return isOpening(request) && opened ? nak(request, FTP_ERROR.fail) : undefined;
}

/** Refusal because of the single session; undefined when the request may go on. */
function sessionRefusal(state: ServerState, request: FtpRequest, profile: FtpProfile, nowMs: number) {
  const isIdle = !state.session || nowMs - state.session.usedAtMs > profile.idleMs;
  if (isIdle && isOpening(request)) state.opened = undefined;
  return profile.hasOneId ? px4Refusal(state, request) : ardupilotRefusal(state, request, isIdle);
}

function beginBurst(state: ServerState, request: FtpRequest): FtpReply | undefined {
  if (state.opened?.kind !== "reading") {
    return nak(request, state.opened ? FTP_ERROR.fail : FTP_ERROR.fileNotFound);
  }
  const length = request.size === 0 ? FTP_DATA_BYTES : Math.min(request.size, FTP_DATA_BYTES);
  state.burst = { request, length, sent: 0, offset: request.offset };
  return undefined;
}

/** Executes a request; undefined when the reply is sent later (a burst). */
function replyTo(state: ServerState, request: FtpRequest, profile: FtpProfile, tree: FileTree): FtpReply | undefined {
  const given = profile.hasOneId && isOpening(request) ? { ...request, session: 0 } : request;
  if (given.opcode === FTP_OP.burstReadFile) return beginBurst(state, given);
  const isEnd = given.opcode === FTP_OP.terminateSession || given.opcode === FTP_OP.resetSessions;
  if (isEnd) state.burst = undefined;
  const { reply, opened } = performFtp({ request: given, tree, opened: state.opened });
  state.opened = opened;
  if (isEnd) state.session = undefined;
  return reply;
}

/**
 * MAVFTP server: https://mavlink.io/en/services/ftp.html. One session for all clients; a repeated request gets its previous reply
 * again; bursts are sent at the link's rate and end with NAK "end of file". Sources: GCS_FTP.cpp (ArduPilot), mavlink_ftp.cpp
 * (PX4).
 */
export function createFtpServer(tree: FileTree, profile: FtpProfile, link: ServiceLink): Service {
  const allowance = createAllowance(link, profile.share, MOST_IN_HAND_BYTES);
  const state: ServerState = { session: undefined, opened: undefined, burst: undefined, waiting: [], last: undefined };

  const send = (reply: FtpReply, to: WireSender, nowMs: number): WireMessage => {
    const isEnd = reply.reqOpcode === FTP_OP.terminateSession || reply.reqOpcode === FTP_OP.resetSessions;
    const isRefusal = reply.opcode === FTP_OP.nak && reply.data[0] === FTP_ERROR.invalidSession;
    if (isEnd) state.session = undefined;
    else if (!isRefusal) state.session = { id: reply.session, usedAtMs: nowMs };
    state.last = { reply, to };
    return ftpMessage(reply, to);
  };
  const perform = (request: FtpRequest, nowMs: number): readonly WireMessage[] => {
    if (state.last && isAskedAgain(state, request)) return [send(state.last.reply, request.from, nowMs)];
    const isReset = request.opcode === FTP_OP.resetSessions;
    const refusal = isReset ? undefined : sessionRefusal(state, request, profile, nowMs);
    const reply = refusal ?? replyTo(state, request, profile, tree);
    return reply ? [send(reply, request.from, nowMs)] : [];
  };
  return {
    receive: (message, nowMs) => {
      if (message.name !== "FILE_TRANSFER_PROTOCOL" || !isAddressedTo(message.fields, link.systemId)) return undefined;
      const request = ftpRequestFrom(message.fields.payload, message.from);
      const linkMs = nowMs / link.speedup;
      if (!state.burst || !profile.isBusyInBurst) return perform(request, linkMs);
      if (state.waiting.length < MOST_WAITING) state.waiting = [...state.waiting, request];
      return [];
    },
    tick: (nowMs) => {
      allowance.advance(nowMs);
      const linkMs = nowMs / link.speedup;
      const sent: WireMessage[] = [];
      while (state.burst && allowance.take(state.burst.length + FTP_OVERHEAD_BYTES)) {
        const next = nextOfBurst(state, profile.mostPacketsABurst);
        if (next) sent.push(send(next.reply, next.to, linkMs));
      }
      while (!state.burst && state.waiting.length > 0) {
        const [first, ...rest] = state.waiting;
        state.waiting = rest;
        if (first) sent.push(...perform(first, linkMs));
      }
      return sent;
    },
  };
}
