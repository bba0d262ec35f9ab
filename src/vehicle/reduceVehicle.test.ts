import { describe, expect, it } from "vitest";
import { componentName } from "./componentNames.js";
import type { VehicleEvent, VehicleEventBody } from "./events.js";
import { freshnessOf, LOST_AFTER_MS, STALE_AFTER_MS, vehicleFreshness } from "./selectors/freshness.js";
import { emptyVehicle, reduceVehicle } from "./reduceVehicle.js";
import type { VehicleState } from "./vehicleState.js";

const NEW = emptyVehicle({ linkName: "udp", systemId: 7, componentId: 1 });
type Reported = VehicleEventBody &
  Partial<Pick<VehicleEvent, "systemId" | "componentId" | "receivedAtMonoMs" | "unixTimeUs">>;
const fold = (events: readonly Reported[], from: VehicleState = NEW): VehicleState =>
  events.reduce<VehicleState>(
    (state, event, i) =>
      reduceVehicle(state, {
        systemId: 7,
        componentId: 1,
        receivedAtMonoMs: 100 * (i + 1),
        unixTimeUs: i * 1e6,
        ...event,
      }),
    from,
  );

const heartbeat = (isArmed: boolean): Reported => ({
  kind: "heartbeat",
  identity: { autopilot: "ardupilot", mavAutopilot: 3, airframe: "copter", mavType: 2 },
  heartbeat: { customMode: 4, modeName: "GUIDED", isArmed, systemStatus: 3 },
});
const text = (reported: string, severity = 2): Reported => ({
  kind: "text",
  severity,
  text: reported,
  chunk: undefined,
});
const piece = (reported: string, index: number, isLast: boolean, id = 5): Reported => ({
  kind: "text",
  severity: 4,
  text: reported,
  chunk: { id, index, isLast },
});
const health = (prearmOk: boolean): Reported => ({
  kind: "health",
  health: { presentBits: 0, enabledBits: 0, healthyBits: 0, prearmOk },
});
const battery = (isSummary: boolean, timeRemainingS: number | undefined): Reported => ({
  kind: "battery",
  isSummary,
  battery: { voltageV: 12, currentA: 1, remainingFraction: 0.5, timeRemainingS },
});

describe("the vehicle's state", () => {
  it("starts with nothing known", () => {
    expect(NEW).toMatchObject({ id: "udp/7", autopilot: "other", isSimulated: false, texts: [], prearmReasons: [] });
    expect(vehicleFreshness(NEW, 0)).toBe("lost");
  });

  it("learns from the first heartbeat what it is", () => {
    expect(fold([heartbeat(true)])).toMatchObject({
      autopilot: "ardupilot",
      airframe: "copter",
      heartbeat: { value: { modeName: "GUIDED", isArmed: true }, receivedAtMonoMs: 100 },
      lastReceivedMonoMs: 100,
    });
  });

  it("does not listen to other systems, nor to the attitude of its own camera", () => {
    const attitude: Reported = { kind: "attitude", attitude: { rollDeg: 1, pitchDeg: 2, headingDeg: 3 } };
    expect(fold([{ ...attitude, systemId: 8 }])).toBe(NEW);
    expect(fold([{ ...attitude, componentId: 100 }])).toBe(NEW);
    expect(fold([attitude]).attitude?.value.headingDeg).toBe(3);
    const gimbal: Reported = {
      kind: "gimbal",
      gimbal: { pitchDeg: -45, rollDeg: 0, yawEarthDeg: undefined },
      yawFromNoseDeg: -10,
      componentId: 154,
    };
    // The gimbal's yaw is relative to the vehicle: its absolute yaw needs the heading.
    expect(fold([gimbal]).gimbal?.value.yawEarthDeg).toBeUndefined();
    expect(fold([attitude, gimbal]).gimbal?.value.yawEarthDeg).toBe(353);
    expect(fold([attitude, gimbal]).lastReceivedMonoMs).toBe(100);
  });

  it("keeps the predicted time of the detailed battery message", () => {
    expect(fold([battery(false, 600), battery(true, undefined)]).battery?.value.timeRemainingS).toBe(600);
    expect(fold([battery(false, 600), battery(false, undefined)]).battery?.value.timeRemainingS).toBeUndefined();
  });

  it("stays simulated once it was", () => {
    expect(fold([{ kind: "simulated" }, heartbeat(false)]).isSimulated).toBe(true);
  });
});

