/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM, initialBearingDeg } from "../geo/geodesic.js";
import { applyEdit } from "./edits.js";
import { CALM, planFindings } from "./findings/planFindings.js";
import { readPlanFile, writePlanFile } from "./formats/planFile.js";
import { planFromArea, type Sortie, type SortieRequest } from "./makeSortie.js";
import { missionItemsOf } from "./plan.js";
import { THREE_ARMS, anAircraft, areaOf, aRequest, BEACH, metres, theAircraft } from "./testing/planBuilders.js";

function sortieOf(changes: Partial<SortieRequest> = {}): Sortie {
  const sortie = planFromArea(aRequest(changes));
  if (!sortie.ok) throw new Error(sortie.error.kind);
  return sortie.value;
}

describe("a sortie from an area", () => {
  it("takes off, sets speed and gimbal, sweeps and returns, heights above home", () => {
    const { plan, figures } = sortieOf();
    const items = missionItemsOf(plan);
    expect(items.map((item) => item.command)).toEqual([22, 178, 205, ...Array<number>(2 * figures.legs).fill(16), 20]);
    expect(items[0]).toMatchObject({ position: plan.plannedHome!.position, altitude: { datum: "home", valueM: 75 } });
    expect(items[1]!.params).toEqual([1, 10, -1, 0]);
    expect(items[2]!.params[0]).toBe(-90);
    expect(items.slice(3, -1).every((item) => item.altitude?.datum === "home" && item.altitude.valueM === 75)).toBe(
      true,
    );
    expect(figures.items).toBe(items.length);
  });

  it("flies as high as a person of half a metre still has five pixels, above the sea and not only above home", () => {
    // Swath 2·h·tan 21° over 640 px: 5 px on 0.5 m at 83.4 m above the sea, rounded down to 5 m steps above homes at 4 and 12 m.
    const { figures } = sortieOf();
    expect(figures.heightAboveHomeM).toBe(75);
    expect(figures.heightAboveSurfaceM).toBe(79);
    expect(sortieOf({ home: { position: metres(0, -50), altitudeAmslM: 12 } }).figures.heightAboveHomeM).toBe(70);
  });

  it("reaches the wanted detection, with legs that fill the area exactly", () => {
    for (const podWanted of [0.5, 0.8, 0.9, 0.95]) {
      const { figures, warnings } = sortieOf({ podWanted });
      expect(figures.pod).toBeGreaterThanOrEqual(podWanted);
      expect(figures.pod).toBeCloseTo(1 - Math.exp(-figures.sweepWidthM / figures.trackSpacingM), 12);
      expect(200 / figures.trackSpacingM).toBeCloseTo(figures.legs, 3);
      expect(figures.coverageFraction).toBeGreaterThan(0.999);
      expect(warnings).toEqual([]);
    }
  });

  it("says boats yes, people no", () => {
    const { figures, warnings } = sortieOf({ see: "boat" });
    expect(figures.heightAboveSurfaceM).toBeLessThanOrEqual(110);
    expect(warnings[0]).toMatchObject({ kind: "boats-yes-people-no", neededPx: 5 });
  });

  it("claims nothing from a height at which a person is too small", () => {
    const { figures, warnings } = sortieOf({ override: { heightAboveHomeM: 115 } });
    expect(figures).toMatchObject({ sweepWidthM: 0, coverageFactor: 0, pod: 0 });
    expect(warnings.map(({ kind }) => kind)).toEqual(["boats-yes-people-no", "pod-not-reached"]);
    const higher = sortieOf({ override: { heightAboveHomeM: 119 } }).warnings;
    expect(higher.at(-1)).toEqual({ kind: "height-limited", heightAboveSurfaceM: 123, limitM: 120 });
  });

  it("warns of wind, of the reserve and of ways outside", () => {
    expect(sortieOf({ wind: { fromDeg: 250, speedMps: 14 } }).warnings).toContainEqual({
      kind: "wind",
      windMps: 14,
      maxWindMps: 12,
    });
    const large = areaOf([0, 0], [3000, 0], [3000, 2000], [0, 2000]);
    expect(sortieOf({ area: large }).warnings.map(({ kind }) => kind)).toContain("energy");
  });

  it("refuses what is no area and what is no setting", () => {
    const kind = (changes: Partial<SortieRequest>) => {
      const sortie = planFromArea(aRequest(changes));
      return sortie.ok ? "made" : sortie.error.kind;
    };
    expect(kind({ area: [] })).toBe("too-few-corners");
    expect(kind({ area: areaOf([0, 0], [100, 100], [100, 0], [0, 100]) })).toBe("self-crossing");
    expect(kind({ override: { heightAboveHomeM: Number.NaN } })).toBe("bad-setting");
    expect(kind({ override: { groundSpeedMps: 0 } })).toBe("bad-setting");
    expect(kind({ override: { trackSpacingM: -1 } })).toBe("bad-setting");
  });

  it("is made within a few milliseconds: it runs for every step of a drag", () => {
    const area = areaOf([0, 0], [400, 30], [600, 200], [420, 420], [200, 380], [-40, 200]);
    const request = aRequest({ area, aircraft: theAircraft() });
    for (let i = 0; i < 50; i++) planFromArea(request);
    const before = process.cpuUsage();
    for (let i = 0; i < 50; i++) planFromArea(request);
    const { user, system } = process.cpuUsage(before);
    const eachMs = (user + system) / 50 / 1000;
    process.stderr.write(`planFromArea: ${eachMs.toFixed(2)} ms of processor time\n`);
    // The aim is 2 ms; this bound only catches a gross regression.
    expect(eachMs).toBeLessThan(50);
  });
});

