import type { VehicleState } from "../../vehicle/vehicleState.js";

/** "SIM-1", "DRONE-1": the vehicle's name for people, the same as on the screens. */
export const vehicleNameOf = ({ systemId, isSimulated }: Pick<VehicleState, "systemId" | "isSimulated">): string =>
  `${isSimulated ? "SIM" : "DRONE"}-${systemId}`;
