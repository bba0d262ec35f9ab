import { type Result, ok } from "../../../src/core/result.js";
import type { StationFailure } from "../../../src/contract/failures.js";
import { createPublisher } from "../../../src/contract/envelope.js";
import type { FromUi, ReplyValue, ToUi, UiRequest } from "../../../src/contract/messages.js";
import type { ConnectionState, OpenTransport, TransportHandlers } from "../transport.js";

type FakeAnswer = (request: UiRequest) => Result<ReplyValue, StationFailure> | undefined;

/** A fake station for tests: they publish messages, read what was sent to it and choose its replies. */
export class FakeTransport {
  readonly sent: FromUi[] = [];
  #publisher = createPublisher("fake");
  #handlers: TransportHandlers | undefined;
  #answer: FakeAnswer = () => undefined;

  readonly open: OpenTransport = (handlers) => {
    this.#handlers = handlers;
    handlers.onConnection("open");
    return { send: (message) => this.#onSend(message), dispose: () => (this.#handlers = undefined) };
  };

  /** Requests for which `answer` returns undefined stay pending, as with a slow station. */
  answerWith(answer: FakeAnswer): this {
    this.#answer = answer;
    return this;
  }

  receive(message: ToUi): void {
    this.#handlers?.onMessage(this.#publisher.publish(message));
  }

  /** A station that was started again: its numbers begin anew. */
  restart(): void {
    this.#publisher = createPublisher("another");
  }

  connection(state: ConnectionState): void {
    this.#handlers?.onConnection(state);
  }

  requests(): readonly UiRequest[] {
    return this.sent.flatMap((message) => (message.kind === "request" ? [message.request] : []));
  }

  #onSend(message: FromUi): void {
    this.sent.push(message);
    if (message.kind !== "request") return;
    const { requestId, request } = message;
    const result = this.#answer(request);
    if (result) queueMicrotask(() => this.receive({ kind: "reply", requestId, result }));
  }
}

export const done = ok<ReplyValue>({ kind: "done" });
