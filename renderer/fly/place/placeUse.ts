import type { Position } from "../../../src/geo/position.js";
import type { FlyDesk } from "../flyDesk.js";

/** What a picked place on the coast is used for, once: the choice ends with the click. Nothing is sent by it. */
export function takePickedPlace(desk: FlyDesk, position: Position): void {
  const use = desk.placeFor.get();
  if (use === undefined) return;
  desk.placeFor.set(undefined);
  if (use === "look") {
    desk.lookAt(position);
    return;
  }
  const vehicle = desk.vehicle.get();
  const heightAboveHomeM = vehicle?.position?.value.altitudeAboveHomeM;
  if (!vehicle || heightAboveHomeM === undefined) return;
  // At the height it has: a click says where, not how high.
  desk.ghost.set({ use, vehicleId: vehicle.id, position, heightAboveHomeM, radiusM: desk.orbitRadiusM.get() });
}
