import type { Observable } from "rxjs";
import type { Clock, Scheduler } from "../../core/clock.js";
import type { SensorObservation } from "../../track/sensorObservation.js";

/**
 * A sensor that is not a camera: AIS, radar, CoT. It opens its own socket or file, reads its own format and yields what it
 * observes; it never errors, a sensor in trouble is silent. Whether two observations are one object is not its business.
 */
export type Sensor = {
  readonly observations$: Observable<SensorObservation>;
  readonly dispose: () => Promise<void>;
};

export type OpenSensor = (time: { readonly clock: Clock; readonly scheduler: Scheduler }) => Sensor;

/** The sensors of every station besides its cameras. A new one is a file beside this one and a line here. */
export const SENSORS: readonly OpenSensor[] = [];