describe("what a sortie consists of", () => {
  it("names its items, says whom it is for and what it was planned with", () => {
    const { plan } = sortieOf({ name: "dawn", aircraft: anAircraft(), override: { groundSpeedMps: 7 } });
    expect(plan).toMatchObject({
      name: "dawn",
      vehicleType: 2,
      firmwareType: 3,
      cruiseSpeedMps: 10,
      hoverSpeedMps: 7,
      plannedHome: { position: BEACH, altitudeAmslM: 4 },
      fenceJson: undefined,
      rallyJson: undefined,
      aircraft: anAircraft(),
      isTraining: true,
    });
    expect(plan.items.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      "take-off simple",
      "speed simple",
      "gimbal simple",
      "sweep-1 sweep",
      "return simple",
    ]);
    expect(plan.items[3]).toMatchObject({ patternId: "parallel", area: aRequest().area });
    expect(missionItemsOf(plan).every((item) => item.autoContinue)).toBe(true);
    expect(missionItemsOf(plan).slice(3, 5)).toMatchObject([
      { params: [0, 0, 0, undefined] },
      { params: [0, 0, 0, undefined] },
    ]);
    expect(missionItemsOf(plan).slice(1, 3).concat(missionItemsOf(plan).at(-1)!)).toEqual([
      { command: 178, params: [1, 7, -1, 0], autoContinue: true },
      { command: 205, params: [-90, 0, 0, 0], autoContinue: true },
      { command: 20, params: [0, 0, 0, 0], autoContinue: true },
    ]);
    expect(sortieOf({ isTraining: false }).plan.isTraining).toBe(false);
  });

  it("of an assumed aircraft stores nothing of it, and judges neither battery nor wind", () => {
    const weak = anAircraft({ capacityWh: 1 });
    const windy = { aircraft: weak, wind: { fromDeg: 0, speedMps: 15 } };
    expect(sortieOf(windy).warnings.map(({ kind }) => kind)).toEqual(["energy", "wind"]);
    const assumed = sortieOf({ ...windy, isAircraftAssumed: true });
    expect(assumed.plan).not.toHaveProperty("aircraft");
    expect(assumed.warnings).toEqual([]);
  });

  it("has its figures from the height above the lower of sea and home", () => {
    const { figures } = sortieOf({ aircraft: anAircraft(), override: { heightAboveHomeM: 46, trackSpacingM: 20 } });
    const swathM = 2 * 50 * Math.tan((21 * Math.PI) / 180);
    expect(figures).toMatchObject({
      items: 24,
      legs: 10,
      trackSpacingM: 20,
      heightAboveHomeM: 46,
      heightAboveSurfaceM: 50,
      swathM: expect.closeTo(swathM, 9),
      sweepWidthM: expect.closeTo(0.9 * swathM, 9),
      coverageFactor: expect.closeTo((0.9 * swathM) / 20, 9),
      pod: expect.closeTo(1 - Math.exp((-0.9 * swathM) / 20), 9),
      coverageFraction: 1,
      areaM2: expect.closeTo(60_000, 0),
    });
    const used = sortieOf({ aircraft: anAircraft({ capacityWh: 1000 }) }).figures;
    expect(used.worstReturnFraction).toBeCloseTo(1 - used.energyFraction, 3);
    // Ten legs of 280 m, the ways between them, and the ways from and to home.
    expect(figures.distanceM).toBeGreaterThan(10 * 280 + 9 * 20);
    expect(figures.distanceM).toBeLessThan(10 * 280 + 9 * 20 + 2 * 400);
    expect(figures.timeS).toBeGreaterThan(figures.distanceM / 10);
  });
});

