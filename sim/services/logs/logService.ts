import type { AircraftView } from "../../aircraftView.js";
import { dispatch, type WireHandlers, type WireMessage } from "../../wire/mavlinkCodec.js";
import { isAddressedTo } from "../addressing.js";
import { createAllowance, type ServiceLink } from "../allowance.js";
import { statusText } from "../commands.js";
import type { FileTree } from "../files/fileTree.js";
import type { Service } from "../service.js";
import type { StoredLog } from "./storedLogs.js";

const PIECE_BYTES = 90;
const FRAME_BYTES = PIECE_BYTES + 7 + 12;
const SHARE = 0.5;
const MOST_AT_ONCE = 10;

type Sending = { readonly id: number; readonly log: StoredLog; readonly offset: number; readonly left: number };

/** The logs that still exist, and their LOG_ENTRY messages. */
function createShelf(tree: FileTree, logs: readonly StoredLog[], firstId: number) {
  const present = (): readonly StoredLog[] => logs.filter(({ path }) => tree.open(path) !== undefined);
  const logOf = (id: number): StoredLog | undefined => {
    const log = logs[id - firstId];
    return log && present().includes(log) ? log : undefined;
  };
  const entry = (log: StoredLog, all: readonly StoredLog[]): WireMessage => ({
    name: "LOG_ENTRY",
    fields: {
      id: logs.indexOf(log) + firstId,
      numLogs: all.length,
      lastLogNum: logs.indexOf(all.at(-1) ?? log) + firstId,
      timeUtc: Math.floor((log.changedUnixUs?.() ?? log.beganUnixUs) / 1e6),
      size: log.bytes().length,
    },
  });
  const list = (start: number, end: number): readonly WireMessage[] => {
    const all = present();
    if (all.length === 0) return [NO_LOGS];
    const idOf = (log: StoredLog): number => logs.indexOf(log) + firstId;
    return all.filter((log) => idOf(log) >= start && idOf(log) <= end).map((log) => entry(log, all));
  };
  return { logOf, list };
}

const NO_LOGS: WireMessage = { name: "LOG_ENTRY", fields: { id: 0, numLogs: 0, lastLogNum: 0, timeUtc: 0, size: 0 } };

/** The next LOG_DATA of a transfer, and what remains afterwards. */
function nextPiece({ id, log, offset, left }: Sending): readonly [WireMessage, Sending | undefined] {
  const piece = log.bytes().subarray(offset, offset + Math.min(PIECE_BYTES, left));
  const rest = left - piece.length;
  const isLast = piece.length < PIECE_BYTES || rest === 0;
  const data = [...piece, ...Array.from({ length: PIECE_BYTES - piece.length }, () => 0)];
  const message: WireMessage = { name: "LOG_DATA", fields: { id, ofs: offset, count: piece.length, data } };
  return [message, isLast ? undefined : { id, log, offset: offset + piece.length, left: rest }];
}

/** Sends as many of the next messages as the link's rate allows. */
function pacedBy(link: ServiceLink, hasMore: () => boolean, next: () => WireMessage | undefined): Service["tick"] {
  const allowance = createAllowance(link, SHARE, MOST_AT_ONCE * FRAME_BYTES);
  return (nowMs) => {
    allowance.advance(nowMs);
    const sent: WireMessage[] = [];
    while (hasMore() && allowance.take(FRAME_BYTES)) {
      const message = next();
      if (message) sent.push(message);
    }
    return sent;
  };
}

/**
 * Log transfer by LOG_REQUEST_LIST, LOG_REQUEST_DATA etc., vehicle side. Ids count from 1 on ArduPilot, from 0 on PX4; a LOG_DATA of
 * less than 90 bytes is the last. ArduPilot refuses everything while armed, with one text.
 * Source: libraries/AP_Logger/AP_Logger_MAVLinkLogTransfer.cpp.
 */
export function createLogService(
  view: AircraftView,
  tree: FileTree,
  logs: readonly StoredLog[],
  link: ServiceLink,
): Service {
  const isArdupilot = view.flavour.autopilot === "ardupilot";
  const firstId = isArdupilot ? 1 : 0;
  let entries: readonly WireMessage[] = [];
  let sending: Sending | undefined;
  let hasWarned = false;

  const { logOf, list } = createShelf(tree, logs, firstId);
  const handlers: WireHandlers<readonly WireMessage[]> = {
    LOG_REQUEST_LIST: ({ start, end }) => {
      entries = list(start, end);
      return [];
    },
    LOG_REQUEST_DATA: ({ id, ofs, count }) => {
      const log = logOf(id);
      const left = log ? Math.max(0, Math.min(count, log.bytes().length - ofs)) : 0;
      sending = log && { id, log, offset: ofs, left };
      return [];
    },
    LOG_REQUEST_END: () => {
      sending = undefined;
      return [];
    },
    LOG_ERASE: () => {
      for (const { path } of logs) tree.remove(path);
      sending = undefined;
      return isArdupilot ? [statusText(6, "Chip erase complete")] : [];
    },
  };
  const next = (): WireMessage | undefined => {
    const [first, ...rest] = entries;
    entries = rest;
    if (first || !sending) return first;
    const [piece, left] = nextPiece(sending);
    sending = left;
    return piece;
  };
  return {
    receive: (message) => {
      if (!message.name.startsWith("LOG_") || !isAddressedTo(message.fields, view.systemId)) return undefined;
      if (!isArdupilot || !view.autopilot().isArmed) {
        hasWarned = false;
        return dispatch(handlers, message);
      }
      const texts = hasWarned ? [] : [statusText(3, "Disarm for log download")];
      hasWarned = true;
      return texts;
    },
    tick: pacedBy(link, () => entries.length > 0 || sending !== undefined, next),
  };
}
