import { type Result, ok } from "../../../src/core/result.js";
import type { StationFailure } from "../../../src/contract/failures.js";
import { createPublisher } from "../../../src/contract/envelope.js";
import type { FromUi, ReplyValue, ToUi, UiRequest } from "../../../src/contract/messages.js";
import type { CommandStatus } from "../../../src/vehicle/commands.js";
import type { ConnectionState, OpenTransport, TransportHandlers } from "../transport.js";

type Answer = Result<ReplyValue, StationFailure>;
type FakeAnswer = (request: UiRequest) => Answer | Promise<Answer> | undefined;

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

  /** As the station does: what became of a command is published before its reply. */
  reply(requestId: number, result: Result<ReplyValue, StationFailure>): void {
    const asked = this.sent.find((message) => message.kind === "request" && message.requestId === requestId);
    if (asked?.kind === "request" && asked.request.kind === "command") {
      const { vehicleId, commandId, command } = asked.request;
      const status = statusOf(result);
      if (status) this.receive({ kind: "command-status", vehicleId, commandId, command, status });
    }
    this.receive({ kind: "reply", requestId, result });
  }

  #onSend(message: FromUi): void {
    this.sent.push(message);
    if (message.kind !== "request") return;
    const { requestId, request } = message;
    const result = this.#answer(request);
    if (result) void Promise.resolve(result).then((settled) => this.reply(requestId, settled));
  }
}

/** Undefined where the vehicle's session was never asked. */
function statusOf(result: Result<ReplyValue, StationFailure>): CommandStatus | undefined {
  if (result.ok) return { phase: "done" };
  return result.error.kind === "command" ? { phase: "failed", failure: result.error.failure } : undefined;
}

export const done = ok<ReplyValue>({ kind: "done" });
