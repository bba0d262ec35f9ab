import type { StationFailure } from "../../src/contract/failures.js";
import type { Position } from "../../src/geo/position.js";
import type { PayloadCommand } from "../../src/vehicle/payload.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";

/** Gimbal and camera commands of the target. */
export type PayloadStore = {
  /** The failure of the last command; undefined when it succeeded. */
  readonly payloadFailure: Latest<StationFailure | undefined>;
  readonly sendPayload: (command: PayloadCommand) => void;
  /** Points the first gimbal at a place on the ground. */
  readonly lookAt: (position: Position) => void;
};

export function createPayloadStore(station: StationStore, vehicle: Latest<VehicleState | undefined>): PayloadStore {
  const payloadFailure = new Latest<StationFailure | undefined>(undefined);
  const sendPayload = (command: PayloadCommand): void => {
    const vehicleId = station.target.get();
    if (vehicleId === undefined) return;
    payloadFailure.set(undefined);
    void station.request({ kind: "payload-command", vehicleId, command }).then((reply) => {
      if (!reply.ok) payloadFailure.set(reply.error);
    });
  };
  const lookAt = (position: Position): void => {
    const target = station.target.get();
    const gimbal = target === undefined ? undefined : station.services.payloads.get().get(target)?.gimbals[0];
    if (!gimbal) return;
    // At sea the ground is at sea level; on the beach the height of home is the best known value.
    const heightAmslM = vehicle.get()?.home?.value.altitudeAmslM ?? 0;
    sendPayload({ kind: "gimbal-place", gimbalId: gimbal.id, position, heightAmslM });
  };
  return { payloadFailure, sendPayload, lookAt };
}
