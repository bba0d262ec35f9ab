import { describe, expect, it } from "vitest";
import { planFromArea } from "../makeSortie.js";
import type { MissionItem, OpaqueItem, Plan } from "../plan.js";
import {
  anAircraft,
  areaOf,
  aRequest,
  BEACH,
  command,
  commandAt,
  metres,
  planOfItems,
} from "../testing/planBuilders.js";
import { straightCoast } from "../testing/straightCoast.js";
import { CALM, isDanger, planFindings, type FindingContext } from "./planFindings.js";

const context: FindingContext = {
  aircraft: anAircraft({ capacityWh: 100_000 }),
  assumed: undefined,
  vehicle: undefined,
  home: undefined,
  wind: CALM,
  ground: { coast: undefined, terrain: undefined },
};
const found = (plan: Plan, changes: Partial<FindingContext> = {}) => planFindings(plan, { ...context, ...changes });
const kindsOf = (plan: Plan, changes: Partial<FindingContext> = {}) => found(plan, changes).map(({ kind }) => kind);
const [takeOff, away, goHome] = [commandAt(22, 0, 0), commandAt(16, 400, 0), command(20)];
const flight = [takeOff, away, goHome];
const opaque = (id: string, items: readonly MissionItem[]): OpaqueItem => ({
  kind: "opaque",
  id,
  complexItemType: "StructureScan",
  rawJson: "{}",
  items,
});

const onCoast = { coast: straightCoast(), terrain: undefined };

describe("a plan without anything to fly", () => {
  it("is a danger, and none where it holds places only", () => {
    const empty = planOfItems([]);
    expect(found(empty)).toEqual([{ kind: "no-items", severity: "danger", facts: {} }]);
    for (const changes of [{ fenceJson: "{}" }, { rallyJson: "{}" }, { clears: ["fence"] as const }])
      expect(found({ ...empty, ...changes })).toEqual([{ kind: "no-items", severity: "info", facts: {} }]);
    expect(found({ ...empty, isTraining: true }).map(({ kind }) => kind)).toEqual(["no-items", "training"]);
  });

  it("stays one where its items cannot be read, whatever else it holds", () => {
    const unread: Plan = { ...planOfItems([]), items: [opaque("a", [])], fenceJson: "{}" };
    expect(found(unread)).toEqual([
      { kind: "not-flyable-item", severity: "danger", seq: 1, facts: { itemId: "a", type: "StructureScan" } },
      { kind: "no-items", severity: "danger", facts: {} },
    ]);
  });
});

describe("parts that cannot be flown", () => {
  it("are named with the number of what follows them", () => {
    const plan: Plan = {
      ...planOfItems(flight),
      items: [...planOfItems([takeOff, away]).items, opaque("a", []), opaque("b", [goHome])],
    };
    expect(found(plan)).toEqual([
      { kind: "not-flyable-item", severity: "danger", seq: 3, facts: { itemId: "a", type: "StructureScan" } },
    ]);
  });

  it("a sweep says why it cannot be laid, once", () => {
    const made = planFromArea(aRequest({ isTraining: false }));
    if (!made.ok) throw new Error(made.error.kind);
    const items = made.value.plan.items.map((item) =>
      item.kind === "sweep" ? { ...item, area: areaOf([0, 0], [100, 0]), items: [] } : item,
    );
    const facts = { itemId: "sweep-1", because: "too-few-corners" };
    expect(found({ ...made.value.plan, items })).toEqual([{ kind: "area-invalid", severity: "danger", facts }]);
  });
});

describe("home", () => {
  const homeless = planOfItems(flight, { plannedHome: undefined });
  it("is the plan's, else the vehicle's, and missing without either", () => {
    expect(kindsOf(planOfItems(flight))).toEqual([]);
    expect(found(homeless)).toEqual([{ kind: "no-home", severity: "caution", facts: {} }]);
    expect(kindsOf(homeless, { home: { position: BEACH, altitudeAmslM: 4 } })).toEqual([]);
    const elsewhere = { position: metres(9000, 0), altitudeAmslM: 4 };
    expect(kindsOf(homeless, { home: elsewhere })).toEqual(["far-from-home", "long-hop"]);
    expect(kindsOf(planOfItems(flight), { home: elsewhere })).toEqual([]);
  });
});

