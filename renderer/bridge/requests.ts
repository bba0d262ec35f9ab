import { type Result, err, ok } from "../../src/core/result.js";
import type { StationFailure } from "../../src/contract/failures.js";
import type { FromUi, ReplyValue, UiRequest } from "../../src/contract/messages.js";
import type { RecordingDocument } from "../../src/contract/recordings.js";

export type Reply = Result<ReplyValue, StationFailure>;

/** The code of the failure with which a request ends when the connection is lost: it may have been carried out. */
export const CONNECTION_LOST = "CONNECTION_LOST";
const LOST: Reply = err({ kind: "io", operation: "station", code: CONNECTION_LOST });

/** Requests that wait for their reply. Each gets exactly one: when the connection is lost, a failure. */
export class Requests {
  readonly #sender: () => ((message: FromUi) => void) | undefined;
  #nextId = 1;
  readonly #waiting = new Map<number, (reply: Reply) => void>();

  /** `sender`: how to send now; undefined while the connection is lost. */
  constructor(sender: () => ((message: FromUi) => void) | undefined) {
    this.#sender = sender;
  }

  readonly ask = (request: UiRequest): Promise<Reply> => {
    const send = this.#sender();
    if (!send) return Promise.resolve(LOST);
    const requestId = this.#nextId++;
    return new Promise((resolve) => {
      this.#waiting.set(requestId, resolve);
      send({ kind: "request", requestId, request });
    });
  };

  answer(requestId: number, reply: Reply): void {
    const resolve = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    resolve?.(unpacked(reply));
  }

  loseAll(): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const resolve of all) resolve(LOST);
  }
}

/** A recording arrives as the JSON text written by its worker thread; it is parsed here, once for all callers. */
function unpacked(reply: Reply): Reply {
  if (!reply.ok || reply.value.kind !== "recording-json") return reply;
  const document = JSON.parse(new TextDecoder().decode(reply.value.json)) as RecordingDocument;
  return ok({ kind: "recording", document });
}
