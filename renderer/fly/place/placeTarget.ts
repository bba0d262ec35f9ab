/** A place that was picked on the coast, and the command that it becomes. */
import type { Position } from "../../../src/geo/position.js";
import type { GuidedCommand } from "../../../src/vehicle/guidedTarget.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";

/** A place picked for one aircraft: shown as a preview until it is sent or cancelled. */
export type PlaceTarget = {
  readonly use: "go-to" | "orbit";
  readonly vehicleId: VehicleId;
  readonly position: Position;
  readonly heightAboveHomeM: number;
  /** For orbits only. */
  readonly radiusM: number;
};

export const commandOf = ({ use, position, heightAboveHomeM, radiusM }: PlaceTarget): GuidedCommand => {
  const height = { datum: "home", valueM: heightAboveHomeM } as const;
  return use === "go-to"
    ? { kind: "go-to", position, height }
    : { kind: "orbit", centre: position, height, radiusM, direction: "clockwise" };
};
