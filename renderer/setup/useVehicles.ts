import { useCallback } from "react";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { useTick } from "../app/useTick.js";
import { useLatest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { vehicleColour, vehicleName } from "../panels/vehicleIdentity.js";
import { isVehicleLost } from "../panels/freshness.js";
import { setupStore } from "./setupStore.js";
import { isArmed } from "../../src/vehicle/selectors/airborne.js";
import type { TextKey } from "../app/dictionary.js";

/** The facts of a vehicle that these pages show. They change rarely, so telemetry batches cause no re-render. */
export type VehicleFacts = {
  readonly id: VehicleId;
  readonly systemId: number;
  readonly name: string;
  readonly colour: string;
  readonly linkName: string;
  readonly isArmed: boolean;
  readonly isLost: boolean;
  readonly isTarget: boolean;
  readonly hardwareId: string | undefined;
};

function factsOf(station: StationStore): readonly VehicleFacts[] {
  const nowMonoMs = station.clock.stationMonoMsNow();
  const target = station.target.get();
  return station.vehicles.get().map((vehicle) => ({
    id: vehicle.id,
    systemId: vehicle.systemId,
    name: vehicleName(vehicle),
    colour: vehicleColour(vehicle.systemId),
    linkName: vehicle.linkName,
    isArmed: isArmed(vehicle) === true,
    isLost: isVehicleLost(vehicle, nowMonoMs),
    isTarget: vehicle.id === target,
    hardwareId: vehicle.version?.uid,
  }));
}

/** All vehicles, in the station's order. */
export function useVehicles(): readonly VehicleFacts[] {
  const station = useStation();
  return useTick(useCallback(() => factsOf(station), [station]));
}

/** The vehicle shown in Setup: the one chosen here, else the target. */
export function useShownVehicle(): VehicleFacts | undefined {
  const station = useStation();
  const vehicles = useVehicles();
  const chosen = useLatest(useStore(setupStore).chosen, (id) => id);
  const target = useLatest(station.target, (id) => id);
  return vehicles.find(({ id }) => id === chosen) ?? vehicles.find(({ id }) => id === target) ?? vehicles[0];
}

/** Why the vehicle cannot be asked now, as a dictionary key; undefined when it can. */
export function useUnreachable(vehicle: VehicleFacts | undefined): TextKey | undefined {
  const isStationOpen = useLatest(useStation().connection, (state) => state === "open");
  if (!isStationOpen) return "setup.because.station-lost";
  if (!vehicle) return "setup.because.no-vehicle";
  return vehicle.isLost ? "setup.because.vehicle-lost" : undefined;
}