describe("what a sortie warns of", () => {
  const warningsOf = (changes: Partial<SortieRequest>) =>
    sortieOf({ aircraft: anAircraft({ capacityWh: 10_000 }), ...changes }).warnings;

  it("is a probability of detection that is missed by more than half a hundredth", () => {
    const sweepWidthM = sortieOf({ override: { heightAboveHomeM: 46 } }).figures.sweepWidthM;
    const spacingFor = (pod: number): number => sweepWidthM / -Math.log(1 - pod);
    const warned = (pod: number) => warningsOf({ override: { heightAboveHomeM: 46, trackSpacingM: spacingFor(pod) } });
    expect(warned(0.896)).toEqual([]);
    expect(warned(0.894)).toEqual([{ kind: "pod-not-reached", pod: expect.closeTo(0.894, 9), podWanted: 0.9 }]);
  });

  it("is an object with too few pixels", () => {
    const camera = { ...anAircraft().camera, widthPx: 64 };
    const [first] = warningsOf({ see: "boat", override: { heightAboveHomeM: 100 }, aircraft: anAircraft({ camera }) });
    const swathM = 2 * 104 * Math.tan((21 * Math.PI) / 180);
    expect(first).toEqual({
      kind: "object-too-small",
      see: "boat",
      px: expect.closeTo((8 * 64) / swathM, 9),
      neededPx: 20,
    });
    const [people] = warningsOf({ see: "person", override: { heightAboveHomeM: 100 } });
    expect(people).toEqual({
      kind: "boats-yes-people-no",
      personPx: expect.closeTo((0.5 * 640) / swathM, 9),
      neededPx: 5,
    });
    expect(warningsOf({ see: "person", override: { heightAboveHomeM: 40 } })).toEqual([]);
  });

  it("is a reserve that is used up, with its figures", () => {
    const used = sortieOf({ aircraft: anAircraft({ capacityWh: 10_000 }) }).figures.energyFraction * 10_000;
    const withBattery = (capacityWh: number) => warningsOf({ aircraft: anAircraft({ capacityWh }) });
    expect(withBattery(used / 0.74)).toEqual([]);
    expect(withBattery(used / 0.76)).toEqual([
      { kind: "energy", worstReturnFraction: expect.closeTo(0.24, 3), reserveFraction: 0.25 },
    ]);
  });

  it("is more wind than the aircraft may have, or than it can fly against", () => {
    const windy = (speedMps: number, maxWindMps: number) =>
      warningsOf({
        wind: { fromDeg: 45, speedMps },
        aircraft: anAircraft({ capacityWh: 1e6, maxWindMps }),
      });
    expect(windy(12, 12)).toEqual([]);
    expect(windy(12.1, 12)).toEqual([{ kind: "wind", windMps: 12.1, maxWindMps: 12 }]);
    expect(windy(21, 30)).toMatchObject([{ kind: "wind", windMps: 21 }]);
  });

  it("is more than 120 m above the sea", () => {
    const kinds = (heightAboveHomeM: number) => warningsOf({ override: { heightAboveHomeM } }).map(({ kind }) => kind);
    expect(kinds(116)).not.toContain("height-limited");
    expect(kinds(116.5)).toContain("height-limited");
  });

  it("is a way across a notch", () => {
    const override = { trackSpacingM: 50, legHeadingDeg: 90 };
    expect(warningsOf({ area: THREE_ARMS, override })).toContainEqual({
      kind: "ways-outside",
      count: 1,
    });
  });
});

