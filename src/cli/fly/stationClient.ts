import { createEnvelopeReader } from "../../contract/envelope.js";
import type { Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { Notice, RecorderStatus, ReplyValue, ToUi, UiRequest } from "../../contract/messages.js";
import type { Station, UiSession } from "../../station/stationTypes.js";
import type { Contact } from "../../track/contact.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";

/** The state as of the last messages received. */
export type Known = {
  readonly stationMonoMs: number;
  readonly stationUnixUs: number;
  readonly vehicles: readonly VehicleState[];
  readonly contacts: readonly Contact[];
  readonly recorder: RecorderStatus | undefined;
  /** The station's notices, oldest first. */
  readonly notices: readonly Notice[];
};

const NOTICES_KEPT = 200;

const NOTHING: Known = {
  stationMonoMs: 0,
  stationUnixUs: 0,
  vehicles: [],
  contacts: [],
  recorder: undefined,
  notices: [],
};

type Waiter = { readonly look: (known: Known) => boolean; readonly finish: (isSeen: boolean) => void };

/** A client of the station for the command line: the same contract as a screen, without a screen. */
export class StationClient {
  readonly #session: UiSession;
  readonly #replies = new Map<number, (result: Result<ReplyValue, StationFailure>) => void>();
  readonly #waiters = new Set<Waiter>();
  readonly #onMessage: (message: ToUi, known: Known) => void;
  #known: Known = NOTHING;
  #nextRequestId = 1;

  constructor(station: Station, onMessage: (message: ToUi, known: Known) => void) {
    this.#onMessage = onMessage;
    const read = createEnvelopeReader();
    this.#session = station.connectUi((envelope) => {
      const message = read(envelope);
      if (message) this.#take(message);
    });
  }

  known(): Known {
    return this.#known;
  }

  /**
   * Resolves with the reply. The station publishes the state that a reply depends on before it, so `known()` is then at
   * least as new as the reply (`contract/envelope.ts`).
   */
  request(request: UiRequest): Promise<Result<ReplyValue, StationFailure>> {
    const requestId = this.#nextRequestId++;
    return new Promise((resolve) => {
      this.#replies.set(requestId, resolve);
      this.#session.fromUi({ kind: "request", requestId, request });
    });
  }

  /** Resolves to true once `look` returns true, to false after `forMs`. Calls `look` after every message. */
  waitUntil(look: (known: Known) => boolean, forMs: number): Promise<boolean> {
    if (look(this.#known)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (isSeen: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(isSeen);
      };
      const waiter: Waiter = { look, finish };
      const timer = Number.isFinite(forMs) ? setTimeout(() => finish(false), forMs) : undefined;
      this.#waiters.add(waiter);
    });
  }

  #take(message: ToUi): void {
    if (message.kind === "reply") {
      this.#replies.get(message.requestId)?.(message.result);
      this.#replies.delete(message.requestId);
      return;
    }
    this.#known = updated(this.#known, message);
    this.#onMessage(message, this.#known);
    for (const waiter of [...this.#waiters]) if (waiter.look(this.#known)) waiter.finish(true);
  }
}

/** All other messages are only for screens. */
function updated(known: Known, message: ToUi): Known {
  if (message.kind === "telemetry-batch") {
    const { stationMonoMs, stationUnixUs, vehicles } = message;
    return { ...known, stationMonoMs, stationUnixUs, vehicles };
  }
  if (message.kind === "contacts") return { ...known, contacts: message.contacts };
  if (message.kind === "notice") return { ...known, notices: [...known.notices, message.notice].slice(-NOTICES_KEPT) };
  return message.kind === "recorder-status" ? { ...known, recorder: message.status } : known;
}
