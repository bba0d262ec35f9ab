import { blockingChecks } from "./foldVehicleEvent.js";
import type { VehicleState, VehicleText } from "./vehicleState.js";

/** MAV_SEVERITY: 4 is a warning. */
const WARNING = 4;
/** PX4 sends a text and the event with the same meaning within this time. */
const SAME_MOMENT_MS = 2000;

/**
 * The vehicle's texts without those that PX4 also sent as an event. A text whose event has no description yet stays.
 */
export function spokenTexts(texts: readonly VehicleText[]): readonly VehicleText[] {
  return texts.filter((text) => text.isAlsoEvent !== true || !texts.some((other) => isEventOf(other, text)));
}

const isEventOf = (event: VehicleText, text: VehicleText): boolean =>
  event.event?.name !== undefined &&
  event.componentId === text.componentId &&
  event.severity === text.severity &&
  Math.abs(event.receivedAtMonoMs - text.receivedAtMonoMs) <= SAME_MOMENT_MS;

/**
 * Warnings and worse of the autopilot since an instant of the station's clock, as reasons for a user: texts (joined)
 * and events, oldest first, each once. Where an event refuses a mode, the failed checks of the last report that concern
 * it are included. Other components never count.
 */
export function reasonsSince(vehicle: VehicleState, sinceMonoMs: number): readonly string[] {
  const reported = spokenTexts(vehicle.texts).filter(
    (text) =>
      text.componentId === undefined &&
      text.severity <= WARNING &&
      text.receivedAtMonoMs >= sinceMonoMs &&
      !isBlank(text),
  );
  const reasons = reported.flatMap((text) => [text.text, ...checksOf(vehicle, text)]);
  return [...new Set(reasons)];
}

const isBlank = ({ text }: VehicleText): boolean => text.trim() === "";

function checksOf(vehicle: VehicleState, { event }: VehicleText): readonly string[] {
  const group = event?.refusedModeGroup;
  if (group === undefined) return [];
  return blockingChecks(vehicle, group === "any" ? undefined : group).map(({ text }) => text);
}
