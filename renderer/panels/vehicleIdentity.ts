import type { VehicleState } from "../../src/vehicle/vehicleState.js";

/** "SIM-1": the name shown. Simulated aircraft never share a name with real ones. */
export const vehicleName = ({ systemId, isSimulated }: Pick<VehicleState, "systemId" | "isSimulated">): string =>
  `${isSimulated ? "SIM" : "DRONE"}-${systemId}`;

const COUNT_OF_COLOURS = 4;

/**
 * The colour of its strip and of every confirmation, as a theme token (fly.css). Neither amber nor magenta, which have
 * meanings of their own (SCREENS.md, principle 2).
 */
export const vehicleColour = (systemId: number): string =>
  `var(--vehicle-${(systemId - 1 + COUNT_OF_COLOURS * 64) % COUNT_OF_COLOURS})`;
