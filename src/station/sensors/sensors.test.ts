import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import { FakeClock } from "../../core/fakeClock.js";
import type { Position } from "../../geo/position.js";
import { localFrameAt } from "../../geo/localFrame.js";
import { cameraIdOf, type SensorId } from "../../track/sensorIds.js";
import type { SensorObservation } from "../../track/sensorObservation.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import { vehicleIdOf, type HomeState, type VehicleState } from "../../vehicle/vehicleState.js";
import type { Camera, CameraFeed, CameraListener } from "./cameraTypes.js";
import type { OpenSensor, SensorSource } from "./sensor.js";
import { Sensors } from "./sensors.js";
import type { CameraGround } from "./visionMessages.js";

const [FIRST, SECOND] = [vehicleIdOf("link", 1), vehicleIdOf("link", 2)];
const HERE: Position = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const local = localFrameAt(HERE);
const at = (eastM: number, northM: number): Position => local.toPosition({ eastM, northM, upM: 0 }).position;
const homeAt = (altitudeAmslM: number): HomeState => ({ position: HERE, altitudeAmslM });
const silent: CameraListener = {
  onBytes: () => undefined,
  onFrame: () => undefined,
  onCoverage: ({ origin }) => origin,
  onContacts: () => undefined,
  onPicture: () => undefined,
  onProblem: () => undefined,
};

/** A camera that does nothing but keep what it was last given. */
class FakeFeed implements CameraFeed {
  home: HomeState | undefined;
  countOfStartOvers = 0;
  #skewMs: number | undefined;
  readonly listener: CameraListener;
  readonly camera: Camera;

  constructor(camera: Camera, listener: CameraListener) {
    this.camera = camera;
    this.listener = listener;
  }

  readonly status = (): VideoStatus => ({
    ...{ state: "live", because: undefined, uri: this.camera.uri, framesPerS: 25, hasKlv: true },
    ...{ skewMs: this.#skewMs, latencyMs: 90 },
  });
  readonly setGround = ({ home }: CameraGround): void => {
    this.home = home;
  };
  readonly setSkewMs = (skewMs: number | undefined): void => {
    this.#skewMs = skewMs;
  };
  readonly startOver = (): void => {
    this.countOfStartOvers++;
  };
  readonly dispose = (): Promise<void> => Promise.resolve();
}

const cameraOn = (number: number, carrierId: Camera["carrierId"]): Camera => ({
  ...{ id: cameraIdOf(number), uri: `udp://:${5599 + number}`, carrierId, detector: "built-in" },
});

type Sources = { readonly uris: readonly string[]; readonly kinds: Readonly<Record<string, OpenSensor>> };
const NO_SENSORS: Sources = { uris: [], kinds: {} };

function aStation(cameras: readonly Camera[], others: Sources = NO_SENSORS) {
  const clock = new FakeClock();
  const feeds: FakeFeed[] = [];
  const offered: string[] = [];
  const observed: SensorObservation[] = [];
  const unknown: string[] = [];
  let vehicles: readonly VehicleState[] = [];
  const sensors = new Sensors({
    sources: { cameras, others: others.uris },
    open: {
      camera: ({ camera, listener }) => {
        const feed = new FakeFeed(camera, listener);
        feeds.push(feed);
        return feed;
      },
      sensors: others.kinds,
    },
    decoderPort: () => undefined,
    time: { clock, scheduler: clock },
    environment: { vehicles: () => vehicles, coastJson: () => undefined, terrain: () => [] },
    outputs: {
      listener: ({ id }, isFirst) => ({ ...silent, onFrame: () => offered.push(`${id} ${isFirst}`) }),
      onFirstClockMeasured: () => undefined,
      onObservation: (observation) => observed.push(observation),
      onUnknownSensor: (uri) => unknown.push(uri),
    },
  });
  sensors.open();
  const setVehicles = (...next: readonly VehicleState[]): void => {
    vehicles = next;
    sensors.setGround();
  };
  const statuses = () => sensors.tick().flatMap((message) => (message.kind === "video-status" ? [message] : []));
  return { clock, sensors, feeds, offered, observed, unknown, setVehicles, statuses };
}

const aVehicle = (id: VehicleState["id"], home?: HomeState): VehicleState => ({
  ...emptyVehicle({ linkName: "link", systemId: 1, componentId: 1 }),
  id,
  home: home && { value: home, receivedAtMonoMs: 0 },
});

/** A track with turns, so that comparing tracks gives the skew; `asideM`: the track of another vehicle, elsewhere. */
const way = (timeS: number, asideM: number): Position =>
  at(60 * Math.sin(timeS / 9) + asideM, 40 * Math.cos(timeS / 7) - asideM);

const corner = (position: Position) => ({ position, heightAmslM: 0 });
const pictureFrom = (unixTimeUs: number, position: Position): VideoFrame => {
  const here = corner(position);
  return {
    ...{ frameId: 1, unixTimeUs, widthPx: 640, heightPx: 512, luma: new Uint8Array(1), boxes: [] },
    ground: {
      corners: [here, here, here, here],
      centre: here,
      centreEllipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 },
      sensor: { position, altitudeAmslM: 60 },
      ...{ depressionDeg: 90, azimuthDeg: 0, hfovDeg: 50 },
    },
  };
};

