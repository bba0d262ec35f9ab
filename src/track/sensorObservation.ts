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
};
