import type { ToUi, VideoFrame, VideoStatus } from "../../../src/contract/messages.js";
import type { Contact } from "../../../src/track/contact.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { FakeTransport } from "./fakeTransport.js";
import { demoContacts, demoVehicle } from "./fakeWorld.js";
import { type StationStore, createStationStore } from "../stationStore.js";
import { UiStores } from "../uiStores.js";

export const VEHICLE = "udp/1" as VehicleId;

export const aVehicle = (change: Partial<VehicleState> = {}): VehicleState => ({
  ...demoVehicle({
    id: VEHICLE,
    place: { latitudeDeg: 50.77, longitudeDeg: 1.61 },
    nowMs: 0,
    turnDeg: 0,
    isArmed: false,
    modeName: "LOITER",
  }),
  texts: [],
  ...change,
});

export const aBatch = (vehicles: readonly VehicleState[] = [aVehicle()], stationMonoMs = 1000): ToUi => ({
  kind: "telemetry-batch",
  stationMonoMs,
  stationUnixUs: 1_795_400_000_000_000,
  vehicles,
  links: [],
  paths: [],
});

export const aHello = (change: Partial<Extract<ToUi, { kind: "hello" }>> = {}): ToUi => ({
  kind: "hello",
  contractVersion: 1,
  stationVersion: "0.1.0",
  training: undefined,
  hasCoast: false,
  hasPlaces: false,
  terrainFiles: [],
  hasMaps: false,
  ...change,
});

export const aContact = (change: Partial<Contact> = {}): Contact => ({
  ...demoContacts(1_795_400_000_000_000, 0)[0]!,
  ...change,
});

/** A black picture of two by two pixels, whose place on the ground is not known. */
export const aFrame = (change: Partial<VideoFrame> = {}): VideoFrame => ({
  ...{ frameId: 1, unixTimeUs: 1_795_400_000_000_000, widthPx: 2, heightPx: 2 },
  ...{ luma: new Uint8Array(4), boxes: [], ground: undefined },
  ...change,
});

/** Live pictures with their metadata. */
export const aVideoStatus = (change: Partial<VideoStatus> = {}): VideoStatus => ({
  ...{ state: "live", because: undefined, uri: "udp://:5600", framesPerS: 25, hasKlv: true },
  ...{ skewMs: undefined, latencyMs: undefined },
  ...change,
});

export type FakeStation = {
  readonly transport: FakeTransport;
  readonly store: StationStore;
  /** The stores of a page on this station. */
  readonly stores: UiStores;
  readonly time: { ms: number };
};

/** A store on a `FakeTransport`, with a page clock that stands still. */
export function aStation(): FakeStation {
  const transport = new FakeTransport();
  const time = { ms: 0 };
  const store = createStationStore(transport.open, {
    monoMs: () => time.ms,
    unixMs: () => 1_795_400_000_000 + time.ms,
  });
  return { transport, store, stores: new UiStores(store), time };
}
