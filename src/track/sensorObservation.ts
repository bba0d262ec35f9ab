import type { ObjectClass } from "../detect/detection.js";
import type { Position } from "../geo/position.js";
import type { Covariance2 } from "./contact.js";
import type { SensorId } from "./sensorIds.js";

/** One observation of an object by a sensor other than a camera: time, position with error, class. No identity of persons, ever. */
export type SensorObservation = {
  readonly sensorId: SensorId;
  /** The sensor's own id of the object ("mmsi:227000001"), the same in all its observations; undefined for radar plots. */
  readonly objectId: string | undefined;
  /** Time of the measurement, not of its arrival. */
  readonly unixTimeUs: number;
  readonly position: Position;
  readonly covariance: Covariance2;
  readonly class: ObjectClass;
  /** Set where the object told of itself; it is then shown as traffic. */
  readonly transponder?: Transponder | undefined;
};

/** What an aircraft or ship broadcasts about itself by ADS-B or AIS; undefined: not in the message. */
type Transponder = {
  readonly kind: "aircraft" | "ship";
  readonly callsign: string | undefined;
  readonly altitudeAmslM: number | undefined;
  readonly groundSpeedMps: number | undefined;
  readonly courseDeg: number | undefined;
  readonly climbRateMps: number | undefined;
  /** From bow to stern; `isAtLeast`: or longer. */
  readonly lengthM: { readonly valueM: number; readonly isAtLeast: boolean } | undefined;
};
