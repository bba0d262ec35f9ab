import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";

/** A training's sea, or that of a simulated aircraft in hand: it has no tide, its edge is the coast's line. */
export function useIsSeaSimulated(): boolean {
  const station = useStation();
  const isTraining = useLatest(station.hello, (hello) => hello?.training !== undefined);
  const isVehicleSimulated = useLatest(station.vehicles, (vehicles) =>
    vehicles.some(({ id, isSimulated }) => id === station.target.get() && isSimulated),
  );
  return isTraining || isVehicleSimulated;
}
