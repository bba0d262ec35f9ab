import type { AutomaticCheck, Checklist } from "./checklist.js";
import type { AircraftPlan } from "./transfers.js";
import type { VehicleState } from "./vehicleState.js";

/** What automatic checks need besides the vehicle's state. */
type CheckFacts = {
  readonly vehicle: VehicleState;
  readonly isLost: boolean;
  readonly aircraftPlan: AircraftPlan;
  readonly isRecording: boolean;
};

/** A full battery at rest reports a few per cent under 100. */
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

/** True when telemetry shows it now; false when it is unknown. */
const isCheckPassed = (check: AutomaticCheck, facts: CheckFacts): boolean => RULES[check](facts);

/** Used until the crew writes its own: only automatic checks, and it blocks no command. */
export const FIRST_CHECKLIST: Checklist = {
  isBlocking: false,
  items: (["link-live", "position-fixed", "battery-charged", "autopilot-ready", "plan-verified"] as const).map(
    (automatic) => ({ id: automatic, text: "", automatic }),
  ),
};

/** The items that are done: ticked by a person or found true by the station. In the checklist's order. */
export const doneIdsOf = (checklist: Checklist, tickedIds: ReadonlySet<string>, facts: CheckFacts): readonly string[] =>
  checklist.items
    .filter(({ id, automatic }) => (automatic === undefined ? tickedIds.has(id) : isCheckPassed(automatic, facts)))
    .map(({ id }) => id);

export const isComplete = (checklist: Checklist, doneIds: readonly string[]): boolean =>
  checklist.items.every(({ id }) => doneIds.includes(id));
