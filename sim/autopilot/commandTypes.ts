import type { Draft } from "./autopilotState.js";
import type { Peer, StoredItem } from "./missionItem.js";
import type { Locate } from "./missionRunner.js";
import type { Telemetry } from "./streams.js";

/** A COMMAND_LONG or COMMAND_INT. */
export type Command = {
  readonly from: Peer;
  readonly command: number;
  readonly form: "long" | "int";
  /** param1..param7; for the INT form x and y unconverted, in degE7. */
  readonly params: readonly [number, number, number, number, number, number, number];
  /** Position of the INT form, frame reduced to 0 (AMSL) or 3 (above home); undefined for LONG or an unsupported frame. */
  readonly target: StoredItem | undefined;
  /** MAV_FRAME of the INT form. */
  readonly frame: number | undefined;
};

/** From a message id to telemetry that this aircraft can send; provided by `sim/wire`. */
type TelemetryOf = (messageId: number) => Telemetry | undefined;
export type CommandTools = {
  readonly locate: Locate;
  readonly telemetryOf: TelemetryOf;
  /** Converts an AMSL height to a height above the navigation origin. */
  readonly upMOfAmsl: (altitudeAmslM: number) => number;
};

export type Handler = (draft: Draft, command: Command, tools: CommandTools) => number;
export type Handlers = Readonly<Record<number, Handler>>;
