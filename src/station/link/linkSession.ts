import type { Subscription } from "rxjs";
import type { Clock } from "../../core/clock.js";
import type { LinkStatus } from "../../contract/messages.js";
import type { LinkPort, LinkPortState } from "../../io/linkPort.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { OWN_ADDRESS, timesyncAnswer, timesyncRequest, timesyncRoundTripMs } from "../../mavlink/outgoing.js";
import { createReader } from "../../mavlink/reader.js";
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

export type LinkSessionOptions = {
  readonly name: string;
  readonly port: LinkPort;
  readonly clock: Clock;
  readonly onFrame: (link: LinkSession, frame: MavlinkFrame) => void;
  /** Every frame that went out, as sent. */
  readonly onSent: (bytes: Uint8Array) => void;
  readonly onState: (state: LinkPortState) => void;
};

/** MAVLink over one wire: frames in, messages out, and honest counts. */
export function openLinkSession(options: LinkSessionOptions): LinkSession {
  const { port, clock } = options;
  const reader = createReader({ isDatagram: port.isDatagram });
  const messageRate = new RateMeter();
  const lossMeter = new RateMeter(10_000);
  const heardMeter = new RateMeter(10_000);
  let seq = 0;
  let hasHeardV2 = false;
  let hasHeardV1 = false;
  let lastHeardMonoMs: number | undefined;
  let roundTripMs: number | undefined;
  let portState: LinkPortState = { kind: "opening" };

  const send = (message: OutgoingMessage): void => {
    // A radio that only ever spoke MAVLink 1 may know no other; silence is met with 2, which every autopilot accepts.
    const version = hasHeardV1 && !hasHeardV2 ? 1 : 2;
    const bytes = encodeFrame({ ...message, ...OWN_ADDRESS, seq, version });
    seq = (seq + 1) & 0xff;
    port.send(bytes);
    options.onSent(bytes);
  };
  const monoNs = (): bigint => BigInt(Math.round(clock.monoMs() * 1e6));
  const onTimesync = (frame: MavlinkFrame): void => {
    const answer = timesyncAnswer(frame, monoNs());
    if (answer) send(answer);
    const tripMs = timesyncRoundTripMs(frame, monoNs());
    if (tripMs === undefined) return;
    roundTripMs = roundTripMs === undefined ? tripMs : roundTripMs + (tripMs - roundTripMs) * ROUND_TRIP_WEIGHT;
  };
  const onFrame = (frame: MavlinkFrame): void => {
    lastHeardMonoMs = clock.monoMs();
    if (frame.version === 1) hasHeardV1 = true;
    else hasHeardV2 = true;
    if (frame.name === "TIMESYNC") onTimesync(frame);
    options.onFrame(session, frame);
  };
  const status = (): LinkStatus => {
    const nowMonoMs = clock.monoMs();
    const { counters } = reader;
    const lost = lossMeter.grownBy(counters.lost, nowMonoMs).count;
    const heard = heardMeter.grownBy(counters.messages, nowMonoMs).count;
    return {
      name: options.name,
      uri: port.uri,
      ...shownState(portState, lastHeardMonoMs, nowMonoMs),
      messagesPerS: messageRate.perS(counters.messages, nowMonoMs),
      lossFraction: lost + heard > 0 ? Math.max(0, lost / (lost + heard)) : 0,
      countOfMessages: counters.messages,
      countOfLost: counters.lost,
      countOfBadChecksums: counters.badChecksums,
      countOfUnknownIds: counters.unknownIds,
      countOfGarbageBytes: counters.garbageBytes,
      roundTripMs,
      lastHeardMonoMs,
    };
  };
  const session: LinkSession = {
    name: options.name,
    send,
    sendTimesync: () => {
      if (lastHeardMonoMs !== undefined) send(timesyncRequest(monoNs()));
    },
    status,
    dispose: async () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      await port.dispose();
    },
  };
  const subscriptions: readonly Subscription[] = [
    port.chunks$.subscribe((chunk) => reader.push(chunk, onFrame)),
    port.state$.subscribe((state) => {
      portState = state;
      options.onState(state);
    }),
  ];
  return session;
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
