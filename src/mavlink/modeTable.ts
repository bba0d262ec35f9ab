import type { VehicleEventBody, VehicleIdentity } from "../vehicle/events.js";
import { modeTableOf } from "./dialects/modeNames.js";

/** The modes of this kind of vehicle. Always the same arrays, so that folding them again leaves the state unchanged. */
export const modeTableFor = ({ autopilot, airframe }: VehicleIdentity): VehicleEventBody => ({
  kind: "mode-table",
  modes: modeTableOf(autopilot, airframe),
  vtolModes: modeTableOf(autopilot, airframe === "plane" ? "vtol" : airframe),
});
