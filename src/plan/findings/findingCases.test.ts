/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/** Regression cases from plans of other stations: valid plans that were flagged as dangerous, and dangerous ones that were not. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fenceSection } from "../formats/fenceSection.js";
import { readPlanFile } from "../formats/planFile.js";
import type { MissionItem, Plan } from "../plan.js";
import { BEACH, metres, theAircraft } from "../testing/planBuilders.js";
import type { FindingKind } from "./finding.js";
import { CALM, isDanger, planFindings, type FindingContext } from "./planFindings.js";

const context: FindingContext = {
  aircraft: undefined,
  assumed: theAircraft(),
  vehicle: undefined,
  home: undefined,
  wind: CALM,
  ground: { coast: undefined, terrain: undefined },
};
function fixture(name: string): Plan {
  const file = path.join(import.meta.dirname, "fixtures", `${name}.plan`);
  const plan = readPlanFile(readFileSync(file, "utf8"), file);
  if (!plan.ok) throw new Error(`${plan.error.where}: ${plan.error.problem}`);
  return plan.value;
}
const found = (plan: Plan, changes: Partial<FindingContext> = {}) => planFindings(plan, { ...context, ...changes });
const kindsOf = (plan: Plan, changes: Partial<FindingContext> = {}): readonly FindingKind[] =>
  found(plan, changes).map(({ kind }) => kind);
const dangersOf = (plan: Plan): readonly FindingKind[] =>
  found(plan)
    .filter(isDanger)
    .map(({ kind }) => kind);

const [QUAD, PLANE, VTOL] = [2, 1, 22];
const [ARDUPILOT, PX4] = [3, 12];
const command = (number: number, params: MissionItem["params"] = [0, 0, 0, 0]): MissionItem => ({
  command: number,
  params,
  autoContinue: true,
});
const to = (number: number, eastM: number, northM: number, upM = 50): MissionItem => ({
  ...command(number),
  position: metres(eastM, northM),
  altitude: { datum: "home", valueM: upM },
});
const planOf = (items: readonly MissionItem[], changes: Partial<Plan> = {}): Plan => ({
  name: "x",
  vehicleType: QUAD,
  firmwareType: ARDUPILOT,
  cruiseSpeedMps: 10,
  hoverSpeedMps: 10,
  plannedHome: { position: BEACH, altitudeAmslM: 4 },
  items: items.map((item, i) => ({ kind: "simple", id: `${i}`, item })),
  fenceJson: undefined,
  rallyJson: undefined,
  isTraining: false,
  ...changes,
});
const [takeOff, away] = [to(22, 0, 0), to(16, 400, 0)];

describe("case 04: a VTOL plan", () => {
  it("begins with its take-off, ends with its landing and is not too low there", () => {
    expect(kindsOf(fixture("vtol"))).toEqual(["energy-unknown"]);
  });
});

describe("case 15: heights of commands that fly to none", () => {
  it("a return in frame 3 does not count as flying at 0 m", () => {
    expect(found(fixture("return-in-frame-3"))).toEqual([]);
  });
  it.each([
    ["return", 20],
    ["landing", 21],
    ["VTOL landing", 85],
    ["delay", 93],
    ["guided", 92],
    ["loiter for a time", 19],
    ["loiter", 17],
  ])("%s at 0 m in frame 0 or 3, without a place", (_name, number) => {
    for (const datum of ["home", "amsl"] as const) {
      const placeless = { ...command(number), altitude: { datum, valueM: 0 } };
      expect(dangersOf(planOf([takeOff, away, placeless, command(20)]))).toEqual([]);
      expect(kindsOf(planOf([takeOff, away, placeless, command(20)]))).not.toContain("mixed-datums");
    }
  });
  it("a waypoint and a take-off at 0 m stay a danger, and say which item", () => {
    expect(found(planOf([takeOff, to(16, 400, 0, 0), command(20)]))).toContainEqual(
      expect.objectContaining({ kind: "too-low", severity: "danger", seq: 2 }),
    );
    expect(dangersOf(planOf([{ ...command(22), altitude: { datum: "home", valueM: 0 } }, away, command(20)]))).toEqual([
      "too-low",
    ]);
  });
});

describe("case 20: the plan's own fence", () => {
  const inside = {
    isInclusion: true,
    corners: [metres(-200, -200), metres(200, -200), metres(200, 200), metres(-200, 200)],
  };
  const east = {
    isInclusion: true,
    corners: [metres(150, -200), metres(700, -200), metres(700, 200), metres(150, 200)],
  };
  const fenced = (
    items: readonly MissionItem[],
    fence: Partial<Parameters<typeof fenceSection>[0]>,
    firmwareType = ARDUPILOT,
  ) =>
    planOf(items, {
      firmwareType,
      fenceJson: fenceSection({ polygons: [], circles: [], breachReturn: undefined, ...fence }),
    });
  const outside = (plan: Plan) =>
    found(plan).flatMap(({ kind, seq }) => (kind === "outside-fence" ? [seq ?? "home"] : []));

  it("a waypoint 9 km outside is a danger", () => {
    expect(found(fixture("waypoint-outside-fence"))).toContainEqual(
      expect.objectContaining({ kind: "outside-fence", severity: "danger", seq: 2 }),
    );
  });
  it("is nothing where the whole flight stays inside", () => {
    expect(outside(fenced([takeOff, to(16, 150, 0), command(20)], { polygons: [inside] }))).toEqual([]);
  });
  it("counts the return and the take-off point", () => {
    const away = [takeOff, to(16, 400, 0), command(20)];
    expect(outside(fenced(away, { polygons: [inside] }))).toEqual([2, 3]);
    const far = { isInclusion: true, corners: [metres(100, -50), metres(500, -50), metres(500, 50), metres(100, 50)] };
    expect(outside(fenced(away, { polygons: [far] }))).toContain("home");
  });
  it("counts a leg through an exclusion whose ends are both outside it, and a circle", () => {
    const hole = {
      isInclusion: false,
      corners: [metres(100, -20), metres(140, -20), metres(140, 20), metres(100, 20)],
    };
    expect(outside(fenced([takeOff, to(16, 180, 0), command(21)], { polygons: [inside, hole] }))).toEqual([2]);
    const tower = { isInclusion: false, centre: metres(100, 0), radiusM: 20 };
    expect(outside(fenced([takeOff, to(16, 180, 0), command(21)], { circles: [tower] }))).toEqual([2]);
    const round = { isInclusion: true, centre: BEACH, radiusM: 100 };
    expect(outside(fenced([takeOff, to(16, 90, 0), command(20)], { circles: [round] }))).toEqual([]);
    expect(outside(fenced([takeOff, to(16, 110, 0), command(20)], { circles: [round] }))).toEqual([2, 3]);
  });
  it("several inclusion areas: any one will do for PX4, all are wanted by ArduPilot, unclear for others", () => {
    const both = [takeOff, to(16, 500, 0), command(20)];
    expect(outside(fenced(both, { polygons: [inside, east] }, PX4))).toEqual([]);
    expect(outside(fenced(both, { polygons: [inside, east] }))).toContain(2);
    expect(kindsOf(fenced(both, { polygons: [inside, east] }, 0))).toContain("fence-unclear");
  });
  it("the circle that a wing flies around a place", () => {
    const loiter = { ...to(31, 150, 0), params: [1, 120, 0, 1] as const };
    const wing = fenced([takeOff, loiter, to(21, -100, 0, 0)], { polygons: [inside] });
    expect(outside({ ...wing, vehicleType: PLANE })).toEqual([2]);
    expect(outside(wing)).toEqual([]);
  });
  it("across 180 degrees", () => {
    const at = (longitudeDeg: number) => ({ latitudeDeg: -17, longitudeDeg });
    const corner = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
    const ring = [corner(-16.99, 179.99), corner(-16.99, -179.99), corner(-17.01, -179.99), corner(-17.01, 179.99)];
    const height = { datum: "home", valueM: 50 } as const;
    const plan = (longitudeDeg: number): Plan => ({
      ...fenced(
        [{ ...takeOff, position: at(179.999) }, { ...away, position: at(longitudeDeg), altitude: height }, command(20)],
        { polygons: [{ isInclusion: true, corners: ring }] },
      ),
      plannedHome: { position: at(179.999), altitudeAmslM: 4 },
    });
    expect(outside(plan(-179.995))).toEqual([]);
    expect(outside(plan(-179.98))).toEqual([2, 3]);
  });
});

describe("case 24: mixed datums", () => {
  it("are a caution where home's height lets them be compared", () => {
    expect(dangersOf(fixture("above-terrain"))).toEqual([]);
    const mixed = planOf([takeOff, { ...away, altitude: { datum: "amsl", valueM: 60 } }, command(20)]);
    expect(found(mixed)).toContainEqual(expect.objectContaining({ kind: "mixed-datums", severity: "caution" }));
    expect(dangersOf({ ...mixed, plannedHome: undefined })).toEqual(["mixed-datums"]);
  });
});

describe("findings 1: a wing or VTOL ends in a landing", () => {
  const winged = (vehicleType: number, firmwareType: number, ...items: readonly MissionItem[]) =>
    planOf([takeOff, away, ...items], { vehicleType, firmwareType });
  const landing = to(21, -500, 0, 0);
  it.each([PLANE, VTOL])("PX4 (MAV_TYPE %i) refuses a return without a landing", (type) => {
    expect(found(winged(type, PX4, command(20)))).toContainEqual(
      expect.objectContaining({ kind: "no-landing", severity: "danger", seq: 3 }),
    );
    expect(dangersOf(winged(type, PX4, landing))).toEqual([]);
    expect(dangersOf(winged(type, PX4, to(85, -500, 0, 0)))).toEqual([]);
  });
  it.each([PLANE, VTOL])("ArduPilot (MAV_TYPE %i) takes a return, and circles", (type) => {
    expect(kindsOf(winged(type, ARDUPILOT, command(20)))).toContain("return-without-landing");
    expect(dangersOf(winged(type, ARDUPILOT, command(20)))).toEqual([]);
    expect(dangersOf(winged(type, ARDUPILOT))).toEqual(["no-landing"]);
    expect(dangersOf(winged(type, ARDUPILOT, to(17, 0, 0)))).toEqual(["no-landing"]);
  });
  it("judges by the aircraft it goes to, once that is known", () => {
    const plan = planOf([takeOff, away, command(20)]);
    expect(dangersOf(plan)).toEqual([]);
    const px4Plane = { mavType: PLANE, mavAutopilot: PX4 };
    expect(found(plan, { vehicle: px4Plane }).filter(isDanger)).toMatchObject([{ kind: "no-landing" }]);
  });
  it("a copter is not held to it", () => {
    expect(found(planOf([takeOff, away]))).toMatchObject([{ kind: "no-return", severity: "caution" }]);
    expect(dangersOf(planOf([takeOff, away, command(20)], { firmwareType: PX4 }))).toEqual([]);
  });
  it("PX4 takes one start of a landing, with a landing and no return after it", () => {
    const start = command(189);
    expect(dangersOf(winged(PLANE, PX4, start, to(16, -100, 0), landing))).toEqual([]);
    expect(dangersOf(winged(PLANE, PX4, landing, start, command(20)))).toEqual(["landing-start-misplaced"]);
    expect(dangersOf(winged(PLANE, PX4, start, start, to(16, -100, 0), landing))).toEqual(["landing-start-misplaced"]);
  });
  it("PX4's approach must be above the landing and outside its circle", () => {
    expect(dangersOf(winged(PLANE, PX4, to(16, -100, 0, 0), landing))).toContain("landing-approach-low");
    const circle = { ...to(31, -450, 0), params: [1, 100, 0, 1] as const };
    expect(dangersOf(winged(PLANE, PX4, circle, landing))).toEqual(["landing-inside-circle"]);
    const steep = winged(PLANE, PX4, to(16, -400, 0), landing);
    expect(kindsOf(steep)).toContain("landing-approach-steep");
  });
});

describe("what is not known is said", () => {
  it("no figures for this kind of aircraft", () => {
    expect(found(planOf([takeOff, away, to(21, -500, 0, 0)], { vehicleType: PLANE }))).toMatchObject([
      { kind: "energy-unknown", severity: "caution" },
    ]);
    expect(kindsOf(planOf([takeOff, away, command(20)]), { assumed: undefined })).toEqual(["energy-unknown"]);
  });
  it("guessed figures make a danger of an empty battery, not of a reserve", () => {
    const far = (eastM: number): Plan => planOf([takeOff, to(16, eastM, 0), command(20)]);
    const reserve = (plan: Plan) => found(plan).filter(({ kind }) => kind === "energy-reserve");
    const eastM = [4000, 6000, 8000, 10_000, 12_000, 14_000].find((m) => reserve(far(m)).length > 0)!;
    expect(reserve(far(eastM))).toMatchObject([{ severity: "caution" }]);
    expect(reserve(far(100_000))).toMatchObject([{ severity: "danger" }]);
    expect(reserve({ ...far(eastM), aircraft: theAircraft() })).toMatchObject([{ severity: "danger" }]);
  });
  it("a number that a command cannot do without", () => {
    const speed = command(178, [1, undefined, -1, 0]);
    expect(found(planOf([takeOff, speed, away, command(20)]))).toContainEqual(
      expect.objectContaining({ kind: "param-missing", severity: "danger", seq: 2 }),
    );
    const yaw: MissionItem = { ...away, params: [0, 0, 0, undefined] };
    expect(found(planOf([takeOff, yaw, command(20)]))).toEqual([]);
  });
  it("a vehicle that does not fly", () => {
    expect(kindsOf(planOf([to(16, 100, 0, 0), to(16, 200, 0, 0)], { vehicleType: 10 }))).toEqual(["not-an-aircraft"]);
  });
  it("a place without a height, a waypoint without a place, a height above ground for PX4", () => {
    const noHeight: MissionItem = { ...command(16), position: metres(100, 0) };
    expect(dangersOf(planOf([takeOff, noHeight, command(20)]))).toEqual(["place-without-height"]);
    const noPlace: MissionItem = { ...command(16), altitude: { datum: "home", valueM: 50 } };
    expect(dangersOf(planOf([takeOff, noPlace, command(20)]))).toEqual([]);
    expect(dangersOf(planOf([takeOff, noPlace, command(20)], { firmwareType: PX4 }))).toEqual(["no-place"]);
    const terrain: MissionItem = { ...away, altitude: { datum: "terrain", valueM: 50 } };
    expect(dangersOf(planOf([takeOff, terrain, command(20)], { firmwareType: PX4 }))).toEqual(["frame-not-understood"]);
    expect(dangersOf(planOf([takeOff, terrain, command(20)]))).toEqual([]);
  });
});
