import type { VehicleState } from "../../src/vehicle/vehicleState.js";

/** "SIM-1": what a person calls it. Simulated aircraft never share a name with real ones. */
export const vehicleName = ({ systemId, isSimulated }: Pick<VehicleState, "systemId" | "isSimulated">): string =>
  `${isSimulated ? "SIM" : "DRONE"}-${systemId}`;

// Neither red nor amber nor magenta: those have meanings (SCREENS.md, principle 2). Day shades are darker.
const COLOURS = ["#4cc9f0", "#7ee0b5", "#b3a7ff", "#f2e6a0"];

/** The colour that edges its strip and every confirm. */
export const vehicleColour = (systemId: number): string =>
  COLOURS[(systemId - 1 + COLOURS.length * 64) % COLOURS.length] ?? "#4cc9f0";
