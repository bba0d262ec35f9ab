import type { Subscription } from "rxjs";
import type { Clock } from "../../core/clock.js";
import type { LinkStatus } from "../../contract/linkMessages.js";
import { neverErrors } from "../../io/neverErrors.js";
import type { LinkChunk, LinkPort, LinkPortState } from "../../io/linkPort.js";
import { definitionOfName } from "../../mavlink/definitions.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { OWN_ADDRESS, timesyncAnswer, timesyncRequest } from "../../mavlink/outgoing.js";
import type { LinkSigner } from "../signing/linkSigner.js";
import { RateMeter } from "./rateMeter.js";
import { RoundTrips } from "./roundTrips.js";
import { LinkPeers } from "./linkPeers.js";

/** A link on which nothing was received for this long is shown as lost, whatever the socket reports. */
const SILENT_AFTER_MS = 4000;
/**
 * Heartbeats to a silent peer stop after this (an old simulator's port, say). Commands still go to the vehicle's last
 * address.
 */
const PEER_FORGOTTEN_MS = 30_000;
/** For peers without a known vehicle: they get no more than a few of our heartbeats. */
const UNKNOWN_FORGOTTEN_MS = 3000;
const NEVER_MS = Number.NEGATIVE_INFINITY;

/** RADIO_STATUS and its older form RADIO. */
const RADIO_MESSAGES: ReadonlySet<number> = new Set([109, 166]);

export type LinkRole = LinkStatus["role"];

export type LinkSession = {
  readonly name: string;
  readonly uri: string;
  readonly role: LinkRole;
  readonly signer: LinkSigner;
  /** To the peer `to`; without it to all peers received lately. */
  readonly send: (message: OutgoingMessage, to?: string) => void;
  /**
   * Sends another system's frame unchanged: to the given peers, else to all stations (output link) or all known
   * vehicles.
   */
  readonly forward: (bytes: Uint8Array, to?: readonly string[]) => void;
  /** A known vehicle is there: the peer is kept until `unpin` was called as often as `pin`. */
  readonly pin: (from: string) => void;
  readonly unpin: (from: string) => void;
  /** Sends TIMESYNC: the answer measures the round trip. */
  readonly sendTimesync: () => void;
  readonly roundTripMs: (from: string, systemId: number) => number | undefined;
  /** RADIO_STATUS was received: what looks like a cable is a radio. */
  readonly hasRadio: () => boolean;
  readonly status: () => LinkStatus;
  readonly portState: () => LinkPortState;
  readonly dispose: () => Promise<void>;
};

type LinkListener = {
  /** A frame that passed the signing rules; `from` is the sender's address. */
  readonly onFrame: (link: LinkSession, frame: MavlinkFrame, from: string) => void;
  /** Every frame sent, exactly as sent. */
  readonly onSent: (bytes: Uint8Array, message: OutgoingMessage) => void;
  readonly onState: (state: LinkPortState) => void;
  /** An unsigned frame of a component that signs: it was rejected. */
  readonly onForged: (link: LinkSession, frame: MavlinkFrame, from: string) => void;
};

type LinkSessionOptions = {
  readonly name: string;
  readonly role: LinkRole;
  readonly port: LinkPort;
  readonly clock: Clock;
  readonly signer: LinkSigner;
  readonly listener: LinkListener;
};

/** MAVLink over one link: parses frames, encodes messages, counts both. */
export const openLinkSession = (options: LinkSessionOptions): LinkSession => new WireSession(options);

class WireSession implements LinkSession {
  readonly name: string;
  readonly uri: string;
  readonly role: LinkRole;
  readonly signer: LinkSigner;
  readonly #options: LinkSessionOptions;
  readonly #peers: LinkPeers;
  readonly #trips = new RoundTrips();
  readonly #messageRate = new RateMeter();
  readonly #byteRate = new RateMeter();
  readonly #lossMeter = new RateMeter(10_000);
  readonly #receivedMeter = new RateMeter(10_000);
  readonly #subscriptions: readonly Subscription[];
  #seq = 0;
  #bytes = 0;
  #hasReceivedV1 = false;
  #hasReceivedV2 = false;
  #hasRadio = false;
  #lastReceivedMonoMs: number | undefined;
  #portState: LinkPortState = { kind: "opening" };

