/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM, initialBearingDeg } from "../geo/geodesic.js";
import { applyEdit } from "./edits.js";
import { CALM, planFindings } from "./findings/planFindings.js";
import { readPlanFile, writePlanFile } from "./formats/planFile.js";
import { planFromArea, type Sortie, type SortieRequest } from "./makeSortie.js";
import { missionItemsOf } from "./plan.js";
import { areaOf, aRequest, metres, theAircraft } from "./testing/planBuilders.js";

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
    coast: undefined,
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
