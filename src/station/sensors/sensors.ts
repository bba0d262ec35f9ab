/**
 * All sensors of the station: opened, given the vehicles' states, measured and closed. Another camera is another entry
 * of the list.
 */
import type { Subscription } from "rxjs";
import type { ToUi } from "../../contract/messages.js";
import type { Clock, Scheduler } from "../../core/clock.js";
import { neverErrors } from "../../io/neverErrors.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import type { MeasuredRaster } from "../../geo/terrain/terrain.js";
import type { SensorObservation } from "../../track/sensorObservation.js";
import { cameraIdOf, type SensorId } from "../../track/sensorIds.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { Tracking } from "../tracking/tracking.js";
import { cameraHome, carrierOf } from "./cameraCarrier.js";
import { openCamera } from "./cameras.js";
import type { Camera, CameraFeed, CameraListener, OpenCamera } from "./cameraTypes.js";
import { type DetectorName, DEFAULT_DETECTOR } from "./detectors.js";
import type { Sensor, SensorKinds } from "./sensor.js";
import { sensorUri } from "./sensorKinds.js";
import { NO_VIDEO } from "./noVideo.js";
import { createStationTimes, type CameraClockMeasured, type StationTimes } from "./stationTimes.js";

type SensorsOptions = {
  readonly sources: SensorSources;
  readonly open: {
    /** Undefined: real cameras, with a socket and a worker. */
    readonly camera: OpenCamera | undefined;
    readonly sensors: SensorKinds;
  };
  /** The decoder's window for that camera; undefined: its worker decodes itself. */
  readonly decoderPort: (camera: Camera) => MessagePortLike | undefined;
  readonly time: { readonly clock: Clock; readonly scheduler: Scheduler };
  readonly environment: SensorEnvironment;
  readonly outputs: SensorOutputs;
};

type SensorSources = {
  readonly cameras: readonly Camera[];
  /** URIs of the sensors that are no cameras. */
  readonly others: readonly string[];
};

type SensorEnvironment = {
  readonly vehicles: () => readonly VehicleState[];
  readonly coastJson: () => string | undefined;
  /** The files of heights that have been read. */
  readonly terrain: () => readonly MeasuredRaster[];
};

type SensorOutputs = {
  /** `isFirst`: a sortie holds the video and the clock of the first camera. */
  readonly listener: (camera: Camera, isFirst: boolean) => CameraListener;
  readonly onFirstClockMeasured: (measured: CameraClockMeasured) => void;
  readonly onObservation: (observation: SensorObservation) => void;
  /** There is no sensor of this kind. */
  readonly onUnknownSensor: (uri: string) => void;
};

type OtherSensor = { readonly sensor: Sensor; readonly subscription: Subscription };
type OpenCameraEntry = { readonly camera: Camera; readonly feed: CameraFeed; readonly times: StationTimes };

/** The first camera's id; a station without cameras publishes its video status under it too. */
const FIRST_CAMERA_ID = cameraIdOf(1);

/** The cameras for these URIs, in this order. Their carriers are not configured. */
export const camerasOf = (uris: readonly string[], detector: DetectorName = DEFAULT_DETECTOR): readonly Camera[] =>
  uris.map((uri, index) => ({ id: cameraIdOf(index + 1), uri, carrierId: undefined, detector }));

export class Sensors {
  readonly #options: SensorsOptions;
  readonly #tracking = new Tracking();
  #open: readonly OpenCameraEntry[] = [];
  #others: readonly OtherSensor[] = [];
  readonly #countOfKind = new Map<string, number>();

  constructor(options: SensorsOptions) {
    this.#options = options;
  }

  open(): void {
    const { cameras, others } = this.#options.sources;
    this.#open = cameras.map((camera) => this.#openOne(camera));
    this.#others = others.flatMap((uri) => this.#openSensor(uri) ?? []);
    this.setGround();
  }

  /** Measures the clocks and returns the status of every camera. */
  tick(): readonly ToUi[] {
    const vehicles = this.#options.environment.vehicles();
    for (const { camera, feed, times } of this.#open)
      feed.setSkewMs(times.measure(carrierOf(camera, vehicles) !== undefined));
    return this.statuses();
  }

  statuses(): readonly ToUi[] {
    if (this.#open.length === 0) return [{ kind: "video-status", cameraId: FIRST_CAMERA_ID, status: NO_VIDEO }];
    return this.#open.map(({ camera, feed, times }) => ({
      kind: "video-status",
      cameraId: camera.id,
      status: times.statusOf(feed.status()),
    }));
  }

  /** A vehicle's position was received. */
  onPosition({ id, position }: VehicleState): void {
    if (!position) return;
    const vehicles = this.#options.environment.vehicles();
    for (const { camera, times } of this.#open)
      if (carrierOf(camera, vehicles)?.id === id) times.onTelemetry(position.value.position);
  }

  /** Call again whenever a home, the coast, the heights or the list of vehicles has changed. */
  setGround(): void {
    const { vehicles, coastJson, terrain } = this.#options.environment;
    for (const { camera, feed } of this.#open)
      feed.setGround({ home: cameraHome(camera, vehicles()), coastJson: coastJson(), terrain: terrain() });
  }

  /** Another sortie begins. */
  startOver(): void {
    for (const { feed } of this.#open) feed.startOver();
  }

  async dispose(): Promise<void> {
    for (const { subscription } of this.#others) subscription.unsubscribe();
    await Promise.all([
      ...this.#open.map(({ feed }) => feed.dispose()),
      ...this.#others.map(({ sensor }) => sensor.dispose()),
    ]);
  }

  #openSensor(uri: string): OtherSensor | undefined {
    const { open, time, outputs } = this.#options;
    const { kind = "", address = "" } = sensorUri(uri) ?? {};
    const openSensor = Object.hasOwn(open.sensors, kind) ? open.sensors[kind] : undefined;
    if (!openSensor) {
      outputs.onUnknownSensor(uri);
      return undefined;
    }
    const number = (this.#countOfKind.get(kind) ?? 0) + 1;
    this.#countOfKind.set(kind, number);
    const sensor = openSensor({ ...time, address, sensorId: `${kind}-${number}` as SensorId });
    const subscription = sensor.observations$.subscribe({ next: outputs.onObservation, error: neverErrors });
    return { sensor, subscription };
  }

  #openOne(camera: Camera): OpenCameraEntry {
    const { open, decoderPort, time, outputs } = this.#options;
    const isFirst = camera === this.#options.sources.cameras[0];
    const times = createStationTimes({
      unixUs: time.clock.unixUs,
      onMeasured: (measured) => {
        if (isFirst) outputs.onFirstClockMeasured(measured);
      },
    });
    const feed = (open.camera ?? openCamera)({
      ...{ camera, time },
      decoderPort: decoderPort(camera),
      tracking: this.#tracking,
      listener: times.onStationClock(outputs.listener(camera, isFirst)),
    });
    return { camera, feed, times };
  }
}
