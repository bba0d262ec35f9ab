import type { DatumAltitude, Position } from "../geo/position.js";
import type { FlightPhase } from "./vehicleState.js";

/** The commands a user can give. How they become MAVLink messages is in `src/mavlink/dialects`. */
export type VehicleCommand =
  | { readonly kind: "arm" }
  | { readonly kind: "disarm" }
  | { readonly kind: "take-off"; readonly altitudeAboveHomeM: number }
  /** Starts the uploaded mission from its first item (AUTO). Includes the take-off when the mission begins with one. */
  | { readonly kind: "start-mission" }
  /** Holds the present position (a fixed wing circles); the mission remembers its current item. */
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  /** The mission continues with this item of the plan, counted from 0 without home. */
  | { readonly kind: "jump-to-item"; readonly item: number }
  | { readonly kind: "go-to"; readonly position: Position; readonly height: DatumAltitude }
  /** Circles a position until another command; `radiusM` above 0. */
  | {
      readonly kind: "orbit";
      readonly centre: Position;
      readonly height: DatumAltitude;
      readonly radiusM: number;
      readonly direction: "clockwise" | "counter-clockwise";
    }
  | { readonly kind: "return" }
  | { readonly kind: "land" }
  | { readonly kind: "change-speed"; readonly speedKind: "air" | "ground"; readonly speedMps: number }
  | { readonly kind: "change-altitude"; readonly height: DatumAltitude }
  /** Heading (copter) or course (fixed wing) in guided flight, degrees true, 0 to 360. */
  | { readonly kind: "change-heading"; readonly headingDeg: number }
  | { readonly kind: "transition"; readonly to: "hover" | "forward" }
  /** Sets one of `VehicleState.modes` by its number. */
  | { readonly kind: "set-mode"; readonly customMode: number }
  | { readonly kind: "enable-fence"; readonly isEnabled: boolean }
  /** Restarts the autopilot; only on the ground and disarmed. */
  | { readonly kind: "reboot" };

export type CommandKind = VehicleCommand["kind"];

/** A command together with its id and confirmation. */
export type CommandOrder = {
  /** Unique, chosen by the sender: names the command in status and log. */
  readonly commandId: string;
  readonly command: VehicleCommand;
  /**
   * The user held the button, or typed the command. Without it a dangerous command (`selectors/danger.ts`,
   * `selectors/placeDanger.ts`) is refused.
   */
  readonly isConfirmed: boolean;
};

/** Why a command is not possible now: a key of the screens' dictionary, which has the text in both languages. */
export type CommandReason =
  | "no-heartbeat"
  | "watched-only"
  | "armed"
  | "disarmed"
  | "arm-first"
  | "airborne"
  | "on-ground"
  | "not-verified"
  | "height-not-above-home"
  | "takes-off-by-mission"
  | "lands-by-mission"
  | "mission-running"
  | "not-paused"
  | "no-position"
  | "no-home"
  | "not-a-vtol"
  | "hovers-already"
  | "flies-forward-already"
  | "in-transition"
  | "needs-hover"
  | "needs-forward-flight"
  | "datum-not-understood"
  | "mode-unknown"
  /** This kind of autopilot or airframe has no such command. */
  | "not-by-this-autopilot"
  | "checklist-open"
  | "high-latency-link"
  /** The mission on board could not be read again right before flying it. */
  | "plan-not-read"
  /** The mission on board differs from the plan that was verified. */
  | "plan-changed"
  /** The autopilot's own check refuses to fly the plan. */
  | "plan-refused"
  /** The same was requested and is not acknowledged yet: which of the two an acknowledgement answers could not be known. */
  | "asked-already"
  /** It is returning or landing. */
  | "coming-home"
  /** It is dangerous and was not confirmed by a person. */
  | "not-confirmed"
  /** The mode is flown by sticks, the aircraft is in the air, and it receives no pilot's radio. */
  | "needs-sticks"
  /** Two aircraft use this system id on one link. */
  | "two-with-one-id";

/** Why a flight to a position needs a person's confirmation. */
export type PlaceQuestion =
  /** The target, the way to it or the circle round it lies outside the fence on board. */
  | "beyond-fence"
  /** The battery would not be enough to return home with a reserve. */
  | "battery"
  /** The target is over 5 km from the aircraft or from home. */
  | "far"
  /** The way is long, and the fence on board was not read or may have changed. */
  | "fence-unknown"
  /** The way is long, and how far the battery lasts is not known. */
  | "battery-unknown"
  /** The aircraft's own position is not known. */
  | "position-unknown";

/** Why a change of height or heading needs a person's confirmation. */
export type FlightQuestion =
  /** It flies its mission, which the command would end. */
  | "leaves-mission"
  /** It would descend by over 30 m. */
  | "descends-far"
  /** It would descend to less than 15 m above home. */
  | "very-low"
  /** Its present height is not known. */
  | "height-unknown";

/** The commands that are not possible now, with the reason; kinds that are absent may be sent. */
export type CommandAbilities = Readonly<Partial<Record<CommandKind, CommandReason>>>;

/** What telemetry should have shown. */
export type ExpectedEffect =
  | { readonly kind: "mode"; readonly modeName: string; readonly isArmed?: true }
  | { readonly kind: "armed"; readonly isArmed: boolean }
  | { readonly kind: "above"; readonly altitudeAboveHomeM: number }
  | { readonly kind: "mission-item"; readonly seq: number }
  /** Any of these. */
  | { readonly kind: "vtol"; readonly vtol: readonly NonNullable<FlightPhase["vtol"]>[] };

export type CommandFailure =
  /** No acknowledgement after the last retry. */
  | { readonly kind: "no-reply"; readonly attempts: number }
  /** MAV_RESULT other than accepted; `reasons` are the texts that the vehicle sent with it. */
  | { readonly kind: "refused"; readonly mavResult: number; readonly reasons: readonly string[] }
  /** Accepted, but telemetry never showed the effect. `expected`: it in English; `effect` is absent in older recordings. */
  | { readonly kind: "no-effect"; readonly expected: string; readonly effect?: ExpectedEffect }
  /** The vehicle's type or state does not allow it; nothing was sent. */
  | {
      readonly kind: "not-possible";
      readonly because: CommandReason;
      /** With "not-confirmed": what a person must confirm. */
      readonly asks?: readonly (FlightQuestion | PlaceQuestion)[];
    }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "busy"; readonly with: CommandKind }
  | { readonly kind: "cancelled" };

/** `idle → pending → done | failed`. Arming and mode changes are done when telemetry shows them, not at the ack. */
export type CommandStatus =
  | { readonly phase: "pending"; readonly attempt: number; readonly progressFraction: number | undefined }
  | { readonly phase: "done" }
  | { readonly phase: "failed"; readonly failure: CommandFailure };
