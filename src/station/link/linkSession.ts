import type { Subscription } from "rxjs";
import type { Clock } from "../../core/clock.js";
import type { LinkStatus } from "../../contract/linkMessages.js";
import { neverErrors } from "../../io/neverErrors.js";
import type { LinkChunk, LinkPort, LinkPortState } from "../../io/linkPort.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { OWN_ADDRESS, timesyncAnswer, timesyncRequest } from "../../mavlink/outgoing.js";
import type { LinkSigner } from "../signing/linkSigner.js";
import { RateMeter } from "./rateMeter.js";
import { RoundTrips } from "./roundTrips.js";
import { SourceReaders } from "./sourceReaders.js";

/** A link on which nothing was heard for this long is shown as lost, whatever the socket says. */
const SILENT_AFTER_MS = 4000;
/** One vehicle may be heard through several speakers of a wire; those silent this long are no longer spoken to. */
const SPEAKER_FORGOTTEN_MS = 30_000;
/** Of one vehicle; a flood of invented ones starts the list anew. */
const SPEAKERS_MAX = 16;

/** RADIO_STATUS and its older form RADIO. */
const RADIO_MESSAGES: ReadonlySet<number> = new Set([109, 166]);

export type LinkRole = LinkStatus["role"];

export type LinkSession = {
  readonly name: string;
  readonly uri: string;
  readonly role: LinkRole;
  readonly signer: LinkSigner;
  /** Only to the speaker called `to`, else to those that the message's target was heard from, else to all. */
  readonly send: (message: OutgoingMessage, to?: string) => void;
  /** Another's frame, as it is. */
  readonly forward: (bytes: Uint8Array, targetSystemId: number) => void;
  /** Asks the other side for the time: its answer measures the round trip. */
  readonly sendTimesync: () => void;
  readonly roundTripMs: (from: string, systemId: number) => number | undefined;
  /** A telemetry radio told of itself: what looks like a cable goes through the air. */
  readonly hasRadio: () => boolean;
  readonly status: () => LinkStatus;
  readonly portState: () => LinkPortState;
  readonly dispose: () => Promise<void>;
};

type LinkSessionOptions = {
  readonly name: string;
  readonly role: LinkRole;
  readonly port: LinkPort;
  readonly clock: Clock;
  readonly signer: LinkSigner;
  /** A frame that may be taken; `from` names the speaker. */
  readonly onFrame: (link: LinkSession, frame: MavlinkFrame, from: string) => void;
  /** Every frame that went out, as sent. */
  readonly onSent: (bytes: Uint8Array, message: OutgoingMessage) => void;
  readonly onState: (state: LinkPortState) => void;
};

/** MAVLink over one wire: frames in, messages out, and honest counts. */
export const openLinkSession = (options: LinkSessionOptions): LinkSession => new WireSession(options);

class WireSession implements LinkSession {
  readonly name: string;
  readonly uri: string;
  readonly role: LinkRole;
  readonly signer: LinkSigner;
  readonly #options: LinkSessionOptions;
  readonly #readers: SourceReaders;
  readonly #trips = new RoundTrips();
  readonly #messageRate = new RateMeter();
  readonly #byteRate = new RateMeter();
  readonly #lossMeter = new RateMeter(10_000);
  readonly #heardMeter = new RateMeter(10_000);
  readonly #subscriptions: readonly Subscription[];
  /** System id → speaker → when it was last heard there. */
  readonly #speakers = new Map<number, Map<string, number>>();
  #seq = 0;
  #bytes = 0;
  #hasHeardV1 = false;
  #hasHeardV2 = false;
  #hasRadio = false;
  #lastHeardMonoMs: number | undefined;
  #portState: LinkPortState = { kind: "opening" };

