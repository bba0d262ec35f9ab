import type { VehicleState } from "../../src/vehicle/vehicleState.js";

/** "SIM-1": what a person calls it. Simulated aircraft never share a name with real ones. */
export const vehicleName = ({ systemId, isSimulated }: Pick<VehicleState, "systemId" | "isSimulated">): string =>
  `${isSimulated ? "SIM" : "DRONE"}-${systemId}`;

const COUNT_OF_COLOURS = 4;

/**
 * The colour that edges its strip and every confirm, as a token of the theme (fly.css). Neither amber nor magenta: those
 * have meanings (SCREENS.md, principle 2).
 */
export const vehicleColour = (systemId: number): string =>
  `var(--vehicle-${(systemId - 1 + COUNT_OF_COLOURS * 64) % COUNT_OF_COLOURS})`;
