import type { Draft } from "./autopilotState.js";
import type { Peer, StoredItem } from "./missionItem.js";
import type { Locate } from "./missionRunner.js";
import type { Telemetry } from "./streams.js";

/** A COMMAND_LONG or COMMAND_INT. */
export type Command = {
  readonly from: Peer;
  readonly command: number;
  readonly form: "long" | "int";
  /** param1..param7; the INT form's x and y as they came, in degE7. */
  readonly params: readonly [number, number, number, number, number, number, number];
  /** The INT form's place, its frame reduced to 0 (above sea level) and 3 (above home); undefined for LONG or a bad frame. */
  readonly target: StoredItem | undefined;
  /** MAV_FRAME of the INT form. */
  readonly frame: number | undefined;
};

/** Message numbers → telemetry this aircraft can send; from the wire. */
type TelemetryOf = (messageId: number) => Telemetry | undefined;
export type CommandTools = {
  readonly locate: Locate;
  readonly telemetryOf: TelemetryOf;
  /** Above the navigation origin, of a height above sea level. */
  readonly upMOfAmsl: (altitudeAmslM: number) => number;
};

/** MAV_RESULT. */
export const RESULT = { accepted: 0, temporarilyRejected: 1, denied: 2, unsupported: 3, failed: 4 } as const;

export type Handler = (draft: Draft, command: Command, tools: CommandTools) => number;
export type Handlers = Readonly<Record<number, Handler>>;