  constructor(options: LinkSessionOptions) {
    const { port } = options;
    this.name = options.name;
    this.uri = port.uri;
    this.role = options.role;
    this.signer = options.signer;
    this.#options = options;
    this.#readers = new SourceReaders(port.isDatagram);
    this.#subscriptions = [
      port.chunks$.subscribe({ next: (chunk) => this.#onChunk(chunk), error: neverErrors }),
      port.state$.subscribe({ next: (state) => this.#onState(state), error: neverErrors }),
    ];
  }

  readonly send = (message: OutgoingMessage, to?: string): void => {
    const signing = this.signer.signing();
    // A radio that only ever spoke MAVLink 1 may know no other; silence is met with 2, which every autopilot accepts.
    const version = this.#hasHeardV1 && !this.#hasHeardV2 && !signing ? 1 : 2;
    const sealed = signing ? { signing } : {};
    const bytes = encodeFrame({ ...message, ...OWN_ADDRESS, ...sealed, seq: this.#seq, version });
    this.#seq = (this.#seq + 1) & 0xff;
    this.#sendTo(bytes, to === undefined ? this.#speakersOf(Number(message.fields["target_system"] ?? 0)) : [to]);
    this.#options.onSent(bytes, message);
  };

  readonly forward = (bytes: Uint8Array, targetSystemId: number): void => {
    this.#sendTo(bytes, this.#speakersOf(targetSystemId));
  };

  readonly sendTimesync = (): void => {
    if (this.#lastHeardMonoMs === undefined) return;
    const monoNs = this.#monoNs();
    this.#trips.asked(monoNs);
    this.send(timesyncRequest(monoNs));
  };

  readonly roundTripMs = (from: string, systemId: number): number | undefined => this.#trips.ofMs(from, systemId);
  readonly hasRadio = (): boolean => this.#hasRadio;
  readonly portState = (): LinkPortState => this.#portState;

  readonly status = (): LinkStatus => {
    const nowMonoMs = this.#options.clock.monoMs();
    const counters = this.#readers.counters();
    const lost = this.#lossMeter.grownBy(counters.lost, nowMonoMs).count;
    const heard = this.#heardMeter.grownBy(counters.messages, nowMonoMs).count;
    return {
      name: this.name,
      uri: this.uri,
      role: this.role,
      ...shownState(this.#portState, this.#lastHeardMonoMs, nowMonoMs),
      messagesPerS: this.#messageRate.perS(counters.messages, nowMonoMs),
      bytesPerS: this.#byteRate.perS(this.#bytes, nowMonoMs),
      lossFraction: lost + heard > 0 ? Math.max(0, lost / (lost + heard)) : 0,
      countOfMessages: counters.messages,
      countOfLost: counters.lost,
      countOfDuplicates: counters.duplicates,
      countOfBadChecksums: counters.badChecksums,
      countOfUnknownIds: counters.unknownIds,
      countOfGarbageBytes: counters.garbageBytes,
      roundTripMs: this.#trips.linkMs(),
      lastHeardMonoMs: this.#lastHeardMonoMs,
      signing: this.signer.status(),
    };
  };

  readonly dispose = async (): Promise<void> => {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await this.#options.port.dispose();
  };

  #onChunk({ bytes, from }: LinkChunk): void {
    this.#bytes += bytes.byteLength;
    this.#readers.push(bytes, from, this.#options.clock.monoMs(), (frame) => this.#onFrame(frame, from));
  }

  #onFrame(frame: MavlinkFrame, from: string): void {
    const nowMonoMs = this.#options.clock.monoMs();
    if (frame.version === 1) this.#hasHeardV1 = true;
    else this.#hasHeardV2 = true;
    // Also one that is refused is answered where it came from: it may be waiting for our key's first word.
    this.#remember(frame.systemId, from, nowMonoMs);
    if (!this.signer.mayTake(frame)) return;
    this.#lastHeardMonoMs = nowMonoMs;
    if (RADIO_MESSAGES.has(frame.messageId)) this.#hasRadio = true;
    if (frame.name === "TIMESYNC" && this.role === "vehicle") this.#onTimesync(frame, from);
    this.#options.onFrame(this, frame, from);
  }

  #onTimesync(frame: MavlinkFrame, from: string): void {
    const answer = timesyncAnswer(frame, this.#monoNs());
    if (answer) this.send(answer, from);
    this.#trips.onTimesync(frame, from, this.#monoNs());
  }

  #remember(systemId: number, from: string, nowMonoMs: number): void {
    const known = this.#speakers.get(systemId);
    if (known && (known.has(from) || known.size < SPEAKERS_MAX)) known.set(from, nowMonoMs);
    else this.#speakers.set(systemId, new Map([[from, nowMonoMs]]));
  }

  /** Undefined: everybody. */
  #speakersOf(systemId: number): readonly string[] | undefined {
    const speakers = this.#readers.size > 1 ? this.#speakers.get(systemId) : undefined;
    if (!speakers) return undefined;
    const oldestMonoMs = this.#options.clock.monoMs() - SPEAKER_FORGOTTEN_MS;
    for (const [from, heardAtMonoMs] of speakers) if (heardAtMonoMs < oldestMonoMs) speakers.delete(from);
    return speakers.size > 0 ? [...speakers.keys()] : undefined;
  }

  #sendTo(bytes: Uint8Array, speakers: readonly string[] | undefined): void {
    if (!speakers) this.#options.port.send(bytes);
    else for (const to of speakers) this.#options.port.send(bytes, to);
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
): Pick<LinkStatus, "state" | "because" | "retryAtMonoMs"> {
  if (state.kind === "failed" || state.kind === "lost")
    return { state: state.kind, because: state.because, retryAtMonoMs: state.retryAtMonoMs };
  const retryAtMonoMs = undefined;
  if (state.kind === "opening") return { state: "opening", because: undefined, retryAtMonoMs };
  if (lastHeardMonoMs === undefined) return { state: "opening", because: "nothing heard yet", retryAtMonoMs };
  const isSilent = nowMonoMs - lastHeardMonoMs > SILENT_AFTER_MS;
  return isSilent
    ? { state: "lost", because: "silent", retryAtMonoMs }
    : { state: "open", because: undefined, retryAtMonoMs };
}

/** "udp:14550", "tcp:sitl:5760", "tcpin:5760", "serial:/dev/ttyUSB0": what a vehicle's id begins with. */
export function linkNameOf(uri: string): string {
  if (uri.startsWith("serial:")) return uri.replace(/^serial:(\/\/)?/, "serial:").replace(/:\d+$/, "");
  return uri
    .replace(/^udp(in|out)?:\/\//, "udp:")
    .replace(/^tcp(out)?:\/\//, "tcp:")
    .replace(/^tcpin:\/\//, "tcpin:")
    .replace("::", ":")
    .replace(/\/$/, "");
}