describe("size", () => {
  const longPlan = (count: number) => planOfItems([takeOff, ...Array<MissionItem>(count - 2).fill(away), goHome]);
  it("is 700 items at most", () => {
    expect(kindsOf(longPlan(700))).toEqual([]);
    expect(found(longPlan(701))).toEqual([
      { kind: "too-many-items", severity: "danger", facts: { items: 701, limit: 700 } },
    ]);
  });

  it("is 5 km from home and 5 km a leg; the farthest and the longest are named", () => {
    const round = (eastM: number) =>
      planOfItems([takeOff, commandAt(16, eastM / 2, 0), commandAt(16, eastM, 0), commandAt(16, eastM / 2, 0), goHome]);
    expect(kindsOf(round(4990))).toEqual([]);
    expect(found(round(5010))).toEqual([
      {
        kind: "far-from-home",
        severity: "caution",
        seq: 3,
        facts: { distanceM: expect.closeTo(5010, 1), limitM: 5000 },
      },
    ]);
    const wide = planOfItems([takeOff, commandAt(16, -2600, 0), commandAt(16, 2600, 0), commandAt(16, 0, 0), goHome]);
    expect(found(wide)).toEqual([
      { kind: "long-hop", severity: "caution", seq: 3, facts: { lengthM: expect.closeTo(5200, 1) } },
    ]);
  });
});

describe("the aircraft", () => {
  const fast = (...speeds: readonly number[]) =>
    planOfItems([takeOff, ...speeds.map((speedMps) => command(178, [1, speedMps, -1, 0])), away, goHome]);

  it("is not asked for more than its air speed; the fastest wish is named", () => {
    expect(kindsOf(fast(20))).toEqual([]);
    expect(found(fast(5, 21, 25, 22))).toEqual([
      { kind: "speed-too-high", severity: "danger", seq: 4, facts: { speedMps: 25, limitMps: 20 } },
    ]);
    const assumed = { aircraft: undefined, assumed: context.aircraft };
    expect(found(fast(25), assumed)).toMatchObject([{ kind: "speed-too-high", severity: "caution" }]);
    // Param 2 of another command is no speed.
    expect(kindsOf(planOfItems([takeOff, command(205, [0, 99, 0, 0]), away, goHome]))).toEqual([]);
  });

  it("is not sent into more wind than it may have, nor than it can fly against", () => {
    const windy = (speedMps: number, maxWindMps: number) =>
      found(planOfItems(flight), {
        wind: { fromDeg: 90, speedMps },
        aircraft: anAircraft({ capacityWh: 100_000, maxWindMps }),
      });
    expect(windy(12, 12)).toEqual([]);
    expect(windy(12.5, 12)).toEqual([
      { kind: "wind-too-strong", severity: "danger", facts: { windMps: 12.5, limitMps: 12 } },
    ]);
    expect(windy(25, 30)).toEqual([
      { kind: "wind-too-strong", severity: "danger", facts: { windMps: 25, limitMps: 30 } },
    ]);
  });

  it("comes home with its reserve: from a guess a caution, with an empty battery always a danger", () => {
    // Climb 25 s, out and back 45 s each with the stops, down 40 s.
    const usedWh = (25 * 720 + 90 * 540 + 40 * 360) / 3600;
    const withBattery = (capacityWh: number) => anAircraft({ capacityWh, reserveFraction: 0.25 });
    const reserve = (capacityWh: number, isAssumed: boolean) =>
      found(planOfItems(flight), {
        aircraft: isAssumed ? undefined : withBattery(capacityWh),
        assumed: isAssumed ? withBattery(capacityWh) : undefined,
      });
    expect(reserve(usedWh / 0.74, false)).toEqual([]);
    expect(reserve(usedWh / 0.76, false)).toEqual([
      {
        kind: "energy-reserve",
        severity: "danger",
        facts: { leftFraction: expect.closeTo(0.24, 4), reserveFraction: 0.25, aircraft: "round figures" },
      },
    ]);
    expect(reserve(usedWh / 0.76, true)).toMatchObject([{ severity: "caution" }]);
    expect(reserve(usedWh / 0.99, true)).toMatchObject([{ severity: "caution" }]);
    expect(reserve(usedWh / 1.01, true)).toMatchObject([{ severity: "danger" }]);
  });

  it("is the caller's, else the plan's own of the same class, else the assumed one of the same class", () => {
    const named = (name: string, vehicleType: number) => anAircraft({ name, vehicleType, capacityWh: 1 });
    const used = (plan: Partial<Plan>, changes: Partial<FindingContext>) =>
      found({ ...planOfItems(flight), ...plan }, changes).map(({ kind, facts }) => facts["aircraft"] ?? kind);
    const none = { aircraft: undefined };
    expect(used({ aircraft: named("plan", 2) }, { aircraft: named("caller", 2) })).toEqual(["caller"]);
    expect(used({ aircraft: named("plan", 13) }, none)).toEqual(["plan"]);
    expect(used({ aircraft: named("plan", 1) }, { ...none, assumed: named("assumed", 2) })).toEqual(["assumed"]);
    expect(used({ aircraft: named("plan", 2) }, { ...none, assumed: named("assumed", 2) })).toEqual(["plan"]);
    expect(used({}, { ...none, assumed: named("assumed", 1) })).toEqual(["energy-unknown"]);
    expect(used({}, none)).toEqual(["energy-unknown"]);
    const toPlane = { ...none, vehicle: { mavType: 1, mavAutopilot: 3 } };
    expect(used({ aircraft: named("plan", 2) }, toPlane)).toContain("energy-unknown");
    expect(used({ aircraft: named("plan", 1) }, toPlane)).toContain("plan");
  });
});