describe("why it will not arm", () => {
  it("is the latest burst of reasons", () => {
    const first = fold([text("PreArm: Compass"), text("PreArm: Battery"), text("PreArm: Battery")]);
    expect(first.prearmReasons).toEqual(["PreArm: Compass", "PreArm: Battery"]);
    expect(fold([{ ...text("PreArm: Battery"), unixTimeUs: 60e6 }], first).prearmReasons).toEqual(["PreArm: Battery"]);
  });

  it("is forgotten when it arms or becomes ready, not by being ready all along", () => {
    const refused = fold([health(true), text("Arm: Need Position Estimate")]);
    expect(refused.prearmReasons).toHaveLength(1);
    expect(fold([health(true)], refused).prearmReasons).toHaveLength(1);
    expect(fold([health(false), health(true)], refused).prearmReasons).toEqual([]);
    expect(fold([heartbeat(true)], refused).prearmReasons).toEqual([]);
  });
});

describe("why it will not arm, before it says so", () => {
  const sick = (healthyBits: number): Reported => ({
    kind: "health",
    health: { presentBits: 0x2f, enabledBits: 0x27, healthyBits, prearmOk: false },
  });
  it("is the sensors that are there, in use and not healthy", () => {
    expect(fold([sick(0x3)]).prearmReasons).toEqual(["Not healthy: compass", "Not healthy: GPS"]);
    expect(fold([sick(0x3), sick(0x7)]).prearmReasons).toEqual(["Not healthy: GPS"]);
  });
  it("gives way to the vehicle's own words", () => {
    const reported = fold([sick(0x3), text("PreArm: GPS 1: Bad fix"), sick(0x3)]);
    expect(reported.prearmReasons).toEqual(["PreArm: GPS 1: Bad fix"]);
  });
});

describe("texts", () => {
  it("are kept, the newest 200", () => {
    const { texts } = fold(Array.from({ length: 250 }, (_, i) => text(`t${i}`, 6)));
    expect([texts.length, texts[0]?.text, texts.at(-1)?.text]).toEqual([200, "t50", "t249"]);
  });
  it("in pieces are joined", () => {
    const state = fold([piece("a".repeat(50), 0, false), piece("b".repeat(50), 1, false), piece("c", 2, true)]);
    expect(state.texts.map((t) => t.text)).toEqual([`${"a".repeat(50)}${"b".repeat(50)}c`]);
    expect(state.texts[0]?.unixTimeUs).toBe(0);
    expect(state.textJoiner?.pending).toEqual([]);
  });
  it("show a piece that never came, once it is late", () => {
    const later = (reported: string): Reported => ({ ...text(reported), receivedAtMonoMs: 5000 });
    const gap = fold([piece("begin ", 0, false), piece("end", 2, true), later("other")]);
    expect(gap.texts.map((t) => t.text)).toEqual(["begin …end", "other"]);
    const cut = fold([piece("begin", 0, false), later("other")]);
    expect(cut.texts.map((t) => t.text)).toEqual(["begin…", "other"]);
    expect(fold([piece("lost start", 1, true), later("x")]).texts.map((t) => t.text)).toEqual(["…lost start", "x"]);
  });
  it("heard twice are joined once", () => {
    const twice = fold([piece("a", 0, false), piece("a", 0, false), piece("b", 1, true), piece("b", 1, true)]);
    expect(twice.texts.map((t) => t.text)).toEqual(["ab"]);
  });
  it("findings 6.8: of another component carry it, and are no reason of the autopilot's", () => {
    const state = fold([{ ...text("PreArm: CRASH"), componentId: 191 }, text("own")]);
    expect(state.texts.map(({ text: words, componentId }) => [words, componentId])).toEqual([
      ["PreArm: CRASH", 191],
      ["own", undefined],
    ]);
    expect(state.prearmReasons).toEqual([]);
    expect(componentName(191)).toBe("Onboard computer");
    expect(componentName(77)).toBe("Component 77");
  });
});

describe("freshness", () => {
  it("goes from live over stale to lost", () => {
    expect(freshnessOf(1000, 1000 + STALE_AFTER_MS - 1)).toBe("live");
    expect(freshnessOf(1000, 1000 + STALE_AFTER_MS)).toBe("stale");
    expect(freshnessOf(1000, 1000 + LOST_AFTER_MS - 1)).toBe("stale");
    expect(freshnessOf(1000, 1000 + LOST_AFTER_MS)).toBe("lost");
    expect(freshnessOf(undefined, 5)).toBe("lost");
    expect(LOST_AFTER_MS).toBeLessThan(5000);
  });
});
