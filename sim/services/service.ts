import type { ReceivedMessage, WireMessage } from "../wire/mavlinkCodec.js";

/**
 * A part of the aircraft with a protocol of its own that does not fly: parameters, files, logs, payload. It gets messages before the
 * autopilot, which does not get those it claims. Each service checks the target ids itself.
 */
export type Service = {
  /** The replies; undefined when the message is not for this service. */
  readonly receive: (message: ReceivedMessage, nowMs: number) => readonly WireMessage[] | undefined;
  /** Messages to send unasked; called at 50 Hz of simulated time. */
  readonly tick: (nowMs: number) => readonly WireMessage[];
  /** True for a transfer: output of `tick` goes to the port of the last request. False: to all ports with streams. */
  readonly repliesToSender?: boolean;
  /** Whether the aircraft may send this message now; asked for every message of autopilot and services. Default: true. */
  readonly permits?: (message: WireMessage) => boolean;
};
