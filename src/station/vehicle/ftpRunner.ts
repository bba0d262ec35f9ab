import type { Scheduler } from "../../core/clock.js";
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
} from "../../mavlink/protocols/files/ftpClient.js";
import { ftpRetryPolicyFor } from "../../mavlink/protocols/files/ftpRetryPolicy.js";
import type { ByteRanges } from "../../mavlink/protocols/files/ftpRanges.js";
import { ftpMessage, ftpPacketFrom } from "../../mavlink/protocols/files/ftpWire.js";
import type { ToUi } from "../../contract/messages.js";
import { createMachineRun } from "./machineRun.js";
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
type Running = { readonly waited: Waiting; readonly onEvent: (event: FtpEvent) => void };

/**
 * File transfers with one vehicle, one after the other because an autopilot has one session. Used by the other
 * services.
 */
export class FtpRunner implements VehicleService {
  readonly #link: VehicleLink;
  readonly #scheduler: Scheduler;
  readonly #queue: Waiting[] = [];
  #running: Running | undefined;
  #nextSeq = 0;

  constructor(link: VehicleLink, scheduler: Scheduler) {
    this.#link = link;
    this.#scheduler = scheduler;
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    if (!this.#running || frame.name !== "FILE_TRANSFER_PROTOCOL") return;
    const packet = ftpPacketFrom(frame, this.#link);
    if (packet) this.#running.onEvent({ kind: "packet", packet });
  };

  /** Ends all transfers when the vehicle is lost: a caller that still wants a file asks again when it is back. */
  readonly onPresence = (isLost: boolean): void => {
    if (!isLost) return;
    for (const waiting of this.#queue.splice(0)) waiting.resolve({ isOk: false, failure: { kind: "vehicle-lost" } });
    this.#running?.onEvent({ kind: "vehicle-lost" });
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
        if (waiting && this.#running?.waited === waiting) this.#running.onEvent({ kind: "cancel" });
        const index = waiting ? this.#queue.indexOf(waiting) : -1;
        if (index < 0) return;
        this.#queue.splice(index, 1);
        waiting?.resolve({ isOk: false, failure: { kind: "cancelled" } });
      },
    };
  };

  #startNext(): void {
    const waited = this.#running ? undefined : this.#queue.shift();
    if (!waited) return;
    const { job, listener } = waited;
    let hasStored = false;
    const { start, onEvent } = createMachineRun<FtpState, FtpEvent, FtpEffect>({
      scheduler: this.#scheduler,
      machine: {
        first: startFtp(job, this.#nextSeq, ftpRetryPolicyFor(this.#link.roundTripMs())),
        step: stepFtp,
        timeoutEvent: { kind: "timeout" },
        isOver: ({ phase }) => phase === "over",
      },
      perform: (effect) => {
        hasStored ||= effect.kind === "store";
        if (effect.kind === "store") listener.store?.(effect.offsetBytes, effect.bytes);
        else this.#link.send(ftpMessage(effect.packet, this.#link.vehicle));
      },
      onState: (state) => {
        if (hasStored) listener.onProgress?.(ftpProgress(state), state.held);
        hasStored = false;
        if (state.phase !== "over") return;
        this.#nextSeq = state.nextSeq;
        this.#running = undefined;
        waited.resolve(state.ending);
        this.#startNext();
      },
    });
    this.#running = { waited, onEvent };
    start();
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
