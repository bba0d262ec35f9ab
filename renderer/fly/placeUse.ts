import type { Position } from "../../src/geo/position.js";
import type { FlyDesk } from "./flyDesk.js";

/** What a picked place on the coast is used for, once: the choice ends with the click. */
export function flyToPicked(desk: FlyDesk, position: Position): void {
  const use = desk.placeFor.get();
  if (use === undefined) return;
  desk.placeFor.set(undefined);
  if (use === "look") {
    desk.lookAt(position);
    return;
  }
  const heightM = desk.vehicle.get()?.position?.value.altitudeAboveHomeM;
  if (heightM === undefined) return;
  // At the height it has: a click says where, not how high.
  const height = { datum: "home", valueM: heightM } as const;
  if (use === "go-to") desk.sendTo(desk.vehicle.get()?.id, { kind: "go-to", position, height });
  else {
    const radiusM = desk.orbitRadiusM.get();
    desk.sendTo(desk.vehicle.get()?.id, { kind: "orbit", centre: position, height, radiusM, direction: "clockwise" });
  }
}
