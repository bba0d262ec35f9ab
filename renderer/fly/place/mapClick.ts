import type { Position } from "../../../src/geo/position.js";
import type { FlyViewStore } from "../flyViewStore.js";

/** What a picked place on the coast is used for, once: the choice ends with the click. Nothing is sent by it. */
export function applyMapClick(flyView: FlyViewStore, position: Position): void {
  const use = flyView.mapClickMode.get();
  if (use === undefined) return;
  flyView.mapClickMode.set(undefined);
  if (use === "look") {
    flyView.lookAt(position);
    return;
  }
  const vehicle = flyView.vehicle.get();
  const heightAboveHomeM = vehicle?.position?.value.altitudeAboveHomeM;
  if (!vehicle || heightAboveHomeM === undefined) return;
  // At the height it has: a click says where, not how high.
  flyView.ghost.set({ use, vehicleId: vehicle.id, position, heightAboveHomeM, radiusM: flyView.orbitRadiusM.get() });
}
