/**
 * One vehicle's services against the simulator's, which were written independently and encode with stock node-mavlink:
 * real bytes, a lossy and narrow radio, virtual time.
 */
import type { Flavour } from "../../../sim/flavour.js";
import type { Service } from "../../../sim/services/service.js";
import { createServices } from "../../../sim/services/services.js";
import { createServiceHarness } from "../../../sim/testing/serviceHarness.js";
import { lossyWire, PERFECT_WIRE, type WireFaults } from "../../../sim/wire/lossyWire.js";
import { createEncoder, decodeDatagram, type WireMessage } from "../../../sim/wire/mavlinkCodec.js";
import type { ToUi } from "../../contract/messages.js";
import { FakeClock } from "../../core/fakeClock.js";
import { seededRng } from "../../core/rng.js";
import { MAV_PROTOCOL_CAPABILITY_FTP } from "../../mavlink/capabilities.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { createTransferLock } from "../vehicle/transferLock.js";
import type { VehicleServiceContext } from "../vehicle/vehicleService.js";
import { anEnvironment } from "./sessionOptions.js";

const ADDRESS = { systemId: 1, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };
const STEP_MS = 20;

type BenchOptions = {
  readonly autopilot: Flavour["autopilot"];
  readonly faults?: Partial<WireFaults>;
  readonly seed?: number;
  readonly linkBitsPerS?: number;
  readonly dataFolder?: string;
  readonly hasFiles?: boolean;
  /** Messages of the vehicle that are always lost. */
  readonly isSwallowed?: (name: string) => boolean;
};

/** The part of a service that the bench calls. */
type Driven = {
  readonly onFrame: (frame: MavlinkFrame) => void;
  readonly tick: () => void;
  readonly onPresence: (isLost: boolean) => void;
};

export function serviceBench(options: BenchOptions) {
  const clock = new FakeClock();
  const rng = seededRng(options.seed ?? 1);
  const faults = { ...PERFECT_WIRE, ...options.faults };
  const bitsPerMs = (options.linkBitsPerS ?? 460_800) / 1000;
  let services: readonly Service[] = [];
  const flavour: Flavour = { autopilot: options.autopilot, airframe: "copter" };
  const sim = createServiceHarness(flavour, (view, controls) => {
    services = createServices({
      view,
      controls,
      ...(options.linkBitsPerS ? { linkBitsPerS: options.linkBitsPerS } : {}),
    });
    return [];
  });
  const encode = createEncoder(ADDRESS);
  const reader = createReader({ isDatagram: true });
  const driven: Driven[] = [];
  const published: ToUi[] = [];
  const records: { readonly kind: string }[] = [];
  let isCut = false;
  let isLost = false;
  let isArmed = false;
  let seq = 0;
  const sent: string[] = [];
  const place = createTransferLock();

  const narrow = (wire: (bytes: Uint8Array) => void) => {
    let freeAtMs = 0;
    return (bytes: Uint8Array) => {
      freeAtMs = Math.max(freeAtMs, clock.monoMs()) + (bytes.byteLength * 8) / bitsPerMs;
      clock.after(freeAtMs - clock.monoMs(), () => (isCut ? undefined : wire(bytes)));
    };
  };
  const receive = (frame: MavlinkFrame): void => {
    if (!options.isSwallowed?.(frame.name ?? "")) for (const service of driven) service.onFrame(frame);
  };
  const down = narrow(
    lossyWire<Uint8Array>({ scheduler: clock, rng, faults, deliver: (bytes) => reader.push(bytes, receive) }),
  );
  const publish = (messages: readonly WireMessage[]): void => {
    for (const message of messages) down(encode(message));
  };
  const up = narrow(
    lossyWire<Uint8Array>({
      ...{ scheduler: clock, rng, faults },
      deliver: (bytes) => {
        for (const received of decodeDatagram(bytes)) {
          for (const service of services) {
            const answer = service.receive(received, sim.nowMs());
            if (!answer) continue;
            publish(answer);
            break;
          }
        }
      },
    }),
  );
  const capabilityBits = options.hasFiles === false ? 0 : MAV_PROTOCOL_CAPABILITY_FTP;
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: clock.monoMs() });
  const vehicle = (): VehicleState => ({
    ...emptyVehicle({ linkName: "radio", ...ADDRESS }),
    autopilot: options.autopilot,
    heartbeat: stamped({ customMode: 0, modeName: "", isArmed, systemStatus: 3 }),
    position: stamped({ position: { latitudeDeg: 50, longitudeDeg: 1 }, altitudeAmslM: 5, altitudeAboveHomeM: 0 }),
    version: { firmwareVersion: "4.6.0", capabilityBits, uid: "00aa11bb22cc33dd" },
  });
  const context: VehicleServiceContext = {
    time: { clock, scheduler: clock },
    link: {
      ...{ vehicle: ADDRESS, own: OWN, roundTripMs: () => 2 * faults.delayMs + 20 },
      send: (message) => {
        sent.push(message.name);
        up(encodeFrame({ ...message, ...OWN, seq: seq++ & 255, version: 2 }));
      },
    },
    vehicle: {
      ...{ state: vehicle, isLost: () => isLost, aircraftPlan: () => ({ kind: "unknown" }), apply: () => undefined },
      runSteps: () => Promise.resolve({ ok: true, value: undefined }),
    },
    transferLock: place,
    outputs: {
      publish: (message) => published.push(message),
      record: (kind, facts) => records.push({ kind, ...facts }),
    },
    environment: anEnvironment({
      isRecording: () => false,
      ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
    }),
  };
  let steps = 0;
  /** Advances virtual time by one step, and lets pending disk writes and promises proceed. */
  const step = async (): Promise<void> => {
    sim.run(STEP_MS);
    for (const service of services) publish(service.tick(sim.nowMs()));
    clock.advance(STEP_MS);
    if (++steps % 25 === 0) for (const service of driven) service.tick();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    ...{ context, clock, sim, published, sent, records, place, driven },
    run: async (forMs: number): Promise<void> => {
      for (const untilMs = clock.monoMs() + forMs; clock.monoMs() < untilMs;) await step();
    },
    /** Advances time until the promise is settled; fails after an hour of virtual time. */
    until: async <T>(promise: Promise<T>): Promise<T> => {
      const watch = { isOver: false };
      void promise.finally(() => (watch.isOver = true));
      const untilMs = clock.monoMs() + 3_600_000;
      while (!watch.isOver && clock.monoMs() < untilMs) await step();
      if (!watch.isOver) throw new Error("not over within an hour");
      return promise;
    },
    /** Advances time until the condition is true: disk writes take real time, while virtual time runs fast. */
    untilTrue: async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
      for (let countOfSteps = 0; countOfSteps < 200_000 && !(await isSo()); countOfSteps++) await step();
    },
    arm: (armed: boolean) => {
      isArmed = armed;
      sim.flight.isArmed = armed;
    },
    /** Nothing passes in either direction any more; the station notices it as it would a real silence. */
    cut: () => {
      isCut = true;
      isLost = true;
      for (const service of driven) service.onPresence(true);
    },
    mend: () => {
      isCut = false;
      isLost = false;
      for (const service of driven) service.onPresence(false);
    },
  };
}