/** Flies half a minute; the camera is on the first vehicle, its clock ahead by `aheadMs`. */
function fly(station: ReturnType<typeof aStation>, ids: readonly VehicleState["id"][], aheadMs: number): void {
  const { clock, sensors, feeds, setVehicles } = station;
  setVehicles(...ids.map((id) => aVehicle(id)));
  for (let i = 0; i < 30 * 20; i++) {
    clock.advance(50);
    const timeS = clock.monoMs() / 1000;
    if (i % 5 === 0)
      ids.forEach((id, index) =>
        sensors.onPosition({
          ...aVehicle(id),
          position: {
            value: { position: way(timeS, 400 * index), altitudeAmslM: 60, altitudeAboveHomeM: 60 },
            receivedAtMonoMs: clock.monoMs(),
          },
        }),
      );
    if (i % 4 === 0 && timeS > 10)
      feeds[0]?.listener.onFrame(pictureFrom(clock.unixUs() + aheadMs * 1000, way(timeS, 0)));
  }
}

describe("the station's sensors", () => {
  it("review 2: the skew is told with one aircraft, and with several only when the one that carries the camera is known", () => {
    const skewOf = (carrierId: Camera["carrierId"], ids: readonly VehicleState["id"][]): number | undefined => {
      const station = aStation([cameraOn(1, carrierId)]);
      fly(station, ids, 700);
      return station.statuses()[0]?.status.skewMs;
    };
    expect(Math.abs((skewOf(undefined, [FIRST]) ?? Number.NaN) - 700)).toBeLessThan(40);
    expect(skewOf(undefined, [FIRST, SECOND])).toBeUndefined();
    expect(Math.abs((skewOf(FIRST, [FIRST, SECOND]) ?? Number.NaN) - 700)).toBeLessThan(40);
    // The second vehicle is elsewhere: its track does not match.
    expect(skewOf(SECOND, [FIRST, SECOND])).toBeUndefined();
  });

  it("review 2: a skew that was measured is not told any more once a second aircraft is heard", () => {
    const station = aStation([cameraOn(1, undefined)]);
    fly(station, [FIRST], 700);
    expect(station.statuses()[0]?.status.skewMs).toBeDefined();
    station.setVehicles(aVehicle(FIRST), aVehicle(SECOND));
    expect(station.statuses()[0]?.status.skewMs).toBeUndefined();
  });

  it("review 2: each camera's ground comes from the home of the vehicle that carries it", () => {
    const { feeds, setVehicles } = aStation([cameraOn(1, SECOND), cameraOn(2, undefined)]);
    setVehicles(aVehicle(FIRST, homeAt(10)));
    expect(feeds.map(({ home }) => home?.altitudeAmslM)).toEqual([undefined, 10]);
    setVehicles(aVehicle(FIRST, homeAt(10)), aVehicle(SECOND, homeAt(90)));
    expect(feeds.map(({ home }) => home?.altitudeAmslM)).toEqual([90, undefined]);
  });

  it("a second camera is one more entry: its frames, its state and its start of a sortie are its own", () => {
    const { sensors, feeds, offered, statuses } = aStation([cameraOn(1, undefined), cameraOn(2, undefined)]);
    feeds[1]?.listener.onFrame(pictureFrom(0, HERE));
    feeds[0]?.listener.onFrame(pictureFrom(0, HERE));
    expect(offered).toEqual(["camera-2 false", "camera-1 true"]);
    expect(statuses().map(({ cameraId, status }) => [cameraId, status.uri])).toEqual([
      ["camera-1", "udp://:5600"],
      ["camera-2", "udp://:5601"],
    ]);
    sensors.startOver();
    expect(feeds.map(({ countOfStartOvers }) => countOfStartOvers)).toEqual([1, 1]);
  });

  it("without a camera the state of the video is that there is none", () => {
    expect(aStation([]).statuses()).toMatchObject([{ cameraId: "camera-1", status: { state: "none" } }]);
  });

  it("a sensor that is no camera is one more entry: what it observes comes out until it is closed", async () => {
    const observations$ = new Subject<SensorObservation>();
    let countOfDisposed = 0;
    const opened: SensorSource[] = [];
    const ais: OpenSensor = (source) => {
      opened.push(source);
      return {
        observations$,
        dispose: () => {
          countOfDisposed++;
          return Promise.resolve();
        },
      };
    };
    const uris = ["ais+udp://:10110", "ais+file:///a+b", "radar+tcp://mast:7", "toString+x", "udp://:1"];
    const { clock, sensors, observed, unknown } = aStation([], { uris, kinds: { ais } });
    expect(opened).toEqual([
      { sensorId: "ais-1", address: "udp://:10110", clock, scheduler: clock },
      { sensorId: "ais-2", address: "file:///a+b", clock, scheduler: clock },
    ]);
    expect(unknown).toEqual(uris.slice(2));
    const ship: SensorObservation = {
      sensorId: "ais" as SensorId,
      ...{ objectId: "mmsi:227000001", unixTimeUs: 1_795_400_000_000_000, position: HERE, class: "boat" },
      covariance: { eastEastM2: 100, eastNorthM2: 0, northNorthM2: 100 },
    };
    observations$.next(ship);
    expect(observed).toEqual([ship, ship]);
    await sensors.dispose();
    observations$.next(ship);
    expect(observed).toHaveLength(2);
    expect(countOfDisposed).toBe(2);
  });
});
