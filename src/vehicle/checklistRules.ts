import type { AutomaticCheck, Checklist } from "./checklist.js";
import type { AircraftPlan } from "./transfers.js";
import type { VehicleState } from "./vehicleState.js";

/** What the automatic checks look at, beside the vehicle's own state. */
type CheckFacts = {
  readonly vehicle: VehicleState;
  readonly isLost: boolean;
  readonly aircraftPlan: AircraftPlan;
  readonly isRecording: boolean;
};

/** A full pack rests a few per cent under 100. */
const CHARGED_FRACTION = 0.9;
const FIX_3D = 3;
/** MAV_SYS_STATUS_GEOFENCE, https://mavlink.io/en/messages/common.html#MAV_SYS_STATUS_SENSOR */
const GEOFENCE_BIT = 0x100000;

const RULES: Readonly<Record<AutomaticCheck, (facts: CheckFacts) => boolean>> = {
  "link-live": ({ isLost }) => !isLost,
  "position-fixed": ({ vehicle }) => vehicle.position !== undefined && (vehicle.gps?.value.fixType ?? 0) >= FIX_3D,
  "battery-charged": ({ vehicle }) => (vehicle.battery?.value.remainingFraction ?? 0) >= CHARGED_FRACTION,
  "plan-verified": ({ aircraftPlan }) => aircraftPlan.kind === "verified",
  "fence-enabled": ({ vehicle }) => ((vehicle.health?.value.enabledBits ?? 0) & GEOFENCE_BIT) !== 0,
  "autopilot-ready": ({ vehicle }) =>
    vehicle.health !== undefined && vehicle.health.value.prearmOk !== false && vehicle.prearmReasons.length === 0,
  recording: ({ isRecording }) => isRecording,
};

/** True when telemetry shows it now. What is not known does not pass. */
const isCheckPassed = (check: AutomaticCheck, facts: CheckFacts): boolean => RULES[check](facts);

/** Until the crew writes its own: what the station can see by itself, and it blocks nothing. */
export const FIRST_CHECKLIST: Checklist = {
  isBlocking: false,
  items: (["link-live", "position-fixed", "battery-charged", "autopilot-ready", "plan-verified"] as const).map(
    (automatic) => ({ id: automatic, text: "", automatic }),
  ),
};

/** The items that count as done: ticked by hand, or seen. In the checklist's order. */
export const doneIdsOf = (checklist: Checklist, tickedIds: ReadonlySet<string>, facts: CheckFacts): readonly string[] =>
  checklist.items
    .filter(({ id, automatic }) => (automatic === undefined ? tickedIds.has(id) : isCheckPassed(automatic, facts)))
    .map(({ id }) => id);

export const isComplete = (checklist: Checklist, doneIds: readonly string[]): boolean =>
  checklist.items.every(({ id }) => doneIds.includes(id));
