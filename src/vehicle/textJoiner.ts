/**
 * Joins texts longer than one message (STATUSTEXT `id` and `chunk_seq`). Chunks arrive twice, out of order, mixed with
 * those of other texts and components, or not at all: a chunk missing after the time-out is shown as "…".
 * https://mavlink.io/en/messages/common.html#STATUSTEXT
 */
import { textFromByteString } from "../core/utf8.js";

/** Chunks are sent directly one after the other; one that has not arrived by then was lost. */
const TIMEOUT_MS = 1500;
/**
 * A chunk received again within this time after its text was complete is a duplicate (by a second link); later it is a
 * new text.
 */
const DUPLICATE_MS = 10_000;
/** Maximum number of incomplete texts, and of complete ones remembered for duplicates. The oldest are dropped. */
const PENDING_MAX = 16;
/** `chunk_seq` is one byte. */
const PIECES_MAX = 256;

export type TextPiece = {
  readonly componentId: number;
  readonly severity: number;
  /** The bytes of the chunk, one character each. */
  readonly byteString: string;
  readonly id: number;
  readonly index: number;
  readonly isLast: boolean;
  readonly unixTimeUs: number;
  readonly receivedAtMonoMs: number;
};

export type JoinedText = {
  readonly componentId: number;
  readonly severity: number;
  readonly text: string;
  /** Time of the first received chunk. */
  readonly unixTimeUs: number;
  /** Time of the last received chunk. */
  readonly receivedAtMonoMs: number;
};

type PendingText = Omit<JoinedText, "text"> & {
  readonly id: number;
  readonly parts: Readonly<Record<number, string>>;
  readonly lastIndex: number | undefined;
};

export type TextJoiner = {
  readonly pending: readonly PendingText[];
  /** Complete texts, the newest last. */
  readonly finished: readonly PendingText[];
};
export const EMPTY_JOINER: TextJoiner = { pending: [], finished: [] };

type JoinStep = readonly [TextJoiner, readonly JoinedText[]];

export function joinPiece(joiner: TextJoiner, piece: TextPiece): JoinStep {
  if (piece.index >= PIECES_MAX || isDuplicate(joiner.finished, piece)) return [joiner, []];
  const begun = joiner.pending.find((text) => isSameText(text, piece));
  // Another chunk with a number already used: the sender has restarted, and this is another text.
  const isOther = begun?.parts[piece.index] !== undefined && begun.parts[piece.index] !== piece.byteString;
  const others = joiner.pending.filter((text) => text !== begun);
  const next = withPiece(isOther ? undefined : begun, piece);
  const given: readonly JoinedText[] = isOther ? [joined(begun)] : [];
  if (isWhole(next)) {
    const finished = [...joiner.finished, next].slice(-PENDING_MAX);
    return [{ pending: others, finished }, [...given, joined(next)]];
  }
  const pending = [...others, next];
  const tooMany = pending.slice(0, Math.max(0, pending.length - PENDING_MAX));
  return [{ ...joiner, pending: pending.slice(-PENDING_MAX) }, [...given, ...tooMany.map(joined)]];
}

/**
 * Returns the texts that are over the time-out, as far as they were received. A clock that jumps back (recordings) ends
 * the wait too.
 */
export function expireTexts(joiner: TextJoiner, nowMonoMs: number): JoinStep {
  const isDue = (text: PendingText): boolean => Math.abs(nowMonoMs - text.receivedAtMonoMs) >= TIMEOUT_MS;
  if (!joiner.pending.some(isDue)) return [joiner, []];
  const due = joiner.pending.filter(isDue);
  const finished = [...joiner.finished, ...due].slice(-PENDING_MAX);
  return [{ pending: joiner.pending.filter((text) => !isDue(text)), finished }, due.map(joined)];
}

const isSameText = (text: PendingText, { componentId, id }: TextPiece): boolean =>
  text.componentId === componentId && text.id === id;

function isDuplicate(finished: readonly PendingText[], piece: TextPiece): boolean {
  const text = finished.findLast((one) => isSameText(one, piece));
  if (!text || Math.abs(piece.receivedAtMonoMs - text.receivedAtMonoMs) >= DUPLICATE_MS) return false;
  return text.parts[piece.index] === piece.byteString;
}

function withPiece(begun: PendingText | undefined, piece: TextPiece): PendingText {
  const { componentId, id, severity, index, byteString, isLast, unixTimeUs, receivedAtMonoMs } = piece;
  return {
    ...{ componentId, id, receivedAtMonoMs },
    severity: begun?.severity ?? severity,
    unixTimeUs: begun?.unixTimeUs ?? unixTimeUs,
    parts: { ...begun?.parts, [index]: byteString },
    lastIndex: isLast ? index : begun?.lastIndex,
  };
}

function isWhole({ parts, lastIndex }: PendingText): boolean {
  if (lastIndex === undefined) return false;
  for (let index = 0; index <= lastIndex; index++) if (parts[index] === undefined) return false;
  return true;
}

function joined({ parts, lastIndex, componentId, severity, unixTimeUs, receivedAtMonoMs }: PendingText): JoinedText {
  const indices = Object.keys(parts)
    .map(Number)
    .sort((a, b) => a - b);
  const end = lastIndex ?? Infinity;
  // Consecutive chunks are decoded together: only at a missing chunk may a UTF-8 character be incomplete.
  const runs: string[] = [];
  let run = "";
  let expected = 0;
  for (const index of indices) {
    if (index !== expected) {
      runs.push(run);
      run = "";
    }
    run += parts[index] ?? "";
    expected = index + 1;
  }
  runs.push(run);
  if (expected <= end) runs.push("");
  return { componentId, severity, unixTimeUs, receivedAtMonoMs, text: runs.map(textFromByteString).join("…") };
}
