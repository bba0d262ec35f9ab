import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { ParamEncoding } from "../protocols/params/paramWire.js";
import { autopilotOf } from "./autopilots.js";
import type { Dialect } from "./dialect.js";

/** Undefined for autopilots and airframes that this station does not command but only displays. */
export const dialectOf = ({ autopilot, airframe }: Pick<VehicleState, "autopilot" | "airframe">): Dialect | undefined =>
  autopilotOf(autopilot)?.dialects[airframe];

/** Of an autopilot that is not known, as most do it. */
export const paramEncodingOf = ({ autopilot }: Pick<VehicleState, "autopilot">): ParamEncoding =>
  autopilotOf(autopilot)?.paramEncoding ?? "c-cast";
