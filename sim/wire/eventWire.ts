import type { SentEvent } from "../autopilot/px4Events.js";
import type { WireMessage } from "./mavlinkCodec.js";

const ARGUMENT_BYTES = 40;

/** An event as PX4 sends it, as a broadcast. */
export function eventMessage({ id, sequence, timeBootMs, logLevels, bytes }: SentEvent): WireMessage {
  const padded = Array.from({ length: ARGUMENT_BYTES }, (_, i) => bytes[i] ?? 0);
  return { name: "EVENT", fields: { id, sequence, eventTimeBootMs: timeBootMs, logLevels, arguments: padded } };
}
