import type { Subscription } from "rxjs";
import type { Clock } from "../../core/clock.js";
import type { LinkStatus } from "../../contract/linkMessages.js";
import { neverErrors } from "../../io/neverErrors.js";
import type { LinkPort, LinkPortState } from "../../io/linkPort.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { OWN_ADDRESS, timesyncAnswer, timesyncRequest, timesyncRoundTripMs } from "../../mavlink/outgoing.js";
import { createReader, type MavlinkReader } from "../../mavlink/reader.js";
import { RateMeter } from "./rateMeter.js";

/** A link on which nothing was heard for this long is shown as lost, whatever the socket says. */
const SILENT_AFTER_MS = 4000;
/** Weight of the newest round trip in the shown one. */
const ROUND_TRIP_WEIGHT = 0.2;

export type LinkSession = {
  readonly name: string;
  readonly send: (message: OutgoingMessage) => void;
  /** Asks the other side for the time: its answer measures the round trip. */
  readonly sendTimesync: () => void;
  readonly status: () => LinkStatus;
  readonly dispose: () => Promise<void>;
};

type LinkSessionOptions = {
  readonly name: string;
  readonly port: LinkPort;
  readonly clock: Clock;
  readonly onFrame: (link: LinkSession, frame: MavlinkFrame) => void;
  /** Every frame that went out, as sent. */
  readonly onSent: (bytes: Uint8Array) => void;
  readonly onState: (state: LinkPortState) => void;
};

/** MAVLink over one wire: frames in, messages out, and honest counts. */
export const openLinkSession = (options: LinkSessionOptions): LinkSession => new WireSession(options);

class WireSession implements LinkSession {
  readonly name: string;
  readonly #options: LinkSessionOptions;
  readonly #reader: MavlinkReader;
  readonly #messageRate = new RateMeter();
  readonly #lossMeter = new RateMeter(10_000);
  readonly #heardMeter = new RateMeter(10_000);
  readonly #subscriptions: readonly Subscription[];
  #seq = 0;
  #hasHeardV1 = false;
  #hasHeardV2 = false;
  #lastHeardMonoMs: number | undefined;
  #roundTripMs: number | undefined;
  #portState: LinkPortState = { kind: "opening" };

  constructor(options: LinkSessionOptions) {
    const { port } = options;
    this.name = options.name;
    this.#options = options;
    this.#reader = createReader({ isDatagram: port.isDatagram });
    this.#subscriptions = [
      port.chunks$.subscribe({ next: ({ bytes }) => this.#reader.push(bytes, this.#onFrame), error: neverErrors }),
      port.state$.subscribe({ next: (state) => this.#onState(state), error: neverErrors }),
    ];
  }

  readonly send = (message: OutgoingMessage): void => {
    // A radio that only ever spoke MAVLink 1 may know no other; silence is met with 2, which every autopilot accepts.
    const version = this.#hasHeardV1 && !this.#hasHeardV2 ? 1 : 2;
    const bytes = encodeFrame({ ...message, ...OWN_ADDRESS, seq: this.#seq, version });
    this.#seq = (this.#seq + 1) & 0xff;
    this.#options.port.send(bytes);
    this.#options.onSent(bytes);
  };

  readonly sendTimesync = (): void => {
    if (this.#lastHeardMonoMs !== undefined) this.send(timesyncRequest(this.#monoNs()));
  };

  readonly status = (): LinkStatus => {
    const nowMonoMs = this.#options.clock.monoMs();
    const { counters } = this.#reader;
    const lost = this.#lossMeter.grownBy(counters.lost, nowMonoMs).count;
    const heard = this.#heardMeter.grownBy(counters.messages, nowMonoMs).count;
    return {
      name: this.name,
      uri: this.#options.port.uri,
      role: "vehicle",
      retryAtMonoMs: undefined,
      ...shownState(this.#portState, this.#lastHeardMonoMs, nowMonoMs),
      messagesPerS: this.#messageRate.perS(counters.messages, nowMonoMs),
      lossFraction: lost + heard > 0 ? Math.max(0, lost / (lost + heard)) : 0,
      countOfMessages: counters.messages,
      bytesPerS: 0,
      countOfLost: counters.lost,
      countOfDuplicates: counters.duplicates,
      countOfBadChecksums: counters.badChecksums,
      countOfUnknownIds: counters.unknownIds,
      countOfGarbageBytes: counters.garbageBytes,
      roundTripMs: this.#roundTripMs,
      lastHeardMonoMs: this.#lastHeardMonoMs,
      signing: {
        policy: "off",
        keyName: undefined,
        countOfSigned: 0,
        countOfUnsigned: counters.messages,
        countOfRefused: 0,
      },
    };
  };

  readonly dispose = async (): Promise<void> => {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await this.#options.port.dispose();
  };

  readonly #onFrame = (frame: MavlinkFrame): void => {
    this.#lastHeardMonoMs = this.#options.clock.monoMs();
    if (frame.version === 1) this.#hasHeardV1 = true;
    else this.#hasHeardV2 = true;
    if (frame.name === "TIMESYNC") this.#onTimesync(frame);
    this.#options.onFrame(this, frame);
  };

  #onTimesync(frame: MavlinkFrame): void {
    const answer = timesyncAnswer(frame, this.#monoNs());
    if (answer) this.send(answer);
    const tripMs = timesyncRoundTripMs(frame, this.#monoNs());
    if (tripMs === undefined) return;
    const before = this.#roundTripMs ?? tripMs;
    this.#roundTripMs = before + (tripMs - before) * ROUND_TRIP_WEIGHT;
  }

  #onState(state: LinkPortState): void {
    this.#portState = state;
    this.#options.onState(state);
  }

  #monoNs(): bigint {
    return BigInt(Math.round(this.#options.clock.monoMs() * 1e6));
  }
}

function shownState(
  state: LinkPortState,
  lastHeardMonoMs: number | undefined,
  nowMonoMs: number,
): Pick<LinkStatus, "state" | "because"> {
  if (state.kind === "failed" || state.kind === "lost") return { state: state.kind, because: state.because };
  if (state.kind === "opening") return { state: "opening", because: undefined };
  if (lastHeardMonoMs === undefined) return { state: "opening", because: "nothing heard yet" };
  const isSilent = nowMonoMs - lastHeardMonoMs > SILENT_AFTER_MS;
  return isSilent ? { state: "lost", because: "silent" } : { state: "open", because: undefined };
}

/** "udp:14550", "tcp:sitl:5760": what a vehicle's id begins with. */
export function linkNameOf(uri: string): string {
  return uri
    .replace(/^udp(in|out)?:\/\//, "udp:")
    .replace(/^tcp:\/\//, "tcp:")
    .replace("::", ":")
    .replace(/\/$/, "");
}
