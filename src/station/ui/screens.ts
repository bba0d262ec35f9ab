import { randomUUID } from "node:crypto";
import type { Clock } from "../../core/clock.js";
import { err, type Result } from "../../core/result.js";
import { createPublisher, type Envelope } from "../../contract/envelope.js";
import type { StationFailure } from "../../contract/failures.js";
import type { FromUi, ReplyValue, ToUi, UiRequest } from "../../contract/messages.js";
import type { StationBus } from "../bus.js";
import type { UiSession } from "../stationTypes.js";
import type { TelemetrySource } from "../telemetrySource.js";
import { createUiConnection, type UiConnection } from "./uiConnection.js";

type ScreensOptions = {
  readonly clock: Clock;
  readonly bus: StationBus;
  readonly telemetry: TelemetrySource;
  /** The current state for a screen that joins late: `hello` is sent first, `rest` after the vehicles' states. */
  readonly snapshot: { readonly hello: () => ToUi; readonly rest: () => readonly ToUi[] };
  readonly answer: (request: UiRequest) => Promise<Result<ReplyValue, StationFailure>>;
  /** A page answered a ping. */
  readonly onAlive: () => void;
};

type Request = Extract<FromUi, { readonly kind: "request" }>;

/** All clients of the station, screens and commands: each receives everything that is published, in the same order. */
export class Screens {
  readonly #options: ScreensOptions;
  readonly #publisher = createPublisher(randomUUID());
  readonly #joined = new Set<UiConnection>();
  #countOfInvalid = 0;
  #isClosed = false;

  constructor(options: ScreensOptions) {
    this.#options = options;
    const { bus } = options;
    bus.on("message", ({ message }) => {
      // How far a command got is read from the state with its end: that state is published first.
      const isEnd = message.kind === "command-status" && message.status.phase !== "pending";
      if (isEnd && this.#joined.size > 0) this.#publish(options.telemetry.batch());
      this.#publish(message);
    });
    bus.on("video-frame", ({ cameraId, frame }) => {
      for (const screen of this.#joined) screen.offerFrame(cameraId, frame);
    });
  }

  count(): number {
    return this.#joined.size;
  }

  /** Call as often as a screen can show telemetry. */
  publishTelemetry(): void {
    const batch = this.#joined.size > 0 ? this.#options.telemetry.batchIfDue() : undefined;
    if (batch) this.#publish(batch);
  }

  /** Connects a screen; it gets its snapshot once the station is `ready`, and may send requests at once. */
  connect(toUi: (envelope: Envelope) => void, ready: Promise<void>): UiSession {
    let hasLeft = false;
    const screen = createUiConnection({
      ...{ clock: this.#options.clock, toUi, wrap: this.#publisher.publishToOne },
      listener: {
        onAlive: this.#options.onAlive,
        onRequest: (request, reply) => void this.#answer(request, reply),
        onInvalid: (problem) => this.#onInvalid(problem),
        onClosed: () => {
          hasLeft = true;
          if (this.#joined.delete(screen)) this.#publishCount();
        },
      },
    });
    void ready.then(() => {
      if (this.#isClosed || hasLeft) return;
      this.#join(screen);
      this.#publishCount();
    });
    return screen;
  }

  close(): void {
    this.#isClosed = true;
    for (const screen of this.#joined) screen.close();
  }

  #publish(message: ToUi): void {
    const envelope = this.#publisher.publish(message);
    for (const screen of this.#joined) screen.send(envelope);
  }

  #join(screen: UiConnection): void {
    const { telemetry, snapshot } = this.#options;
    // First to the others: what they and this one hold must be the same, because the same changes follow for all.
    this.#publish(telemetry.batch());
    this.#joined.add(screen);
    screen.publish(snapshot.hello());
    const whole = this.#publisher.snapshot();
    if (whole) screen.send(whole);
    for (const message of snapshot.rest()) screen.publish(message);
  }

  #publishCount(): void {
    const count = this.#joined.size;
    this.#options.bus.record("screens", { count });
    this.#options.bus.send({ kind: "screens", count });
  }

  #onInvalid(problem: string): void {
    this.#countOfInvalid++;
    // Only the first is logged: a flood of invalid messages must not become a flood of lines.
    if (this.#countOfInvalid === 1) this.#options.bus.log(`vigie: a screen sent what is no message: ${problem}`);
  }

  async #answer({ requestId, request }: Request, reply: (message: ToUi) => void): Promise<void> {
    let result: Result<ReplyValue, StationFailure>;
    try {
      result = await this.#options.answer(request);
    } catch (cause: unknown) {
      // A bug, caught here so that the request still gets its one reply.
      const reference = `${request.kind}-${requestId}`;
      const because = cause instanceof Error ? cause.stack : String(cause);
      this.#options.bus.log(`vigie: internal error ${reference}: ${because}`);
      result = err({ kind: "internal", reference });
    }
    // State that the reply depends on is published first: no screen may decide on a state older than its reply.
    this.#publish(this.#options.telemetry.batch());
    reply({ kind: "reply", requestId, result });
  }
}
