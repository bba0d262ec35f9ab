/**
 * The place that a vehicle flies to by a go-to or an orbit of this station, as far as the station can know it.
 *
 *   none ──(go-to or orbit done)──▶ flying ──(another height done)──▶ flying, at that height
 *     ▲                               │
 *     └───────────────────────────────┴─ another command sent, another mode, disarmed, lost, restarted
 *
 * A change of height is carried out as the same flight with the new height: a copter has no command for the height
 * alone, and would stop where it is. So a place that the vehicle may have left must be forgotten: it would be sent back
 * there.
 */
import { assertNever } from "../core/result.js";
import type { CommandKind, CommandOrder, VehicleCommand } from "./commands.js";
import type { HeartbeatState } from "./vehicleState.js";

/** A command that sends a vehicle to a place. */
export type GuidedCommand = Extract<VehicleCommand, { readonly kind: "go-to" | "orbit" }>;

/** `isConfirmed`: a person confirmed the place, and need not confirm it again for another height. */
export type GuidedTarget = { readonly command: GuidedCommand; readonly isConfirmed: boolean };

/** `customMode`: the mode in which it flies there. */
export type GuidedFlight = { readonly target: GuidedTarget; readonly customMode: number };

export type GuidedEvent =
  /** The first message of the command is about to be sent, from whatever screen. */
  | { readonly kind: "command-sent"; readonly command: VehicleCommand }
  /** `target`: `guidedTargetOf` the order when it was sent. */
  | {
      readonly kind: "command-done";
      readonly target: GuidedTarget | undefined;
      readonly customMode: number | undefined;
    }
  | { readonly kind: "command-failed"; readonly command: VehicleCommand }
  | { readonly kind: "heartbeat"; readonly heartbeat: HeartbeatState }
  /** It is lost or has restarted: where it flies to meanwhile is not known. */
  | { readonly kind: "vehicle-lost" };

/** Commands that leave the vehicle on its way. */
const KEEPS_TARGET: ReadonlySet<CommandKind> = new Set<CommandKind>([
  "change-altitude",
  "change-speed",
  "enable-fence",
  "arm",
]);

/** The place that an order sends the vehicle to: its own, or for a change of height the one it flies to already. */
export function guidedTargetOf(
  { command, isConfirmed }: Pick<CommandOrder, "command" | "isConfirmed">,
  target: GuidedTarget | undefined,
): GuidedTarget | undefined {
  if (command.kind === "go-to" || command.kind === "orbit") return { command, isConfirmed };
  if (command.kind !== "change-altitude" || target === undefined) return undefined;
  return { ...target, command: { ...target.command, height: command.height } };
}

export function stepGuidedFlight(flight: GuidedFlight | undefined, event: GuidedEvent): GuidedFlight | undefined {
  switch (event.kind) {
    case "command-sent":
      return KEEPS_TARGET.has(event.command.kind) ? flight : undefined;
    case "command-done":
      if (!event.target) return flight;
      return event.customMode === undefined ? undefined : { target: event.target, customMode: event.customMode };
    case "command-failed":
      // Whether it still flies there is not known: part of the command may have been carried out.
      return event.command.kind === "change-altitude" ? undefined : flight;
    case "heartbeat":
      return flight && isFlown(flight, event.heartbeat) ? flight : undefined;
    case "vehicle-lost":
      return undefined;
    default:
      return assertNever(event);
  }
}

/** The number, not the name: BRAKE, LOITER and every mode that is yet to come end the flight as well. */
const isFlown = ({ customMode }: GuidedFlight, heartbeat: HeartbeatState): boolean =>
  heartbeat.isArmed && heartbeat.customMode === customMode;
