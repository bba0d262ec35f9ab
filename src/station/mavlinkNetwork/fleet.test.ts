/** The fleet on its own: real vehicle sessions, frames without sockets, and what goes to the event log. */
import { afterEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { err } from "../../core/result.js";
import type { MavlinkFields } from "../../mavlink/frame.js";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { vehicleIdOf, type VehicleId } from "../../vehicle/vehicleState.js";
import { StationBus } from "../bus.js";
import { quietLink } from "../testing/quietLink.js";
import { anEnvironment } from "../testing/sessionOptions.js";
import { MavlinkVehicleSession, type VehicleSessionOptions } from "../vehicle/vehicleSession.js";
import { Fleet } from "./fleet.js";
import { createHighLatencyService } from "./highLatency.js";
import type { LinkSession } from "./linkSession.js";

const open: Fleet[] = [];
afterEach(() => {
  for (const fleet of open.splice(0)) fleet.dispose();
});

type Sender = { readonly link: LinkSession; readonly from: string; readonly systemId: number };
type Telemetry = { readonly bootMonoMs?: number; readonly northM?: number };

function aFleet() {
  const clock = new FakeClock();
  const bus = new StationBus();
  const records: unknown[] = [];
  const notices: string[] = [];
  bus.on("record", ({ what, facts }) => records.push([what, facts]));
  bus.on("notice", ({ notice }) => notices.push(notice.key));
  const opened: VehicleSessionOptions[] = [];
  const fleet = new Fleet({
    ...{ time: { clock, scheduler: clock }, bus, environment: anEnvironment() },
    openSession: (options) => {
      opened.push(options);
      return new MavlinkVehicleSession(options);
    },
  });
  open.push(fleet);
  const send = ({ link, from, systemId }: Sender, name: string, fields: MavlinkFields, componentId = 1): void => {
    const frame = frameOf({ name, fields }, { systemId, componentId });
    const key = `${link.name} ${from} ${systemId}`;
    fleet.onFrame({ key, link, from }, frame, { first: { sourceKey: key, isApplied: false }, isCopy: false });
  };
  const beat = (sender: Sender): void => send(sender, "HEARTBEAT", { type: 2, autopilot: 3, base_mode: 81 });
  const fly = (sender: Sender, { bootMonoMs = -1000, northM = 0 }: Telemetry = {}): void => {
    beat(sender);
    const time_boot_ms = clock.monoMs() - bootMonoMs;
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    const place = { lat: 507745000 + Math.round((northM / 111_320) * 1e7), lon: 16075290, relative_alt: 0 };
    send(sender, "GLOBAL_POSITION_INT", { time_boot_ms, ...place });
  };
  /** Calls `each` and the fleet's own tick twice a second. */
  const pass = (seconds: number, each: () => void = () => undefined): void => {
    for (let i = 0; i < seconds * 2; i++) {
      each();
      clock.advance(500);
      fleet.tick();
    }
  };
  const ids = () => fleet.states().map(({ id }) => id);
  return { fleet, clock, records, notices, opened, send, beat, fly, pass, ids };
}
const aLink = (name: string, uri = `udp://:${name}`): LinkSession => ({ ...quietLink(name, () => undefined), uri });

describe("a vehicle over two links", () => {
  it("has, on each of them, only the addresses it is received from there", () => {
    const { fleet, pass, fly, ids } = aFleet();
    const [a, b] = [aLink("a"), aLink("b")];
    pass(3, () => {
      fly({ link: a, from: "a:1", systemId: 1 });
      fly({ link: b, from: "b:1", systemId: 1 });
    });
    expect(ids()).toEqual(["a/1"]);
    expect(fleet.addressesOf(a, 1)).toEqual(["a:1"]);
    expect(fleet.addressesOf(b, 1)).toEqual(["b:1"]);
    expect(fleet.addressesOf(b, 2)).toEqual([]);
  });
});

describe("a new vehicle", () => {
  it("is told two seconds after its first heartbeat, once it is known whether it is simulated, and once", () => {
    const { clock, notices, pass, beat } = aFleet();
    const sender = { link: aLink("a"), from: "a:1", systemId: 1 };
    clock.advance(60_000);
    pass(1.5, () => beat(sender));
    expect(notices).not.toContain("vehicle-heard");
    pass(5, () => beat(sender));
    expect(notices.filter((key) => key === "vehicle-heard")).toHaveLength(1);
  });

  it("that turns out to be another component is a line of the event log", () => {
    const { records, send } = aFleet();
    const sender = { link: aLink("a"), from: "a:1", systemId: 1 };
    // A heartbeat of a vehicle's kind from a component that is no autopilot's, then the autopilot.
    send(sender, "HEARTBEAT", { type: 2, autopilot: 3 }, 50);
    send(sender, "HEARTBEAT", { type: 2, autopilot: 3 }, 1);
    expect(records).toContainEqual(["autopilot-changed", { vehicleId: "a/1", componentId: 1 }]);
  });
});

describe("several aircraft", () => {
  it("share the messages of one radio, and those on other links have their own", () => {
    const { opened, pass, fly } = aFleet();
    const radio = aLink("radio", "serial:/dev/ttyUSB0:57600");
    const other = aLink("other", "serial:/dev/ttyUSB1:57600");
    pass(1, () => {
      for (let systemId = 1; systemId <= 8; systemId++) fly({ link: radio, from: "radio", systemId });
      fly({ link: other, from: "other", systemId: 9 });
    });
    const scales = opened.map(({ path }) => path.rateScale?.());
    expect(scales).toHaveLength(9);
    for (const scale of scales.slice(0, 8)) expect(scale).toBeLessThan(0.5);
    expect(scales[8]).toBe(1);
  });

  it("with one system id are named in the event log", () => {
    const { records, pass, fly } = aFleet();
    const [a, b] = [aLink("a"), aLink("b")];
    pass(3, () => {
      fly({ link: a, from: "a:1", systemId: 1 });
      fly({ link: b, from: "b:1", systemId: 1 }, { northM: 900 });
    });
    expect(records).toContainEqual(["two-vehicles", { vehicleIds: ["a/1", "b/1"] }]);
  });

  it("are never taken for each other over different system ids, though boot time and place are the same", () => {
    const { pass, beat, fly, ids } = aFleet();
    const known = { link: aLink("a"), from: "a:1", systemId: 1 };
    const other = { link: aLink("a"), from: "a:2", systemId: 2 };
    const unproven = { link: aLink("b"), from: "b:1", systemId: 1 };
    pass(7, () => {
      beat(known);
      fly(other);
      beat(unproven);
    });
    expect(ids()).toEqual(["a/1", "a/2", "b/1"]);
    pass(7, () => {
      beat(known);
      fly(other);
      fly(unproven);
    });
    expect(ids()).toEqual(["a/1", "a/2", "b/1"]);
  });
});

describe("a change to high latency", () => {
  it("is asked of no unknown vehicle, and of none whose identity is unproven", async () => {
    const { fleet, clock, pass, beat, ids } = aFleet();
    const sent: string[] = [];
    const unproven = quietLink("b", ({ name, fields }) => sent.push(`${name} ${String(fields["command"])}`));
    pass(7, () => {
      beat({ link: aLink("a"), from: "a:1", systemId: 1 });
      beat({ link: unproven, from: "b:1", systemId: 1 });
    });
    const [, unprovenId] = ids();
    expect(unprovenId).toBe("b/1");
    const highLatency = createHighLatencyService(fleet, clock);
    const set = (vehicleId: VehicleId) => highLatency.set({ kind: "high-latency", vehicleId, isOn: true });
    expect(await set(vehicleIdOf("c", 9))).toEqual(err({ kind: "no-vehicle" }));
    expect(await set(unprovenId!)).toEqual(err({ kind: "no-vehicle" }));
    expect(sent).not.toContain("COMMAND_LONG 2600");
  });
});

describe("an address from which something else is received after a silence", () => {
  it("is contested once: what it sends next counts neither as the aircraft nor as a further contest", () => {
    const { fleet, clock, notices, pass, fly, ids } = aFleet();
    const sender = { link: aLink("a"), from: "a:1", systemId: 1 };
    const contests = () => notices.filter((key) => key === "contested-address").length;
    pass(8, () => fly(sender));
    clock.advance(6000);
    pass(8, () => fly(sender, { bootMonoMs: -300_000, northM: 5000 }));
    expect(contests()).toBe(1);
    expect(ids()).toEqual(["a/1", "a@a:1/1"]);
    clock.advance(6000);
    pass(8, () => fly(sender, { bootMonoMs: -900_000, northM: 50_000 }));
    expect(contests()).toBe(1);
    // The aircraft itself is believed again at its own address.
    pass(2, () => fly(sender));
    expect(fleet.paths().find(({ vehicleId }) => vehicleId === "a/1")?.paths).toMatchObject([{ state: "active" }]);
  });
});
