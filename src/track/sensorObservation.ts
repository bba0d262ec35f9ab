import type { ObjectClass } from "../detect/detection.js";
import type { Position } from "../geo/position.js";
import type { Covariance2 } from "./contact.js";
import type { SensorId } from "./sensorIds.js";

/** What a sensor that is not a camera says of an object: when it was where, how sure that is, and what it is. No identity of persons, ever. */
export type SensorObservation = {
  readonly sensorId: SensorId;
  /** The sensor's own name for the object ("mmsi:227000001"), the same in each of its observations; undefined for plots. */
  readonly objectId: string | undefined;
  /** When it was true, not when it arrived. */
  readonly unixTimeUs: number;
  readonly position: Position;
  readonly covariance: Covariance2;
  readonly class: ObjectClass;
};