  constructor(options: LinkSessionOptions) {
    const { port } = options;
    this.name = options.name;
    this.uri = port.uri;
    this.role = options.role;
    this.signer = options.signer;
    this.#options = options;
    this.#peers = new LinkPeers(port.isDatagram);
    this.#subscriptions = [
      port.chunks$.subscribe({ next: (chunk) => this.#onChunk(chunk), error: neverErrors }),
      port.state$.subscribe({ next: (state) => this.#onState(state), error: neverErrors }),
    ];
  }

  readonly send = (message: OutgoingMessage, to?: string): void => {
    const signing = this.signer.signing();
    // A radio that has only sent MAVLink 1 may not know version 2; before anything is received 2 is used, which every
    // autopilot accepts. Ids above 255 exist in version 2 only.
    const isV1Possible = (definitionOfName(message.name)?.id ?? 0) <= 255;
    const version = this.#hasReceivedV1 && !this.#hasReceivedV2 && !signing && isV1Possible ? 1 : 2;
    const sealed = signing ? { signing } : {};
    const bytes = encodeFrame({ ...message, ...OWN_ADDRESS, ...sealed, seq: this.#seq, version });
    this.#seq = (this.#seq + 1) & 0xff;
    this.#sendTo(bytes, to === undefined ? this.#recipients(UNKNOWN_FORGOTTEN_MS) : [to]);
    this.#options.listener.onSent(bytes, message);
  };

  readonly forward = (bytes: Uint8Array, to?: readonly string[]): void => {
    this.#sendTo(bytes, to ?? this.#recipients(this.role === "output" ? PEER_FORGOTTEN_MS : NEVER_MS));
  };

  readonly pin = (from: string): void => this.#peers.pin(from);
  readonly unpin = (from: string): void => this.#peers.unpin(from);

  readonly sendTimesync = (): void => {
    if (this.#lastReceivedMonoMs === undefined) return;
    const monoNs = this.#monoNs();
    this.#trips.asked(monoNs);
    this.send(timesyncRequest(monoNs));
  };

  readonly roundTripMs = (from: string, systemId: number): number | undefined => this.#trips.ofMs(from, systemId);
  readonly hasRadio = (): boolean => this.#hasRadio;
  readonly portState = (): LinkPortState => this.#portState;

  readonly status = (): LinkStatus => {
    const nowMonoMs = this.#options.clock.monoMs();
    const counters = this.#peers.counters();
    const lost = this.#lossMeter.grownBy(counters.lost, nowMonoMs).count;
    const received = this.#receivedMeter.grownBy(counters.messages, nowMonoMs).count;
    return {
      name: this.name,
      uri: this.uri,
      role: this.role,
      ...shownState(this.#portState, this.#lastReceivedMonoMs, nowMonoMs),
      messagesPerS: this.#messageRate.perS(counters.messages, nowMonoMs),
      bytesPerS: this.#byteRate.perS(this.#bytes, nowMonoMs),
      lossFraction: lost + received > 0 ? Math.max(0, lost / (lost + received)) : 0,
      countOfMessages: counters.messages,
      countOfLost: counters.lost,
      countOfDuplicates: counters.duplicates,
      countOfBadChecksums: counters.badChecksums,
      countOfUnknownIds: counters.unknownIds,
      countOfGarbageBytes: counters.garbageBytes,
      roundTripMs: this.#trips.linkMs(),
      lastReceivedMonoMs: this.#lastReceivedMonoMs,
      signing: this.signer.status(),
    };
  };

  readonly dispose = async (): Promise<void> => {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await this.#options.port.dispose();
  };

  #onChunk({ bytes, from }: LinkChunk): void {
    this.#bytes += bytes.byteLength;
    const frames = this.#peers.push(bytes, from, this.#options.clock.monoMs());
    for (const frame of frames) this.#onFrame(frame, from);
  }

  #onFrame(frame: MavlinkFrame, from: string): void {
    const nowMonoMs = this.#options.clock.monoMs();
    if (frame.version === 1) this.#hasReceivedV1 = true;
    else this.#hasReceivedV2 = true;
    if (!this.signer.mayTake(frame)) {
      if (this.signer.isUnsignedOfSigner(frame)) this.#options.listener.onForged(this, frame, from);
      return;
    }
    this.#lastReceivedMonoMs = nowMonoMs;
    if (RADIO_MESSAGES.has(frame.messageId)) this.#hasRadio = true;
    if (frame.name === "TIMESYNC" && this.role === "vehicle") this.#onTimesync(frame, from);
    this.#options.listener.onFrame(this, frame, from);
  }

  #onTimesync(frame: MavlinkFrame, from: string): void {
    const answer = timesyncAnswer(frame, this.#monoNs());
    if (answer) this.send(answer, from);
    this.#trips.onTimesync(frame, from, this.#monoNs());
  }

  /**
   * Undefined: everybody at the other end. Includes peers whose frames are rejected: they may be waiting for our first
   * signed frame.
   */
  #recipients(unknownWithinMs: number): readonly string[] | undefined {
    if (this.#options.port.answersOnly !== true) return undefined;
    return this.#peers.recipients(this.#options.clock.monoMs(), PEER_FORGOTTEN_MS, unknownWithinMs);
  }

  #sendTo(bytes: Uint8Array, peers: readonly string[] | undefined): void {
    if (!peers) this.#options.port.send(bytes);
    else for (const to of peers) this.#options.port.send(bytes, to);
  }

  #onState(state: LinkPortState): void {
    this.#portState = state;
    this.#options.listener.onState(state);
  }

  #monoNs(): bigint {
    return BigInt(Math.round(this.#options.clock.monoMs() * 1e6));
  }
}

function shownState(
  state: LinkPortState,
  lastReceivedMonoMs: number | undefined,
  nowMonoMs: number,
): Pick<LinkStatus, "state" | "because" | "retryAtMonoMs"> {
  if (state.kind === "failed" || state.kind === "lost")
    return { state: state.kind, because: state.because, retryAtMonoMs: state.retryAtMonoMs };
  const retryAtMonoMs = undefined;
  if (state.kind === "opening") return { state: "opening", because: undefined, retryAtMonoMs };
  if (lastReceivedMonoMs === undefined) return { state: "opening", because: "nothing heard yet", retryAtMonoMs };
  const isSilent = nowMonoMs - lastReceivedMonoMs > SILENT_AFTER_MS;
  return isSilent
    ? { state: "lost", because: "silent", retryAtMonoMs }
    : { state: "open", because: undefined, retryAtMonoMs };
}

/** "udp:14550", "tcp:sitl:5760", "tcpin:5760", "serial:/dev/ttyUSB0": the first part of a vehicle id. */
export function linkNameOf(uri: string): string {
  if (uri.startsWith("serial:")) return uri.replace(/^serial:(\/\/)?/, "serial:").replace(/:\d+$/, "");
  return uri
    .replace(/^udp(in|out)?:\/\//, "udp:")
    .replace(/^tcp(out)?:\/\//, "tcp:")
    .replace(/^tcpin:\/\//, "tcpin:")
    .replace("::", ":")
    .replace(/\/$/, "");
}
