import type { AirframeKind, AutopilotKind, FlightMode } from "../../vehicle/vehicleState.js";
import type { ParamEncoding } from "../protocols/params/paramWire.js";
import type { Dialect } from "./dialect.js";
import type { ModeNames } from "./modeList.js";

/** One autopilot: how it is recognised, its modes, and how it wants MAVLink on each airframe. */
export type Autopilot = {
  readonly kind: AutopilotKind;
  /** MAV_AUTOPILOT number in its heartbeat. */
  readonly mavAutopilot: number;
  /** Airframes without an entry are displayed and not commanded. */
  readonly dialects: Readonly<Partial<Record<AirframeKind, Dialect>>>;
  /**
   * The modes by airframe. An autopilot that `vehicle/selectors/mission.ts` does not know says here what each is for
   * (`FlightMode.uses`).
   */
  readonly modes: Readonly<Record<AirframeKind, readonly FlightMode[]>>;
  readonly modeNames: (airframe: AirframeKind, mavType: number) => ModeNames | undefined;
  readonly paramEncoding: ParamEncoding;
};
