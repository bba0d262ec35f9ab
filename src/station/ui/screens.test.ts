import { describe, expect, it } from "vitest";
import { createEnvelopeReader, type Envelope } from "../../contract/envelope.js";
import type { ToUi } from "../../contract/messages.js";
import { FakeClock } from "../../core/fakeClock.js";
import { ok } from "../../core/result.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { CommandStatus } from "../../vehicle/commands.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { StationBus } from "../bus.js";
import { TelemetrySource } from "../telemetrySource.js";
import { Screens } from "./screens.js";

const aVehicle = (systemId: number): VehicleState => ({
  ...emptyVehicle({ linkName: "udp", systemId, componentId: 1 }),
  lastReceivedMonoMs: 0,
});

/** A station of which only the vehicles' states and the screens are real. */
async function theScreens() {
  const clock = new FakeClock();
  const bus = new StationBus();
  const now = { vehicles: [aVehicle(1)] as readonly VehicleState[], countOfReads: 0 };
  const telemetry = new TelemetrySource({
    ...{ clock, bus, vehicles: () => (now.countOfReads++, now.vehicles), links: () => [], paths: () => [] },
  });
  const hello = (): ToUi => ({
    ...{ kind: "hello", contractVersion: 1, stationVersion: "0", training: undefined },
    ...{ hasCoast: false, hasPlaces: false },
    ...{
      kind: "hello",
      contractVersion: 1,
      stationVersion: "0",
      training: undefined,
      hasCoast: false,
      terrainFiles: [],
      hasMaps: false,
    },
  });
  const screens = new Screens({
    ...{ clock, bus, telemetry, snapshot: { hello, rest: () => [{ kind: "ping", pingId: 7 }] } },
    answer: () => Promise.resolve(ok({ kind: "done" })),
    onAlive: () => undefined,
  });
  const join = async () => {
    const envelopes: Envelope[] = [];
    const messages: ToUi[] = [];
    const read = createEnvelopeReader();
    const session = screens.connect((envelope) => {
      envelopes.push(envelope);
      const message = read(envelope);
      if (message) messages.push(message);
    }, Promise.resolve());
    await Promise.resolve();
    const vehicles = () => messages.findLast((message) => message.kind === "telemetry-batch")?.vehicles;
    return { session, envelopes, messages, vehicles, topics: () => envelopes.map(({ topic }) => topic) };
  };
  const change = (vehicles: readonly VehicleState[]): void => {
    now.vehicles = vehicles;
    bus.publish({ kind: "vehicle-state", state: vehicles[0]!, before: vehicles[0]! });
  };
  return { clock, bus, now, screens, join, change, first: await join() };
}

describe("a screen that joins", () => {
  it("is greeted, has everything whole, then the rest of the snapshot; from then on what changes", async () => {
    const { screens, change, first } = await theScreens();
    expect(first.topics()).toEqual(["hello", "telemetry-batch", "ping", "screens"]);
    change([{ ...aVehicle(1), mavType: 2 }, aVehicle(2)]);
    screens.publishTelemetry();
    expect(first.topics().slice(4)).toEqual(["telemetry-changes"]);
    expect(first.vehicles()).toEqual([{ ...aVehicle(1), mavType: 2 }, aVehicle(2)]);
  });

  it("late holds the same as the others, who get only what changed until then", async () => {
    const { screens, change, join, first } = await theScreens();
    change([{ ...aVehicle(1), mavType: 2 }]);
    const late = await join();
    expect(late.topics()).toEqual(["hello", "telemetry-batch", "ping", "screens"]);
    expect(first.topics().slice(4)).toEqual(["telemetry-changes", "screens"]);
    expect([first.vehicles(), late.vehicles()]).toEqual([
      [{ ...aVehicle(1), mavType: 2 }],
      [{ ...aVehicle(1), mavType: 2 }],
    ]);
    // Back as it was before that screen came: also a change.
    change([aVehicle(1)]);
    screens.publishTelemetry();
    expect([first.vehicles(), late.vehicles()]).toEqual([[aVehicle(1)], [aVehicle(1)]]);
    expect(late.envelopes.at(-1)).toBe(first.envelopes.at(-1));
  });
});

describe("telemetry", () => {
  it("is not made while nobody looks, and not sent while nothing is received", async () => {
    const { clock, bus, now, screens, first, change, join } = await theScreens();
    const before = first.envelopes.length;
    screens.publishTelemetry();
    expect(first.envelopes.length).toBe(before);
    clock.advance(500);
    screens.publishTelemetry();
    expect(first.envelopes.length).toBe(before + 1);
    first.session.close();
    change([{ ...aVehicle(1), mavType: 13 }]);
    const { countOfReads } = now;
    screens.publishTelemetry();
    expect(now.countOfReads).toBe(countOfReads);
    bus.send({ kind: "ping", pingId: 8 });
    expect(first.envelopes.length).toBe(before + 1);
    expect((await join()).vehicles()).toEqual([{ ...aVehicle(1), mavType: 13 }]);
  });

  it("that a reply depends on comes before it, to every screen", async () => {
    const { change, join, first } = await theScreens();
    const second = await join();
    change([{ ...aVehicle(1), mavType: 2 }]);
    first.session.fromUi({ kind: "request", requestId: 5, request: { kind: "list-plans" } });
    await expect.poll(() => first.messages.at(-1)?.kind).toBe("reply");
    expect(first.topics().slice(-2)).toEqual(["telemetry-changes", "reply"]);
    expect(second.topics().at(-1)).toBe("telemetry-changes");
    expect([first.vehicles(), second.vehicles()].map((held) => held?.[0]?.mavType)).toEqual([2, 2]);
  });

  it("that a command's end is read from comes before it", async () => {
    const { bus, change, first } = await theScreens();
    const report = (status: CommandStatus): void =>
      bus.send({
        ...{ kind: "command-status", vehicleId: aVehicle(1).id, commandId: "a", command: { kind: "land" }, status },
      });
    change([{ ...aVehicle(1), mavType: 2 }]);
    report({ phase: "pending", attempt: 1, progressFraction: undefined });
    expect(first.topics().at(-1)).toMatch(/command/);
    expect(first.vehicles()?.[0]?.mavType).toBe(0);
    report({ phase: "done" });
    expect(first.topics().at(-2)).toBe("telemetry-changes");
    expect(first.vehicles()?.[0]?.mavType).toBe(2);
  });
});

describe("a screen that leaves before the station is ready", () => {
  it("is not joined afterwards", async () => {
    const { screens } = await theScreens();
    const count = screens.count();
    let onReady = (): void => undefined;
    const ready = new Promise<void>((resolve) => (onReady = resolve));
    screens.connect(() => undefined, ready).close();
    onReady();
    await ready;
    await Promise.resolve();
    expect(screens.count()).toBe(count);
  });
});
