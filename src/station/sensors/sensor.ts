import type { Observable } from "rxjs";
import type { Clock, Scheduler } from "../../core/clock.js";
import type { SensorId } from "../../track/sensorIds.js";
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

export type SensorSource = {
  /** For its observations: "ais-1" is the first sensor of the kind "ais". */
  readonly sensorId: SensorId;
  /** Where its data come from, in a form of the sensor's own: "udp://:10110". */
  readonly address: string;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
};

export type OpenSensor = (source: SensorSource) => Sensor;

export type SensorKinds = Readonly<Record<string, OpenSensor>>;
