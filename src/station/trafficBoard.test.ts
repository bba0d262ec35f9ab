import { describe, expect, it } from "vitest";
import { FakeClock } from "../core/fakeClock.js";
import type { SensorId } from "../track/sensorIds.js";
import type { SensorObservation } from "../track/sensorObservation.js";
import type { TrafficTarget } from "../vehicle/traffic.js";
import { StationBus } from "./bus.js";
import { createTrafficBoard } from "./trafficBoard.js";
import { startWatches } from "./watches.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const ship = (changes: Partial<SensorObservation> = {}): SensorObservation => ({
  sensorId: "ais-1" as SensorId,
  ...{ objectId: "mmsi:227000001", unixTimeUs: 0, position: HERE, class: "boat" },
  covariance: { eastEastM2: 100, eastNorthM2: 0, northNorthM2: 100 },
  transponder: {
    ...{ kind: "ship", callsign: "ABEILLE", altitudeAmslM: undefined, groundSpeedMps: 5, courseDeg: 90 },
    ...{ climbRateMps: undefined, lengthM: { valueM: 70, isAtLeast: false } },
  },
  ...changes,
});

function aBoard() {
  const clock = new FakeClock();
  const bus = new StationBus();
  const board = createTrafficBoard(clock, bus);
  const sent: (readonly TrafficTarget[])[] = [];
  bus.on("message", ({ message }) => {
    if (message.kind === "traffic") sent.push(message.targets);
  });
  const observe = (ageS: number, changes: Partial<SensorObservation> = {}): void => {
    const unixTimeUs = clock.unixUs() - ageS * 1e6;
    bus.publish({ kind: "observation", observation: ship({ unixTimeUs, ...changes }) });
    board.tick();
  };
  return { clock, bus, board, sent, observe };
}

describe("traffic from a sensor of the station", () => {
  it("is shown with what the ship says of itself, as old as its measurement", () => {
    const { clock, sent, observe } = aBoard();
    clock.advance(20_000);
    observe(3);
    expect(sent).toEqual([
      [{ ...ship().transponder, id: "mmsi:227000001", position: HERE, seenAtMonoMs: clock.monoMs() - 3000 }],
    ]);
  });

  it("a sensor with a clock ahead of the station's does not keep its targets longer", () => {
    const { clock, sent, observe } = aBoard();
    observe(-3600);
    expect(sent[0]?.[0]?.seenAtMonoMs).toBe(clock.monoMs());
  });

  it("an older report changes nothing, whoever heard it", () => {
    const { sent, observe } = aBoard();
    observe(1);
    observe(2, { position: { latitudeDeg: 51, longitudeDeg: 2 } });
    expect(sent).toHaveLength(1);
  });

  it("an object that told nothing of itself, or has no name, is no traffic", () => {
    const { sent, observe } = aBoard();
    observe(0, { transponder: undefined });
    observe(0, { objectId: undefined });
    expect(sent).toEqual([]);
  });
});

it("an observation is in the event log with its own time beside that of the event", () => {
  const bus = new StationBus();
  startWatches(bus, new FakeClock());
  const recorded: unknown[] = [];
  bus.on("record", ({ what, facts }) => recorded.push({ what, facts }));
  bus.publish({ kind: "observation", observation: ship() });
  // Facts named like the members of an event line would replace them (`sortie/eventChain.ts`).
  expect(recorded).toEqual([{ what: "observation", facts: { observation: ship() } }]);
});
