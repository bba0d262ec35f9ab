import type { AirframeKind, VehicleState } from "../../vehicle/vehicleState.js";
import { ARDUPILOT_COPTER, ARDUPILOT_PLANE, ARDUPILOT_QUADPLANE } from "./ardupilot.js";
import type { Dialect } from "./dialect.js";
import { PX4_COPTER, PX4_PLANE, PX4_VTOL } from "./px4.js";

type ByAirframe = Readonly<Partial<Record<AirframeKind, Dialect>>>;
const ARDUPILOT: ByAirframe = { copter: ARDUPILOT_COPTER, plane: ARDUPILOT_PLANE, vtol: ARDUPILOT_QUADPLANE };
const PX4: ByAirframe = { copter: PX4_COPTER, plane: PX4_PLANE, vtol: PX4_VTOL };

/** Undefined for autopilots and airframes that this station does not command but only displays. */
export function dialectOf({ autopilot, airframe }: Pick<VehicleState, "autopilot" | "airframe">): Dialect | undefined {
  if (autopilot === "ardupilot") return ARDUPILOT[airframe];
  return autopilot === "px4" ? PX4[airframe] : undefined;
}
