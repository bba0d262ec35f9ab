import type { AircraftControls, AircraftView } from "../aircraftView.js";
import type { Signing } from "../wire/signing.js";

/** What an aircraft's services are created with. */
export type ServicesOptions = {
  readonly view: AircraftView;
  readonly controls: AircraftControls;
  /** Link rate the aircraft assumes: ArduPilot uses at most 30 % of it for parameters. Default 460,800 bit/s. */
  readonly linkBitsPerS?: number;
  /** Shared with the encoders of this aircraft's links. Without it no key can be set. */
  readonly signing?: Signing;
  /** `--remote-id`: arming is refused until the station has sent operator, self and system data. */
  readonly hasRemoteId?: boolean;
  /** `--traffic`: the aircraft receives ADS-B and AIS traffic. */
  readonly hasTraffic?: boolean;
};
