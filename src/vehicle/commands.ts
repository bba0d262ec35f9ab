import type { DatumAltitude, Position } from "../geo/position.js";

/** What a pilot may ask. How it is said on the wire belongs to `src/mavlink/dialects`. */
export type VehicleCommand =
  | { readonly kind: "arm" }
  | { readonly kind: "disarm" }
  | { readonly kind: "take-off"; readonly altitudeAboveHomeM: number }
  /** Starts the uploaded mission from its first item (AUTO). Takes off by itself when the mission begins with a take-off. */
  | { readonly kind: "start-mission" }
  /** Holds position now (a fixed wing circles); a mission remembers where it was. */
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  /** The mission goes on with this item of the plan, counted from 0, home not counted. */
  | { readonly kind: "jump-to-item"; readonly item: number }
  | { readonly kind: "go-to"; readonly position: Position; readonly height: DatumAltitude }
  /** Circles a place until told otherwise; `radiusM` above 0. */
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
  /** Nose (copter) or course (fixed wing) in guided flight, true, 0 to 360. */
  | { readonly kind: "change-heading"; readonly headingDeg: number }
  | { readonly kind: "transition"; readonly to: "hover" | "forward" }
  /** A mode of `VehicleState.modes`, by its number. */
  | { readonly kind: "set-mode"; readonly customMode: number }
  | { readonly kind: "enable-fence"; readonly isEnabled: boolean }
  /** Restarts the autopilot; on the ground, disarmed. */
  | { readonly kind: "reboot" };

export type CommandKind = VehicleCommand["kind"];

/** A command as somebody gives it. */
export type CommandOrder = {
  /** Chosen by whoever gives it, and never used again: names it in status and log. */
  readonly commandId: string;
  readonly command: VehicleCommand;
  /** The person held the button, or typed the command. What is dangerous (`selectors/danger.ts`, `selectors/placeDanger.ts`) is refused without. */
  readonly isConfirmed: boolean;
};

/** Why a command is not possible now: a key of the screens' dictionary, so that both languages say it. */
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
  /** The mission on board could not be read again just before it was to be flown. */
  | "plan-not-read"
  /** What is on board now is not the plan that was verified. */
  | "plan-changed"
  /** The autopilot's own check says that it will not fly the plan. */
  | "plan-refused"
  /** On its way home or down. */
  | "coming-home"
  /** Dangerous, and nobody confirmed it. */
  | "not-confirmed"
  /** A mode flown by sticks, in the air, and the aircraft hears none. */
  | "needs-sticks"
  /** Two aircraft answer to its number on one link. */
  | "two-with-one-id";

/** Why a flight to a place is not sent before a person confirms it. */
export type PlaceQuestion =
  /** The place, the way to it or the circle round it leaves the fence that the aircraft carries. */
  | "beyond-fence"
  /** The battery would not bring it home with a reserve. */
  | "battery"
  /** Over 5 km from the aircraft or from home. */
  | "far"
  /** The fence it carries was not read, or may be another by now, and the way is long. */
  | "fence-unknown"
  /** How far the battery reaches is not known, and the way is long. */
  | "battery-unknown"
  /** It does not tell where it is. */
  | "position-unknown";

/** Why a change of height or heading is not sent before a person confirms it. */
export type FlightQuestion =
  /** It flies its mission, and would not go on with it. */
  | "leaves-mission"
  /** Over 30 m down. */
  | "descends-far"
  /** Down to less than 15 m above home. */
  | "very-low"
  /** How high it is now is not known. */
  | "height-unknown";

/** The commands that are not possible now, with the reason; a kind that is not in it may be sent. */
export type CommandAbilities = Readonly<Partial<Record<CommandKind, CommandReason>>>;

export type CommandFailure =
  /** No acknowledgement after the last retry. */
  | { readonly kind: "no-reply"; readonly attempts: number }
  /** MAV_RESULT other than accepted; `reasons` are the vehicle's own words that came with it. */
  | { readonly kind: "refused"; readonly mavResult: number; readonly reasons: readonly string[] }
  /** Accepted, but telemetry never showed the effect. */
  | { readonly kind: "no-effect"; readonly expected: string }
  /** The vehicle or its state does not allow it; nothing was sent. */
  | {
      readonly kind: "not-possible";
      readonly because: CommandReason;
      /** With "not-confirmed": what about it a person must confirm. */
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
