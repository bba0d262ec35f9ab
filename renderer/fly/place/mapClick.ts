import type { Position } from "../../../src/geo/position.js";
import type { FlyViewStore } from "../flyViewStore.js";

/**
 * Uses a click on the map once, by the current click mode, and ends that mode; without one it tells about the place. Sends nothing to the aircraft except for
 * "look".
 */
export function applyMapClick(flyView: FlyViewStore, position: Position): void {
  const use = flyView.mapClickMode.get();
  if (use === undefined) {
    flyView.pinnedPlace.set(position);
    return;
  }
  flyView.mapClickMode.set(undefined);
  if (use === "look") {
    flyView.lookAt(position);
    return;
  }
  const vehicle = flyView.vehicle.get();
  const heightAboveHomeM = vehicle?.position?.value.altitudeAboveHomeM;
  if (!vehicle || heightAboveHomeM === undefined) return;
  // At the aircraft's present height: a click gives a place, not a height.
  const radiusM = flyView.orbitRadiusM.get();
  flyView.previewed.set({ use, vehicleId: vehicle.id, position, heightAboveHomeM, radiusM });
}
