/**
 * The parser of a link: bytes in, frames out. MAVLink 1 and 2, in pieces of any size.
 *
 * It never trusts a length that no checksum has confirmed: after a failed checksum it moves on by one byte and tries
 * again, so a valid frame that follows noise is never lost. The checksum of an unknown message cannot be verified: its
 * frame is passed on only when none of the bytes it claims begins a valid frame and a frame seems to follow it.
 */
import type { LinkCounters } from "./counters.js";
import type { MavlinkFrame } from "./frame.js";
import { ParsedFrame } from "./parsedFrame.js";
import { type Inspection, inspectAt, MAGIC_V1, MAGIC_V2 } from "./inspect.js";
import { SequenceWatch } from "./sequence.js";

export type MavlinkReader = {
  /**
   * The caller may reuse `bytes` afterwards; `onFrame` runs before `push` returns, once a frame, in order of arrival.
   */
  readonly push: (bytes: Uint8Array, onFrame: (frame: MavlinkFrame) => void) => void;
  readonly counters: Readonly<LinkCounters>;
  /** Bytes kept for the next push: at most one incomplete frame and one unknown message, whatever is received. */
  readonly heldBytes: number;
};

type ReaderOptions = {
  /** UDP: every push holds whole frames, so nothing is kept for the next. Leave out for TCP, serial and files. */
  readonly isDatagram?: boolean;
};

export const createReader = (options: ReaderOptions = {}): MavlinkReader => new StreamReader(options);

const NOTHING = new Uint8Array(0);
type Claim = { readonly at: number; readonly length: number };

class StreamReader implements MavlinkReader {
  readonly counters: LinkCounters = {
    messages: 0,
    lost: 0,
    duplicates: 0,
    badChecksums: 0,
    unknownIds: 0,
    garbageBytes: 0,
  };
  readonly #sequence = new SequenceWatch(this.counters);
  readonly #isDatagram: boolean;
  #rest: Uint8Array = NOTHING;
  // Bytes of #rest before this index were searched already; they are kept only because an unknown message may claim
  // them.
  #restSearched = 0;
  #restBadUntil = 0;

  constructor(options: ReaderOptions) {
    this.#isDatagram = options.isDatagram ?? false;
  }

  get heldBytes(): number {
    return this.#rest.length;
  }

  readonly push = (bytes: Uint8Array, onFrame: (frame: MavlinkFrame) => void): void => {
    // One copy a push: the frames share it, and the caller may reuse its buffer without changing them.
    const data = new Uint8Array(this.#rest.length + bytes.length);
    data.set(this.#rest);
    data.set(bytes, this.#rest.length);
    const scan = new Scan(data, this.counters, (frame) => {
      this.#sequence.onFrame(frame.systemId, frame.componentId, frame.seq);
      this.counters.messages++;
      onFrame(frame);
    });
    const left = scan.run({ searched: this.#restSearched, badUntil: this.#restBadUntil, isLast: this.#isDatagram });
    this.#rest = left.from === data.length ? NOTHING : data.slice(left.from);
    this.#restSearched = left.searched - left.from;
    this.#restBadUntil = left.badUntil - left.from;
  };
}

type ScanStart = { readonly searched: number; readonly badUntil: number; readonly isLast: boolean };
type ScanLeft = { readonly from: number; readonly searched: number; readonly badUntil: number };

/** One pass over the bytes received so far. */
class Scan {
  readonly #data: Uint8Array;
  readonly #view: DataView;
  readonly #counters: LinkCounters;
  readonly #onFrame: (frame: ParsedFrame) => void;
  /** First byte that belongs to no frame yet. */
  #from = 0;
  /** An unknown message that may begin at #from. */
  #claim: Claim | undefined;
  /** Failed checksums before this index belong to one corrupted frame that was counted already. */
  #badUntil = 0;

  constructor(data: Uint8Array, counters: LinkCounters, onFrame: (frame: ParsedFrame) => void) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    this.#counters = counters;
    this.#onFrame = onFrame;
  }

  run({ searched, badUntil, isLast }: ScanStart): ScanLeft {
    const end = this.#data.length;
    this.#badUntil = badUntil;
    let at = 0;
    if (searched > 0) {
      this.#claim = this.#claimAt(0);
      at = searched;
    }
    while (at < end) {
      if (this.#claim && at >= this.#claim.at + this.#claim.length) at = this.#settleClaim(this.#claim);
      const magic = this.#data[at];
      if (magic !== MAGIC_V2 && magic !== MAGIC_V1) {
        at++;
        continue;
      }
      const seen = inspectAt(this.#data, at, end);
      if (seen.kind === "incomplete" && !isLast) break;
      at = seen.kind === "frame" ? this.#accept(at, seen.length) : this.#reject(at, seen);
    }
    return this.#finish(at, isLast);
  }

  #accept(at: number, length: number): number {
    this.#claim = undefined; // a valid frame inside an unknown message's bytes: that message was noise
    this.#counters.garbageBytes += at - this.#from;
    this.#from = at + length;
    this.#badUntil = this.#from;
    this.#onFrame(new ParsedFrame(this.#data, this.#view, at, length));
    return this.#from;
  }

  #reject(at: number, seen: Exclude<Inspection, { readonly kind: "frame" }>): number {
    if (this.#claim || at < this.#badUntil) return at + 1;
    if (seen.kind === "bad-checksum") {
      this.#counters.badChecksums++;
      this.#badUntil = at + seen.length;
    }
    if (seen.kind === "unknown") {
      this.#counters.garbageBytes += at - this.#from;
      this.#from = at;
      this.#claim = { at, length: seen.length };
    }
    return at + 1;
  }

  #claimAt(at: number): Claim | undefined {
    const seen = inspectAt(this.#data, at, this.#data.length);
    return seen.kind === "unknown" ? { at, length: seen.length } : undefined;
  }

  /**
   * All bytes of a possible unknown message were searched: accepts it if a frame seems to follow it. Returns the index
   * to go on from.
   */
  #settleClaim({ at, length }: Claim): number {
    this.#claim = undefined;
    const after = at + length;
    const next = this.#data[after];
    if (next !== undefined && next !== MAGIC_V1 && next !== MAGIC_V2) {
      // Noise that looked like a header: its bytes are searched again, a real unknown message may begin among them.
      return at + 1;
    }
    this.#counters.unknownIds++;
    this.#from = after;
    this.#badUntil = after;
    this.#onFrame(new ParsedFrame(this.#data, this.#view, at, length));
    return after;
  }

  #finish(at: number, isLast: boolean): ScanLeft {
    const end = this.#data.length;
    // An unknown message that ends with the received bytes is decided at once: on a quiet link the next byte may be
    // long in coming.
    if (this.#claim && at >= this.#claim.at + this.#claim.length) this.#settleClaim(this.#claim);
    if (isLast || !this.#claim) {
      const keepFrom = isLast ? end : at;
      this.#counters.garbageBytes += Math.max(0, keepFrom - this.#from);
      return { from: keepFrom, searched: keepFrom, badUntil: Math.max(keepFrom, this.#badUntil) };
    }
    return { from: this.#claim.at, searched: at, badUntil: this.#badUntil };
  }
}
