import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { Hello } from "../../src/contract/messages.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import type { WorkspaceId } from "./workspace.js";

export type FrameKind = "none" | "simulation" | "replay";

/** Whether the recording on screen is of simulated aircraft: its own word, for the station may fly something else now. */
export const isSimulatedRecording = (document: RecordingDocument | undefined): boolean =>
  document?.vehicles.some(({ isSimulated }) => isSimulated) === true;

/** What kind of truth is on screen. A station on a training sortie shows only simulated aircraft, whatever they say. */
export function frameKindOf(shown: {
  readonly workspace: WorkspaceId;
  /** A recording is open in Review. Without one there is nothing old on screen, and what flies is as live as elsewhere. */
  readonly hasReplay: boolean;
  readonly hello: Hello | undefined;
  readonly vehicles: readonly VehicleState[];
  readonly target: VehicleId | undefined;
}): FrameKind {
  if (shown.workspace === "review" && shown.hasReplay) return "replay";
  const target = shown.vehicles.find(({ id }) => id === shown.target);
  return shown.hello?.training !== undefined || target?.isSimulated ? "simulation" : "none";
}
