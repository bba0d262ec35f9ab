import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { Hello } from "../../src/contract/messages.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import type { WorkspaceId } from "./workspace.js";

export type FrameKind = "none" | "simulation" | "replay";

/**
 * Whether the recording on screen is of simulated aircraft. It says so itself: the station may be flying real ones now.
 */
export const isSimulatedRecording = (document: RecordingDocument | undefined): boolean =>
  document?.vehicles.some(({ isSimulated }) => isSimulated) === true;

/**
 * Which frame is drawn round the screen: live, simulation or replay. A station running a training scenario has only
 * simulated aircraft, whatever the telemetry says.
 */
export function frameKindOf(shown: {
  readonly workspace: WorkspaceId;
  /** A recording is open in Review. Without one, Review shows live data like the other workspaces. */
  readonly hasReplay: boolean;
  readonly hello: Hello | undefined;
  readonly vehicles: readonly VehicleState[];
  readonly target: VehicleId | undefined;
}): FrameKind {
  if (shown.workspace === "review" && shown.hasReplay) return "replay";
  const target = shown.vehicles.find(({ id }) => id === shown.target);
  return shown.hello?.training !== undefined || target?.isSimulated ? "simulation" : "none";
}
