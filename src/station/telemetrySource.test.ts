import { describe, expect, it } from "vitest";
import type { LinkStatus, VehiclePath, VehiclePaths } from "../contract/linkMessages.js";
import { aLinkStatus } from "../contract/testing/linkStatus.js";
import { FakeClock } from "../core/fakeClock.js";
import { emptyVehicle } from "../vehicle/reduceVehicle.js";
import { StationBus } from "./bus.js";
import { TelemetrySource } from "./telemetrySource.js";

const VEHICLE = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
const aLink = (changes: Partial<LinkStatus> = {}) => aLinkStatus({ messagesPerS: 50, bytesPerS: 2000, ...changes });
const somePaths = (changes: Partial<VehiclePath> = {}): VehiclePaths => ({
  vehicleId: VEHICLE.id,
  paths: [{ linkName: "udp", state: "active", lossFraction: 0, roundTripMs: 40, isHighLatency: false, ...changes }],
});

function aSource() {
  const clock = new FakeClock();
  const bus = new StationBus();
  const now = { links: [aLink()], paths: [somePaths()] };
  const source = new TelemetrySource({
    ...{ clock, bus, vehicles: () => [VEHICLE] },
    // The station makes these lists anew each time.
    links: () => structuredClone(now.links),
    paths: () => structuredClone(now.paths),
  });
  const receive = (): void => bus.publish({ kind: "vehicle-state", state: VEHICLE, before: VEHICLE });
  const due = () => {
    receive();
    clock.advance(33);
    return source.batchIfDue()!;
  };
  return { clock, bus, now, source, receive, due };
}

describe("telemetry batches", () => {
  it("come when something was received, else twice a second; the station's clocks are in each", () => {
    const { clock, source, receive } = aSource();
    clock.advance(12);
    expect(source.batchIfDue()).toMatchObject({
      stationMonoMs: 12,
      stationUnixUs: clock.unixUs(),
      vehicles: [VEHICLE],
    });
    clock.advance(499);
    expect(source.batchIfDue()).toBeUndefined();
    clock.advance(1);
    expect(source.batchIfDue()).toMatchObject({ stationMonoMs: 512 });
    expect(source.batchIfDue()).toBeUndefined();
    receive();
    expect(source.batchIfDue()).toMatchObject({ stationMonoMs: 512 });
  });

  it("have the same lists of links and paths while nothing of them changes", () => {
    const { due } = aSource();
    const first = due();
    expect(first).toMatchObject({ links: [aLink()], paths: [somePaths()] });
    for (let i = 0; i < 40; i++) {
      const { links, paths } = due();
      expect(links).toBe(first.links);
      expect(paths).toBe(first.paths);
    }
  });

  it("have new figures of links and paths twice a second", () => {
    const { due, now } = aSource();
    due();
    const seen = Array.from({ length: 31 }, (_, i) => {
      now.links = [aLink({ countOfMessages: i + 1, lastReceivedMonoMs: i })];
      now.paths = [somePaths({ lossFraction: i / 100, roundTripMs: i })];
      const { links, paths } = due();
      return [links[0]?.countOfMessages, paths[0]?.paths[0]?.roundTripMs];
    });
    expect(new Set(seen.map(([messages]) => messages))).toEqual(new Set([0, 16]));
    expect(new Set(seen.map(([, roundTripMs]) => roundTripMs))).toEqual(new Set([40, 15]));
  });

  it("have the figures of this moment for a reply and for a screen that joins", () => {
    const { due, now, source } = aSource();
    due();
    now.links = [aLink({ countOfMessages: 7 })];
    now.paths = [somePaths({ roundTripMs: 9 })];
    expect(due().links).toEqual([aLink()]);
    expect(source.batch()).toMatchObject({ links: now.links, paths: now.paths });
  });

  it.each([
    ["a link that is lost", [aLink({ state: "lost", because: "silent" })]],
    ["when it is tried again", [aLink({ retryAtMonoMs: 5000 })]],
    ["a link that was added", [aLink(), aLink({ name: "tcp", uri: "tcp://x:1", role: "output" })]],
    ["a link that was removed", []],
    ["how it signs", [aLink({ signing: { ...aLink().signing, policy: "require" } })]],
    ["with which key", [aLink({ signing: { ...aLink().signing, keyName: "boat" } })]],
    ["what it is for", [aLink({ role: "output" })]],
    ["why it is not open", [aLink({ because: "nothing heard yet" })]],
  ])("show at once %s", (_what, links) => {
    const { due, now } = aSource();
    due();
    now.links = links;
    expect(due().links).toEqual(links);
  });

  it.each([
    ["the active path", [somePaths({ state: "standby" })]],
    ["a satellite link", [somePaths({ isHighLatency: true })]],
    ["a further path", [{ ...somePaths(), paths: [...somePaths().paths, ...somePaths({ linkName: "tcp" }).paths] }]],
    ["a vehicle's end", []],
  ])("show at once %s", (_what, paths) => {
    const { due, now } = aSource();
    due();
    now.paths = paths;
    expect(due().paths).toEqual(paths);
  });
});
