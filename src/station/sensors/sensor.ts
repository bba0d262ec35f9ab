import type { Observable } from "rxjs";
import type { Clock, Scheduler } from "../../core/clock.js";
import type { SensorObservation } from "../../track/sensorObservation.js";

/**
 * A sensor that is not a camera: AIS, radar, CoT. It opens its own socket or file, parses its own format and emits
 * observations. It must never emit an error; a sensor with a problem emits nothing. It does not decide whether two
 * observations are the same object.
 */
export type Sensor = {
  readonly observations$: Observable<SensorObservation>;
  readonly dispose: () => Promise<void>;
};

export type OpenSensor = (time: { readonly clock: Clock; readonly scheduler: Scheduler }) => Sensor;

/** The sensors of every station besides its cameras. To add one, write a file beside this one and list it here. */
export const SENSORS: readonly OpenSensor[] = [];
