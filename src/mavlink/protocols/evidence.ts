import { assertNever } from "../../core/result.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { Evidence } from "./commandStep.js";

export function isShown(evidence: Evidence, vehicle: VehicleState): boolean {
  switch (evidence.kind) {
    case "none":
      return true;
    case "mode":
      return vehicle.heartbeat?.value.customMode === evidence.customMode;
    case "armed":
      return vehicle.heartbeat?.value.isArmed === evidence.isArmed;
    case "above":
      return (vehicle.position?.value.altitudeAboveHomeM ?? Number.NEGATIVE_INFINITY) >= evidence.altitudeAboveHomeM;
    default:
      return assertNever(evidence);
  }
}

/** For the failure "accepted, but telemetry never showed …". */
export function describeEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case "none":
      return "acknowledged";
    case "mode":
      return `mode ${evidence.modeName}`;
    case "armed":
      return evidence.isArmed ? "armed" : "disarmed";
    case "above":
      return `above ${evidence.altitudeAboveHomeM} m`;
    default:
      return assertNever(evidence);
  }
}
