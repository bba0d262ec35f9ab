import type { Cancel, Scheduler } from "../../core/clock.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import {
  ftpProgress,
  startFtp,
  stepFtp,
  type FtpEffect,
  type FtpEnding,
  type FtpEvent,
  type FtpJob,
  type FtpState,
  type FtpStep,
} from "../../mavlink/protocols/files/ftpClient.js";
import { ftpRetryPolicyFor } from "../../mavlink/protocols/files/ftpRetryPolicy.js";
import type { ByteRanges } from "../../mavlink/protocols/files/ftpRanges.js";
import { ftpMessage, ftpPacketFrom } from "../../mavlink/protocols/files/ftpWire.js";
import type { ToUi } from "../../contract/messages.js";
import type { VehicleLink, VehicleService } from "./vehicleService.js";

type FtpProgress = { readonly bytesDone: number; readonly announcedBytes: number | undefined };

/** Callbacks of a caller during a transfer. */
type FtpListener = {
  /** A piece of the file; pieces may come twice and in any order. */
  readonly store?: (offsetBytes: number, bytes: Uint8Array) => void;
  readonly onProgress?: (progress: FtpProgress, held: ByteRanges) => void;
};

type FtpErrand = {
  /** Never rejects. */
  readonly ending: Promise<FtpEnding>;
  readonly cancel: () => void;
};

type Waiting = {
  readonly job: FtpJob;
  readonly listener: FtpListener;
  readonly resolve: (ending: FtpEnding) => void;
};
type Running = Waiting & { state: FtpState };

/**
 * File transfers with one vehicle, one after the other because an autopilot has one session. Used by the other
 * services.
 */
export class FtpRunner implements VehicleService {
  readonly #link: VehicleLink;
  readonly #scheduler: Scheduler;
  readonly #queue: Waiting[] = [];
  readonly #events: FtpEvent[] = [];
  #running: Running | undefined;
  #isSettling = false;
  #cancelTimer: Cancel = () => undefined;
  #nextSeq = 0;

  constructor(link: VehicleLink, scheduler: Scheduler) {
    this.#link = link;
    this.#scheduler = scheduler;
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    if (!this.#running || frame.name !== "FILE_TRANSFER_PROTOCOL") return;
    const packet = ftpPacketFrom(frame, this.#link);
    if (packet) this.#onEvent({ kind: "packet", packet });
  };

  /** Ends all transfers when the vehicle is lost: a caller that still wants a file asks again when it is back. */
  readonly onPresence = (isLost: boolean): void => {
    if (!isLost) return;
    for (const waiting of this.#queue.splice(0)) waiting.resolve({ isOk: false, failure: { kind: "vehicle-lost" } });
    this.#onEvent({ kind: "vehicle-lost" });
  };

  readonly dispose = (): void => this.onPresence(true);
  readonly tick = (): void => undefined;
  readonly snapshot = (): readonly ToUi[] => [];

  readonly run = (job: FtpJob, listener: FtpListener = {}): FtpErrand => {
    let waiting: Waiting | undefined;
    const ending = new Promise<FtpEnding>((resolve) => {
      waiting = { job, listener, resolve };
      this.#queue.push(waiting);
    });
    this.#startNext();
    return {
      ending,
      cancel: () => {
        if (waiting && this.#running?.resolve === waiting.resolve) this.#onEvent({ kind: "cancel" });
        const index = waiting ? this.#queue.indexOf(waiting) : -1;
        if (index < 0) return;
        this.#queue.splice(index, 1);
        waiting?.resolve({ isOk: false, failure: { kind: "cancelled" } });
      },
    };
  };

  #startNext(): void {
    const waiting = this.#running ? undefined : this.#queue.shift();
    if (!waiting) return;
    const first = startFtp(waiting.job, this.#nextSeq, ftpRetryPolicyFor(this.#link.roundTripMs()));
    this.#running = { ...waiting, state: first[0] };
    this.#isSettling = true;
    this.#settle(this.#running, first);
    this.#isSettling = false;
    this.#drain();
  }

  // An answer may arrive while its request is still being sent: it is queued until that step is done.
  #onEvent(event: FtpEvent): void {
    this.#events.push(event);
    if (!this.#isSettling) this.#drain();
  }

  #drain(): void {
    this.#isSettling = true;
    for (let event = this.#events.shift(); event; event = this.#events.shift()) {
      const running = this.#running;
      if (running) this.#settle(running, stepFtp(running.state, event));
    }
    this.#isSettling = false;
    this.#startNext();
  }

  #settle(running: Running, [state, effects]: FtpStep): void {
    running.state = state;
    for (const effect of effects) this.#perform(running, effect);
    if (effects.some((effect) => effect.kind === "store"))
      running.listener.onProgress?.(ftpProgress(state), state.held);
    if (state.phase !== "over") return;
    this.#cancelTimer();
    this.#nextSeq = state.nextSeq;
    this.#running = undefined;
    running.resolve(state.ending);
  }

  #perform(running: Running, effect: FtpEffect): void {
    if (effect.kind === "store") running.listener.store?.(effect.offsetBytes, effect.bytes);
    else if (effect.kind === "send") this.#link.send(ftpMessage(effect.packet, this.#link.vehicle));
    else {
      this.#cancelTimer();
      this.#cancelTimer = this.#scheduler.after(effect.afterMs, () => this.#onEvent({ kind: "timeout" }));
    }
  }
}

const FILE_BYTES_MAX = 16 * 1024 * 1024;

/** Reads a whole file into memory: only for files that are small by nature. The promise never rejects. */
export function readWholeFile(
  ftp: FtpRunner,
  path: string,
  onProgress: FtpListener["onProgress"] = () => undefined,
): FtpErrand & { readonly bytes: () => Uint8Array } {
  let buffer = new Uint8Array(32 * 1024);
  let end = 0;
  let isTooLong = false;
  const store = (offsetBytes: number, bytes: Uint8Array): void => {
    const to = offsetBytes + bytes.byteLength;
    if (to > FILE_BYTES_MAX) {
      isTooLong = true;
      errand.cancel();
      return;
    }
    if (to > buffer.byteLength) {
      const grown = new Uint8Array(Math.max(to, buffer.byteLength * 2));
      grown.set(buffer);
      buffer = grown;
    }
    buffer.set(bytes, offsetBytes);
    end = Math.max(end, to);
  };
  const errand: FtpErrand = ftp.run({ kind: "read", path, held: [] }, { store, onProgress });
  const ending = errand.ending.then((published): FtpEnding =>
    isTooLong ? { isOk: false, failure: { kind: "refused", ftpError: 0, errno: undefined } } : published,
  );
  return { ending, cancel: errand.cancel, bytes: () => buffer.subarray(0, end) };
}
