import type { ReceivedMessage, WireMessage } from "../wire/mavlinkCodec.js";

/**
 * A part of the aircraft that speaks for itself and does not fly: parameters, files, logs, payload. It is asked before
 * the autopilot; what it claims the autopilot does not hear. It looks itself whom a message is for.
 */
export type Service = {
  /** What to answer, or undefined when the message is not for this service. */
  readonly receive: (message: ReceivedMessage, nowMs: number) => readonly WireMessage[] | undefined;
  /** What to say of its own accord; called at 50 Hz of simulated time. */
  readonly tick: (nowMs: number) => readonly WireMessage[];
  /** True for a transfer: what it says in `tick` goes to the port it was asked on last. False: wherever streams go. */
  readonly repliesToSender?: boolean;
  /** Whether the aircraft may say this now; every message of autopilot and services alike is asked about. True without it. */
  readonly permits?: (message: WireMessage) => boolean;
};
