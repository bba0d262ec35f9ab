import type { AircraftControls, AircraftView } from "../aircraftView.js";
import type { Signing } from "../wire/signing.js";

/** Between the services and the flight of one aircraft. */
export type ServicesOptions = {
  readonly view: AircraftView;
  readonly controls: AircraftControls;
  /** What the aircraft believes its link carries: ArduPilot gives parameters at most 30 % of it. 460,800 bits/s by default. */
  readonly linkBitsPerS?: number;
  /** Shared with the encoders of this aircraft's links; never keyed without it. */
  readonly signing?: Signing;
  /** `--remote-id`: arming is refused until the station has sent operator, self and system data. */
  readonly hasRemoteId?: boolean;
  /** `--traffic`: aircraft and vessels nearby are heard. */
  readonly hasTraffic?: boolean;
};
