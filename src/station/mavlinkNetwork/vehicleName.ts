import type { VehicleState } from "../../vehicle/vehicleState.js";

/** "SIM-1", "DRONE-1": what a person calls it, as the screens do. */
export const vehicleNameOf = ({ systemId, isSimulated }: Pick<VehicleState, "systemId" | "isSimulated">): string =>
  `${isSimulated ? "SIM" : "DRONE"}-${systemId}`;