describe("the vehicle", () => {
  it("is the one it goes to, else the plan's own", () => {
    const noPlace = planOfItems([command(22), away, goHome]);
    expect(kindsOf(noPlace, { vehicle: { mavType: 2, mavAutopilot: 12 } })).toEqual(["no-place"]);
    expect(kindsOf({ ...noPlace, firmwareType: 12 })).toEqual(["no-place"]);
    expect(kindsOf({ ...noPlace, firmwareType: 12 }, { vehicle: { mavType: 2, mavAutopilot: 3 } })).toEqual([]);
  });

  it("that drives has no heights, no landing and no battery of an aircraft", () => {
    const drive = planOfItems([commandAt(16, 50, 0, 0), commandAt(16, 6000, 0, 0)], { vehicleType: 11 });
    expect(found(drive).map(({ kind, severity }) => [kind, severity])).toEqual([
      ["not-an-aircraft", "caution"],
      ["far-from-home", "caution"],
      ["long-hop", "caution"],
    ]);
  });
});

describe("land and sea", () => {
  it("are counted over every place of the plan", () => {
    const plan = planOfItems([
      commandAt(22, 300, 0),
      commandAt(16, -300, 0),
      commandAt(16, -200, 0),
      command(205),
      goHome,
    ]);
    expect(found(plan, { ground: onCoast })).toEqual([
      { kind: "land-and-sea", severity: "info", facts: { onLand: 1, atSea: 2, unknown: 0 } },
    ]);
    const far = planOfItems([takeOff, commandAt(16, -900, 9000), goHome]);
    expect(found(far, { ground: onCoast }).at(-1)).toMatchObject({ facts: { unknown: 1 } });
  });

  it("are not mentioned without places or without a coast", () => {
    expect(kindsOf(planOfItems([command(22), goHome]), { ground: onCoast })).not.toContain("land-and-sea");
    expect(kindsOf(planOfItems(flight))).toEqual([]);
  });
});

describe("the order", () => {
  it("is dangers, cautions, information", () => {
    const plan = planOfItems([commandAt(16, 5500, 0, 200), commandAt(16, 0, 0, 1)], { isTraining: true });
    const findings = found(plan, { ground: onCoast });
    expect(findings.map(({ severity }) => severity)).toEqual([
      "danger",
      "danger",
      "caution",
      "caution",
      "caution",
      "caution",
      "info",
      "info",
    ]);
    expect(findings.filter(isDanger).map(({ kind }) => kind)).toEqual(["too-low", "too-high"]);
  });
});
