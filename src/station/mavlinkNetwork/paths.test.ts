import { afterEach, describe, expect, it } from "vitest";
import type { Station } from "../stationTypes.js";
import { FakeVehicle, FakeWire } from "../testing/fakeVehicle.js";
import { stationOn } from "../testing/wiredStation.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

const A = "udp://:14550";
const B = "udp://:14560";
const wiresAB = (): [FakeWire, FakeWire] => [new FakeWire(A), new FakeWire(B)];

/** One vehicle received over two links, and identified as one. */
async function overTwoLinks() {
  const [a, b] = wiresAB();
  const station = await stationOn([a, b], { open });
  const vehicle = new FakeVehicle({ wires: [a, b] });
  station.fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
  expect(station.batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1"]);
  return { ...station, a, b, vehicle };
}
type TwoLinks = Awaited<ReturnType<typeof overTwoLinks>>;
const states = ({ batch }: TwoLinks) => batch().paths[0]?.paths.map(({ linkName, state }) => `${linkName} ${state}`);

describe("one vehicle over two links", () => {
  it("is one vehicle with two paths, of which one is active", async () => {
    const flying = await overTwoLinks();
    expect(states(flying)).toEqual(["udp:14550 active", "udp:14560 standby"]);
    expect(flying.keys()).toContain("info path-added");
    expect(flying.keys().filter((key) => key.startsWith("danger"))).toEqual([]);
  });

  it("is one, when the second link first delivers the last four seconds at once", async () => {
    const [a, b] = wiresAB();
    const { fly, clock, batch, keys } = await stationOn([a, b], { open });
    const vehicle = new FakeVehicle({ wires: [a, b] });
    // It flies north at 20 m/s.
    const send = (nowMonoMs: number, only: FakeWire): void =>
      vehicle.sendTelemetry(nowMonoMs, { only, northM: nowMonoMs / 50 });
    fly(10, (nowMonoMs) => send(nowMonoMs, a));
    for (let lateMs = 4000; lateMs > 0; lateMs -= 100) send(clock.monoMs() - lateMs, b);
    fly(5, (nowMonoMs) => [a, b].forEach((wire) => send(nowMonoMs, wire)));
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1"]);
    expect(batch().paths[0]?.paths.length).toBe(2);
    expect(keys().filter((key) => key.startsWith("danger"))).toEqual([]);
  });

  it("is one, when it is a simulator six times as fast as time on a machine that is too slow for it", async () => {
    const [a, b] = wiresAB();
    const { fly, batch, keys } = await stationOn([a, b], { open });
    const vehicle = new FakeVehicle({ wires: [a, b] });
    const send = (nowMonoMs: number, only: FakeWire): void => vehicle.sendTelemetry(nowMonoMs * 6, { only });
    // Each link is read for a second and then not for one, in turns; seldom both.
    fly(20, (nowMonoMs) => {
      const turn = Math.floor(nowMonoMs / 1000) % 2;
      if (turn === 0 || nowMonoMs % 5000 === 0) send(nowMonoMs, a);
      if (turn === 1 || nowMonoMs % 5000 === 0) send(nowMonoMs, b);
    });
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1"]);
    expect(batch().paths[0]?.paths.length).toBe(2);
    expect(keys()).not.toContain("danger two-vehicles");
  });

  it("counts nothing twice: texts, positions, acknowledgements", async () => {
    const { vehicle, batch, clock, fly } = await overTwoLinks();
    vehicle.send("STATUSTEXT", { severity: 4, text: "Low battery" });
    fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(batch().vehicles[0]?.texts.map(({ text }) => text)).toEqual(["Low battery"]);
    // The second link is half a second late: what it brings must not put the vehicle back where it was.
    vehicle.sendTelemetry(clock.monoMs(), { northM: 20, only: vehicle.wires[0]! });
    const place = () => batch().vehicles[0]?.position?.value.position.latitudeDeg;
    clock.advance(500);
    const newest = place();
    vehicle.sendTelemetry(clock.monoMs() - 400, { northM: 10, only: vehicle.wires[1]! });
    clock.advance(500);
    expect(place()).toBe(newest);
  });

  it("of a router loses nothing, whichever of its links delivers first", async () => {
    const [a, b] = wiresAB();
    const { fly, batch, clock } = await stationOn([a, b], { open });
    const router = new FakeWire();
    const vehicle = new FakeVehicle({ wires: [router] });
    let order = [a, b];
    router.deliver = (bytes, from) => order.forEach((wire) => wire.deliver(bytes, from));
    fly(3, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs, { northM: nowMonoMs / 50 }));
    expect(batch().paths[0]?.paths.map(({ state }) => state)).toEqual(["active", "standby"]);
    order = [b, a];
    const agesMs: number[] = [];
    fly(4, (nowMonoMs) => {
      agesMs.push(clock.monoMs() - (batch().vehicles[0]?.position?.receivedAtMonoMs ?? 0));
      vehicle.sendTelemetry(nowMonoMs, { northM: nowMonoMs / 50 });
    });
    expect(Math.max(...agesMs)).toBeLessThan(500);
  });

  it("takes commands over the active path only, and the other as soon as that is silent, without being lost", async () => {
    const flying = await overTwoLinks();
    const { vehicle, a, b, fly, ask, keys } = flying;
    const command = {
      kind: "command",
      vehicleId: "udp:14550/1",
      commandId: "c-2",
      command: { kind: "arm" },
      isConfirmed: true,
    };
    const sentTo = (wire: FakeWire) => wire.sent.filter((bytes) => bytes[7] === 76).length;
    const [beforeA, beforeB] = [sentTo(a), sentTo(b)];
    void ask(command).catch(() => undefined);
    fly(0.2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect([sentTo(a) > beforeA, sentTo(b) > beforeB]).toEqual([true, false]);
    a.isCut = true;
    fly(4.6, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(states(flying)).toEqual(["udp:14550 silent", "udp:14560 active"]);
    expect(keys()).toContain("info path-changed");
    expect(keys()).toContain("danger link-lost");
    expect(keys()).not.toContain("danger vehicle-lost");
    const cutB = sentTo(b);
    fly(10, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    void ask(command).catch(() => undefined);
    fly(0.2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(sentTo(b)).toBeGreaterThan(cutB);
  });

  it("leaves a path whose port is gone at once", async () => {
    const flying = await overTwoLinks();
    const { vehicle, a, fly, keys } = flying;
    a.setState({ kind: "lost", because: "unplugged", retryAtMonoMs: 5000 });
    expect(keys()).toContain("danger link-lost");
    expect(keys()).toContain("info path-changed");
    fly(0.5, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs, { only: vehicle.wires[1]! }));
    expect(states(flying)).toEqual(["udp:14550 silent", "udp:14560 active"]);
    expect(flying.batch().links[0]).toMatchObject({ state: "lost", because: "unplugged", retryAtMonoMs: 5000 });
  });

  it("goes back to the better path after five seconds, and does not flap", async () => {
    const flying = await overTwoLinks();
    const { vehicle, a, fly, notices } = flying;
    const changes = () => notices().filter(({ key }) => key === "path-changed").length;
    a.isCut = true;
    fly(4, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(changes()).toBe(1);
    // The first link is back; the second now loses a third of everything.
    a.isCut = false;
    let i = 0;
    fly(30, (nowMonoMs) => {
      vehicle.sendTelemetry(nowMonoMs, { only: vehicle.wires[0]! });
      if (i++ % 3 === 0) vehicle.frame("HEARTBEAT", {}, 1);
      vehicle.sendTelemetry(nowMonoMs, { only: vehicle.wires[1]! });
      if (i % 3 === 0) for (let lost = 0; lost < 4; lost++) vehicle.frame("HEARTBEAT", {}, 1);
    });
    expect(states(flying)?.[0]).toBe("udp:14550 active");
    expect(changes()).toBe(2);
  });

  it("keeps its id and its state when the first link is removed", async () => {
    const flying = await overTwoLinks();
    const { vehicle, fly, ask, batch } = flying;
    void ask({ kind: "remove-link", linkName: "udp:14550" }).catch(() => undefined);
    fly(5, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1"]);
    expect(states(flying)).toEqual(["udp:14560 active"]);
    expect(flying.keys()).not.toContain("danger vehicle-lost");
  });
});

describe("two vehicles with one id", () => {
  it.each([
    ["booted at another time", { bootMonoMs: -100_000 }],
    ["somewhere else", { northM: 500 }],
  ])("on two links, one %s, stay two, and both are named", async (_how, other) => {
    const [a, b] = wiresAB();
    const { fly, batch, notices } = await stationOn([a, b], { open });
    const vehicles = [new FakeVehicle({ wires: [a] }), new FakeVehicle({ wires: [b], from: "10.0.0.2:1" })];
    fly(3, (nowMonoMs) => {
      vehicles[0]!.sendTelemetry(nowMonoMs);
      vehicles[1]!.sendTelemetry(nowMonoMs, other);
    });
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1", "udp:14560/1"]);
    expect(notices().find(({ key }) => key === "two-vehicles")).toMatchObject({
      severity: "danger",
      facts: { id: 1, first: "DRONE-1 (udp:14550)", second: "DRONE-1 (udp:14560)" },
    });
  });

  it("are parted although the second's modem first delivered four seconds at once, and sent nothing of the other's", async () => {
    const [a, b] = wiresAB();
    const { fly, clock, batch, keys, ask } = await stationOn([a, b], { open });
    const [one, two] = [new FakeVehicle({ wires: [a] }), new FakeVehicle({ wires: [b] })];
    const other = { bootMonoMs: -4000 };
    fly(10, (nowMonoMs) => one.sendTelemetry(nowMonoMs));
    for (let lateMs = 4000; lateMs > 0; lateMs -= 100) two.sendTelemetry(clock.monoMs() - lateMs, other);
    fly(30, (nowMonoMs) => {
      one.sendTelemetry(nowMonoMs);
      two.sendTelemetry(nowMonoMs, other);
    });
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1", "udp:14560/1"]);
    expect(keys()).toContain("danger two-vehicles");
    fly(10, (nowMonoMs) => two.sendTelemetry(nowMonoMs, other));
    const command = { kind: "command", vehicleId: "udp:14550/1", commandId: "c-2", command: { kind: "arm" } };
    expect(await ask({ ...command, isConfirmed: true })).toMatchObject({ ok: false });
    const armings = two.received.filter(({ fields }) => fields["command"] === 400 || fields["command"] === 176);
    expect(armings).toEqual([]);
  });

  it("booted five seconds apart are two, though the second says its time every three seconds only", async () => {
    const [a, b] = wiresAB();
    const { fly, batch, keys } = await stationOn([a, b], { open });
    const [one, two] = [new FakeVehicle({ wires: [a] }), new FakeVehicle({ wires: [b] })];
    let turn = 0;
    fly(60, (nowMonoMs) => {
      one.sendTelemetry(nowMonoMs);
      if (nowMonoMs < 5000) return;
      if (turn % 30 === 0) two.sendTelemetry(nowMonoMs, { bootMonoMs: 5000 });
      else if (turn % 10 === 0) two.sendHeartbeat();
      turn++;
    });
    expect(batch().vehicles.length).toBe(2);
    expect(keys()).toContain("danger two-vehicles");
  });

  it("of which one tries boot times until it hits the other's are never joined", async () => {
    const wire = new FakeWire(A);
    const { fly, batch, keys } = await stationOn([wire], { open });
    const real = new FakeVehicle({ wires: [wire], from: "10.0.0.1:1" });
    const guessing = new FakeVehicle({ wires: [wire], from: "10.0.0.66:6" });
    fly(30, (nowMonoMs) => real.sendTelemetry(nowMonoMs));
    for (let bootMonoMs = -17_500; bootMonoMs <= 18_000; bootMonoMs += 3500)
      fly(2, (nowMonoMs) => {
        real.sendTelemetry(nowMonoMs);
        guessing.sendTelemetry(nowMonoMs, { bootMonoMs });
      });
    expect(batch().paths[0]?.paths.length).toBe(1);
    expect(keys()).toContain("danger two-vehicles");
  });

  it("of which little is known stay two after five seconds; a person may join them", async () => {
    const [a, b] = wiresAB();
    const { fly, batch, keys, ask } = await stationOn([a, b], { open });
    const vehicles = [new FakeVehicle({ wires: [a] }), new FakeVehicle({ wires: [b] })];
    const sendHeartbeat = (): void => vehicles.forEach((vehicle) => vehicle.sendHeartbeat());
    fly(4, sendHeartbeat);
    expect(batch().vehicles.length).toBe(1);
    fly(3, sendHeartbeat);
    expect(batch().vehicles.length).toBe(2);
    expect(keys()).toContain("danger unproven-source");
    const join = { kind: "join-vehicles", vehicleId: "udp:14550/1", otherId: "udp:14560/1" };
    expect(await ask(join)).toMatchObject({ ok: true });
    fly(10, sendHeartbeat);
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1"]);
    expect(batch().paths[0]?.paths.length).toBe(2);
  });

  it("are not joined, not even by a person, when they are in different places", async () => {
    const [a, b] = wiresAB();
    const { fly, ask, batch } = await stationOn([a, b], { open });
    const vehicles = [new FakeVehicle({ wires: [a] }), new FakeVehicle({ wires: [b] })];
    fly(3, (nowMonoMs) => {
      vehicles[0]!.sendTelemetry(nowMonoMs);
      vehicles[1]!.sendTelemetry(nowMonoMs, { northM: 900 });
    });
    const join = { kind: "join-vehicles", vehicleId: "udp:14550/1", otherId: "udp:14560/1" };
    expect(await ask(join)).toMatchObject({
      ok: false,
      error: { kind: "link", failure: { kind: "not-the-same", because: "position" } },
    });
    expect(batch().vehicles.length).toBe(2);
  });

  it("taken for one are parted when their ways part", async () => {
    const [a, b] = wiresAB();
    const { fly, batch, keys } = await stationOn([a, b], { open });
    const vehicles = [new FakeVehicle({ wires: [a] }), new FakeVehicle({ wires: [b] })];
    fly(2, (nowMonoMs) => vehicles.forEach((vehicle) => vehicle.sendTelemetry(nowMonoMs)));
    expect(batch().vehicles.length).toBe(1);
    let northM = 0;
    fly(15, (nowMonoMs) => {
      vehicles[0]!.sendTelemetry(nowMonoMs);
      vehicles[1]!.sendTelemetry(nowMonoMs, { northM: (northM += 1.5) });
    });
    expect(batch().vehicles.length).toBe(2);
    expect(keys()).toContain("danger two-vehicles");
  });

  it("on one link from two addresses are kept apart, each spoken to at its own", async () => {
    const wire = new FakeWire(A);
    const { fly, batch, keys, ask } = await stationOn([wire], { open });
    const one = new FakeVehicle({ wires: [wire], from: "10.0.0.1:1" });
    const other = new FakeVehicle({ wires: [wire], from: "10.0.0.2:1" });
    fly(3, (nowMonoMs) => {
      one.sendTelemetry(nowMonoMs);
      other.sendTelemetry(nowMonoMs, { bootMonoMs: -60_000, northM: 300 });
    });
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1", "udp:14550@10.0.0.2:1/1"]);
    expect(keys()).toContain("danger two-vehicles");
    const before = [one.count("COMMAND_LONG"), other.count("COMMAND_LONG")];
    one.isAnsweringMission = false;
    void ask({
      kind: "command",
      vehicleId: "udp:14550@10.0.0.2:1/1",
      commandId: "c-2",
      command: { kind: "arm" },
      isConfirmed: true,
    }).catch(() => undefined);
    // The mode change that precedes arming.
    const arming = (vehicle: FakeVehicle) => vehicle.received.filter(({ fields }) => fields["command"] === 176).length;
    fly(0.2, () => undefined);
    expect([arming(one), arming(other)]).toEqual([0, 1]);
    expect(before.length).toBe(2);
  });

  it("behind one address are noticed, named, and sent nothing until one of them is gone", async () => {
    const wire = new FakeWire(A);
    const { fly, keys, notices, ask } = await stationOn([wire], { open });
    const one = new FakeVehicle({ wires: [wire] });
    const other = new FakeVehicle({ wires: [wire] });
    fly(2, (nowMonoMs) => one.sendTelemetry(nowMonoMs));
    fly(5, (nowMonoMs) => {
      one.sendTelemetry(nowMonoMs);
      other.sendTelemetry(nowMonoMs, { bootMonoMs: -300_000 });
    });
    const notice = notices().find(({ key }) => key === "two-on-one-link");
    expect(notice).toMatchObject({ severity: "danger", facts: { vehicle: "DRONE-1", id: 1, link: "udp:14550" } });
    expect([notice?.facts["first"], notice?.facts["second"]].join()).toMatch(/30\d s/);
    const refused = await ask({
      kind: "command",
      vehicleId: "udp:14550/1",
      commandId: "c-2",
      command: { kind: "arm" },
      isConfirmed: true,
    });
    expect(refused).toMatchObject({ error: { failure: { kind: "not-possible", because: "two-with-one-id" } } });
    fly(12, (nowMonoMs) => one.sendTelemetry(nowMonoMs));
    expect(keys()).toContain("info two-on-one-link-over");
  });

  it("is not said of one vehicle that restarts, drifts or comes back from another address", async () => {
    const wire = new FakeWire(A);
    const { fly, keys, batch } = await stationOn([wire], { open });
    const before = new FakeVehicle({ wires: [wire], from: "10.0.0.1:1" });
    fly(5, (nowMonoMs) => before.sendTelemetry(nowMonoMs));
    fly(5, (nowMonoMs) => before.sendTelemetry(nowMonoMs, { bootMonoMs: 5000 }));
    // The same minute of flight at four times the speed, as a simulator may run it.
    fly(5, (nowMonoMs) => before.sendTelemetry(nowMonoMs, { bootMonoMs: 5000 - 3 * (nowMonoMs - 10_000) }));
    wire.isCut = true;
    fly(6, () => undefined);
    wire.isCut = false;
    const after = new FakeVehicle({ wires: [wire], from: "10.0.0.1:77" });
    fly(3, (nowMonoMs) => after.sendTelemetry(nowMonoMs, { bootMonoMs: 20_000 }));
    expect(batch().vehicles.map(({ id }) => id)).toEqual(["udp:14550/1"]);
    expect(keys().filter((key) => /two/.test(key))).toEqual([]);
    expect(keys().slice(-3)).toEqual(["danger vehicle-lost", "caution vehicle-restarted", "info vehicle-back"]);
  });
});

describe("the ground station's heartbeat", () => {
  it("goes out on every link, and stops on all when the screens are dead", async () => {
    const wires = [...wiresAB(), new FakeWire("udp://:14570")];
    const { fly, screen, clock } = await stationOn(wires, { open, requireUiHeartbeat: true });
    const beats = () => wires.map((wire) => wire.sent.filter((bytes) => bytes[7] === 0 && bytes[8] === 0).length);
    fly(5, () => screen.fromUi({ kind: "ui-alive" }));
    expect(beats()).toEqual([5, 5, 5]);
    clock.advance(3000);
    const frozen = beats();
    clock.advance(20_000);
    expect(beats()).toEqual(frozen);
  });
});

describe("a vehicle heard over a satellite", () => {
  it("is marked, spoken to sparely, and not lost for two minutes", async () => {
    const wire = new FakeWire(A);
    const { fly, batch, keys, clock } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire] });
    const summary = { type: 2, autopilot: 3 };
    fly(3, (nowMonoMs) => {
      if (nowMonoMs % 1000 === 0) vehicle.send("HIGH_LATENCY2", { ...summary, target_distance: nowMonoMs / 1000 });
    });
    expect(batch().paths[0]?.paths).toMatchObject([{ state: "active", isHighLatency: true }]);
    const beats = () => wire.sent.filter((bytes) => bytes[7] === 0 && bytes[8] === 0).length;
    const before = beats();
    clock.advance(100_000);
    expect(beats()).toBe(before);
    expect(keys()).not.toContain("danger vehicle-lost");
    clock.advance(25_000);
    expect(keys()).toContain("danger vehicle-lost");
    vehicle.sendHeartbeat();
    clock.advance(1000);
    expect(batch().paths[0]?.paths).toMatchObject([{ isHighLatency: false }]);
  });
});