describe("settings that no aircraft can fly", () => {
  const failureOf = (override: SortieRequest["override"]) => {
    const sortie = planFromArea(aRequest({ override }));
    return sortie.ok ? undefined : sortie.error;
  };
  it("are refused beyond their ends, by their name", () => {
    expect(failureOf({ heightAboveHomeM: 0.9 })).toEqual({ kind: "bad-setting", setting: "height", value: 0.9 });
    expect(failureOf({ heightAboveHomeM: 10_001 })).toEqual({ kind: "bad-setting", setting: "height", value: 10_001 });
    expect(failureOf({ groundSpeedMps: 0.4 })).toEqual({ kind: "bad-setting", setting: "groundSpeedMps", value: 0.4 });
    expect(failureOf({ groundSpeedMps: 101 })).toEqual({ kind: "bad-setting", setting: "groundSpeedMps", value: 101 });
    for (const override of [
      { heightAboveHomeM: 1 },
      { heightAboveHomeM: 10_000, trackSpacingM: 50 },
      { groundSpeedMps: 0.5 },
      { groundSpeedMps: 100 },
    ])
      expect(failureOf(override)).toBeUndefined();
  });
});

describe("findings 1: a sortie for a wing or VTOL ends in a landing that the autopilot accepts", () => {
  const [PLANE, VTOL] = [1, 22];
  const made = (vehicleType: number, firmwareType: number, changes: Partial<SortieRequest> = {}): Sortie =>
    sortieOf({ aircraft: { ...theAircraft(), vehicleType, firmwareType }, ...changes });
  const context = {
    aircraft: undefined,
    assumed: undefined,
    vehicle: undefined,
    home: undefined,
    wind: CALM,
    ground: { coast: undefined, terrain: undefined },
  };
  it.each([
    [PLANE, 3, [22, 189, 31, 21]],
    [PLANE, 12, [22, 189, 31, 21]],
    [VTOL, 3, [84, 189, 31, 85]],
    [VTOL, 12, [84, 189, 31, 85]],
  ])("MAV_TYPE %i with MAV_AUTOPILOT %i", (vehicleType, firmwareType, commands) => {
    const { plan } = made(vehicleType, firmwareType);
    const items = missionItemsOf(plan);
    expect([items[0], ...items.slice(-3)].map((item) => item?.command)).toEqual(commands);
    expect(planFindings(plan, context).filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(readPlanFile(writePlanFile(plan), "x.plan")).toEqual({ ok: true, value: plan });
  });
  it("lands into the wind, and the landing goes along when home is moved", () => {
    const { plan } = made(PLANE, 12, { wind: { fromDeg: 250, speedMps: 4 } });
    const [approach, landing] = missionItemsOf(plan).slice(-2);
    // Measured from the point where the aircraft leaves the circle, 75 m to the left of the circle's centre.
    const tangent = destination(approach!.position!, 250 - 90, 75);
    expect(initialBearingDeg(tangent, landing!.position!)).toBeCloseTo(250, 0);
    const home = { position: metres(500, 500), altitudeAmslM: 4 };
    const moved = applyEdit(plan, { kind: "set-home", home });
    if (!moved.ok) throw new Error(moved.error.kind);
    const [there, end] = missionItemsOf(moved.value).slice(-2);
    expect(end?.position).toEqual(home.position);
    expect(geodesicDistanceM(there!.position!, end!.position!)).toBeCloseTo(
      geodesicDistanceM(approach!.position!, landing!.position!),
      1,
    );
    expect(readPlanFile(writePlanFile(moved.value), "x.plan")).toEqual({ ok: true, value: moved.value });
  });
});
