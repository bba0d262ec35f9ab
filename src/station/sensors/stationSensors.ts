import type { Clock, Scheduler } from "../../core/clock.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { StationBus } from "../bus.js";
import type { CoastStore } from "../coastStore.js";
import type { FlightMemory } from "../flightMemory.js";
import type { Recorder } from "../recording/recorder.js";
import { publishCameraClock } from "../recording/recorderTrouble.js";
import type { StationOptions } from "../stationTypes.js";
import type { TerrainService } from "../terrain/stationTerrain.js";
import { createCameraOutput } from "./cameraOutput.js";
import type { DecoderWindow } from "./decoderWindow.js";
import { SENSORS } from "./sensorKinds.js";
import { camerasOf, Sensors } from "./sensors.js";

type StationSensorsOptions = {
  readonly options: StationOptions;
  readonly time: { readonly clock: Clock; readonly scheduler: Scheduler };
  readonly bus: StationBus;
  readonly decoderWindow: DecoderWindow;
  readonly outputs: { readonly recorder: Recorder; readonly memory: FlightMemory };
  readonly environment: {
    readonly vehicles: () => readonly VehicleState[];
    readonly coast: CoastStore;
    readonly terrain: TerrainService;
  };
};

/** The station's sensors, connected to the bus for what they need of vehicles, coast and sorties. */
export function createStationSensors(made: StationSensorsOptions): Sensors {
  const { options, time, bus, decoderWindow, outputs, environment } = made;
  const { video, sensors: others = [], detector, decoder } = options.inputs;
  const openCamera = options.io?.openCamera;
  const isDecoding = decoder !== "none" || openCamera !== undefined;
  const sensors = new Sensors({
    sources: { cameras: camerasOf(isDecoding ? video : [], detector), others },
    open: { camera: openCamera, sensors: SENSORS },
    time,
    decoderPort: ({ id }) => (decoder === "window" ? decoderWindow.channel(id) : undefined),
    environment: {
      vehicles: environment.vehicles,
      coastJson: environment.coast.documentJson,
      terrain: environment.terrain.rasters,
    },
    outputs: {
      listener: (camera, isFirst) => createCameraOutput(camera, isFirst, { ...outputs, bus }),
      onFirstClockMeasured: (measured) => {
        outputs.recorder.cameraClock(measured);
        publishCameraClock(bus, measured);
      },
      onObservation: (observation) => bus.publish({ kind: "observation", observation }),
      onUnknownSensor: (uri) => bus.log(`vigie: no such sensor: ${uri}`),
    },
  });
  bus.on("coast-replaced", () => sensors.setGround());
  bus.on("terrain-read", () => sensors.setGround());
  // With one more aircraft the carrier of the camera, and so its home, may no longer be known.
  bus.on("vehicle-found", () => sensors.setGround());
  bus.on("vehicle-state", ({ state, before }) => {
    if (state.home && state.home.value !== before.home?.value) sensors.setGround();
    if (state.position && state.position !== before.position) sensors.onPosition(state);
  });
  bus.on("next-sortie", () => sensors.startOver());
  return sensors;
}
