import { PATTERN_IDS, patternOf } from "../patterns/registry.js";
/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partName } from "../../cli/planTexts.js";
import type { DatumAltitude, Position } from "../../geo/position.js";
import { CALM, planFindings } from "../findings/planFindings.js";
import { planFromArea } from "../makeSortie.js";
import { missionItemsOf, type MissionItem, type Plan, type PlanItem } from "../plan.js";
import { aRequest, theAircraft } from "../testing/planBuilders.js";
import { readPlanFile, writePlanFile } from "./planFile.js";

const VECTORS = path.resolve(process.cwd(), "../shared/vectors/plans");
const hasVectors = existsSync(VECTORS);

const context = {
  aircraft: theAircraft(),
  assumed: undefined,
  vehicle: undefined,
  home: undefined,
  wind: CALM,
  ground: { coast: undefined, terrain: undefined },
};

function read(text: string): Plan {
  const plan = readPlanFile(text, "some/folder/night.plan");
  if (!plan.ok) throw new Error(`${plan.error.where}: ${plan.error.problem}`);
  return plan.value;
}
const mistakeOf = (text: string): { where: string | undefined; problem: string } | undefined => {
  const plan = readPlanFile(text, "x.plan");
  return plan.ok ? undefined : { where: plan.error.where, problem: plan.error.problem };
};

function aPlan(): Plan {
  const sortie = planFromArea(aRequest());
  if (!sortie.ok) throw new Error(sortie.error.kind);
  return sortie.value.plan;
}

const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const positions: fc.Arbitrary<Position> = fc
  .record({ latitudeDeg: number(-89, 89), longitudeDeg: number(-180, 180) })
  .filter(({ latitudeDeg, longitudeDeg }) => latitudeDeg !== 0 || longitudeDeg !== 0);
const altitudes: fc.Arbitrary<DatumAltitude> = fc.record({
  datum: fc.constantFrom("amsl" as const, "home" as const, "terrain" as const),
  valueM: number(-100, 5000),
});
const param = fc.option(number(-1000, 1000), { nil: undefined });
const params = fc.tuple(param, param, param, param);
const placed: fc.Arbitrary<MissionItem> = fc.record({
  command: fc.constantFrom(16, 19, 21, 22),
  params,
  position: positions,
  altitude: altitudes,
  autoContinue: fc.boolean(),
});
const placeless: fc.Arbitrary<MissionItem> = fc
  .record({
    command: fc.constantFrom(20, 178, 205, 206, 530),
    params,
    tail: fc.tuple(param, param, param),
    autoContinue: fc.boolean(),
  })
  .map(({ tail, ...item }) => (tail.every((value) => value === 0) ? item : { ...item, tail }));
const planItems = fc
  .array(
    fc.oneof(
      fc.oneof(placed, placeless).map((item) => ({ kind: "simple" as const, item })),
      fc
        .record({
          kind: fc.constant("sweep" as const),
          patternId: fc.constantFrom(...PATTERN_IDS),
          area: fc.array(positions, { maxLength: 6 }),
          settings: fc.record({
            legHeadingDeg: number(0, 179),
            trackSpacingM: number(0.5, 500),
            height: altitudes,
            groundSpeedMps: number(0.5, 30),
            turnaroundM: number(0, 100),
          }),
          items: fc.array(placed, { maxLength: 4 }),
        })
        // With the pattern's own extra settings.
        .map((sweep) => ({ ...sweep, settings: patternOf(sweep).schema(sweep.settings) })),
      fc.record({
        kind: fc.constant("opaque" as const),
        complexItemType: fc.constant("windTurbine"),
        rawJson: fc.constantFrom(
          '{ "type":"ComplexItem",\n\t"complexItemType" : "windTurbine", "odd": 1.50e2, "text": "$& \\u00e9 }" }',
        ),
        items: fc.constant([]),
      }),
    ),
    { maxLength: 6 },
  )
  .map((items) => items.map((item, i): PlanItem => ({ ...item, id: `id-${i}` })));
const plans: fc.Arbitrary<Plan> = fc.record({
  name: fc.string({ unit: "grapheme" }),
  vehicleType: fc.integer({ min: 0, max: 40 }),
  firmwareType: fc.integer({ min: 0, max: 20 }),
  cruiseSpeedMps: number(0, 50),
  hoverSpeedMps: number(0, 50),
  plannedHome: fc.option(fc.record({ position: positions, altitudeAmslM: number(-100, 4000) }), { nil: undefined }),
  items: planItems,
  fenceJson: fc.option(
    fc.constant(
      '{"version": 2,  "circles":[], "polygons":[ {"version":1,"inclusion":true,"polygon":[[1,2],[1,3],[2,3]]} ]}',
    ),
    {
      nil: undefined,
    },
  ),
  rallyJson: fc.option(fc.constant('{"version":2,"points":[[50.1,1.2,30]]}'), { nil: undefined }),
  isTraining: fc.boolean(),
});

describe("a plan file", () => {
  it("read back is the plan that was written (seed 40)", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(read(writePlanFile(plan))).toEqual(plan);
      }),
      { numRuns: 500, seed: 40 },
    );
  });

  it("gives the same text when written again", () => {
    const text = writePlanFile(aPlan());
    expect(writePlanFile(read(text))).toBe(text);
  });

  it("carries the sweep as the survey that QGroundControl and MAVSDK take: version 5, with its items", () => {
    const file = JSON.parse(writePlanFile(aPlan()));
    expect(file).toMatchObject({ fileType: "Plan", version: 1, groundStation: "QGroundControl" });
    expect(file.mission).toMatchObject({
      version: 2,
      firmwareType: 3,
      vehicleType: 2,
      plannedHomePosition: [50.7745, 1.6075, 4],
    });
    expect(file.geoFence).toEqual({ version: 2, polygons: [], circles: [] });
    expect(file.rallyPoints).toEqual({ version: 2, points: [] });
    const survey = file.mission.items.find((item: { complexItemType?: string }) => item.complexItemType === "survey");
    expect(survey.version).toBe(5);
    expect(survey.polygon).toHaveLength(4);
    const transect = survey.TransectStyleComplexItem;
    expect(transect).toMatchObject({
      version: 2,
      HoverAndCapture: false,
      Refly90Degrees: false,
      TurnAroundDistance: 0,
    });
    expect(transect.CameraCalc).toMatchObject({ version: 2, CameraName: "Manual (no camera specs)", DistanceMode: 1 });
    expect(Object.keys(transect).filter((key) => key.startsWith("Terrain"))).toEqual([]);
    for (const item of transect.Items)
      expect(item).toMatchObject({
        type: "SimpleItem",
        command: 16,
        frame: 3,
        params: [0, 0, 0, null, expect.any(Number), expect.any(Number), 75],
      });
    expect(transect.VisualTransectPoints).toHaveLength(transect.Items.length);
  });

  it("counts doJumpId from 1 through the items inside the survey", () => {
    const file = JSON.parse(writePlanFile(aPlan()));
    const ids = file.mission.items.flatMap(
      (item: { doJumpId?: number; TransectStyleComplexItem?: { Items: { doJumpId: number }[] } }) =>
        item.TransectStyleComplexItem
          ? item.TransectStyleComplexItem.Items.map((inner) => inner.doJumpId)
          : [item.doJumpId],
    );
    expect(ids).toEqual(ids.map((_: unknown, i: number) => i + 1));
  });

  it("takes the name from the file when it is not ours, and is not training then", () => {
    const plan = read('{"fileType":"Plan","version":1}');
    expect(plan).toMatchObject({ name: "night", items: [], isTraining: false, plannedHome: undefined });
  });

  it("keeps a survey of another station byte for byte, to be flown as stored", () => {
    const ours = JSON.parse(writePlanFile(aPlan()));
    delete ours.vigie;
    const text = JSON.stringify(ours, null, 4);
    const plan = read(text);
    const survey = plan.items[3]!;
    expect(survey.kind).toBe("opaque");
    expect(missionItemsOf(plan)).toEqual(missionItemsOf(aPlan()));
    if (survey.kind !== "opaque") return;
    expect(text).toContain(survey.rawJson);
    expect(writePlanFile(plan)).toContain(survey.rawJson);
  });

  it("points a jump at the item's place, whatever the file numbered it", () => {
    const waypoint = (doJumpId: number) => ({
      type: "SimpleItem",
      command: 16,
      frame: 3,
      doJumpId,
      autoContinue: true,
      params: [0, 0, 0, null, 50, 1, 40],
    });
    const jump = (target: number) => ({
      type: "SimpleItem",
      command: 177,
      frame: 2,
      doJumpId: 99,
      autoContinue: true,
      params: [target, 2, 0, 0, 0, 0, 0],
    });
    const file = (target: number): string =>
      JSON.stringify({
        fileType: "Plan",
        version: 1,
        mission: { version: 2, items: [waypoint(7), waypoint(12), jump(target)] },
      });
    expect(missionItemsOf(read(file(12)))[2]!.params[0]).toBe(2);
    expect(mistakeOf(file(3))).toMatchObject({ where: "mission.items[2].params[0]" });
  });
});

describe("a file that is no good", () => {
  const good = writePlanFile(aPlan());
  const changed = (change: (file: ReturnType<typeof JSON.parse>) => void): string => {
    const file = JSON.parse(good);
    change(file);
    return JSON.stringify(file);
  };

  it("is refused with the place and the problem", () => {
    expect(mistakeOf("")).toEqual({ where: undefined, problem: "the file is empty" });
    expect(mistakeOf(good.slice(0, 700))?.where).toMatch(/^line \d+/);
    expect(mistakeOf('{"fileType":"Plan",\n "version":1,,}')?.where).toBe("line 2, column 14");
    expect(mistakeOf("[]")?.problem).toContain("object");
    expect(mistakeOf('{"type":"FeatureCollection","features":[]}')?.where).toBe("fileType");
    expect(mistakeOf(changed((file) => (file.version = 42)))).toMatchObject({ where: "version" });
    expect(mistakeOf(changed((file) => (file.mission.version = 1)))).toMatchObject({ where: "mission.version" });
    expect(mistakeOf(changed((file) => (file.mission.items[3].version = 9)))).toMatchObject({
      where: "mission.items[3].version",
    });
    expect(mistakeOf(changed((file) => (file.mission.items[0].params[4] = 91)))).toMatchObject({
      where: "mission.items[0].params[4]",
      problem: "91 is outside -90 to 90",
    });
    expect(mistakeOf(changed((file) => (file.mission.items[0].params[0] = "15")))?.where).toBe(
      "mission.items[0].params[0]",
    );
    expect(mistakeOf(changed((file) => void file.mission.items[0].params.pop()))?.where).toBe(
      "mission.items[0].params",
    );
    expect(mistakeOf(changed((file) => (file.mission.items[0].frame = 7)))?.where).toBe("mission.items[0].frame");
    expect(mistakeOf(changed((file) => (file.mission.items[1] = null)))?.where).toBe("mission.items[1]");
    expect(mistakeOf(changed((file) => (file.geoFence = { version: 1, polygons: [[1, 2]] })))?.where).toBe(
      "geoFence.version",
    );
    expect(mistakeOf(good.replace('"cruiseSpeed": 10', '"cruiseSpeed": 1e999'))?.where).toBe("mission.cruiseSpeed");
  });

  it("is refused when too large or too deep, quickly", () => {
    expect(mistakeOf(`{"a":"${"x".repeat(5_100_000)}"}`)?.problem).toContain("MB");
    expect(mistakeOf(`${'{"a":'.repeat(70)}1${"}".repeat(70)}`)?.problem).toContain("deep");
    expect(mistakeOf("[".repeat(2_000_000))?.problem).toContain("deep");
  });

  it("never throws, whatever is cut, doubled or flipped (seed 41)", () => {
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(40), fc.string({ maxLength: 6 }), (at, cut, put) => {
        const plan = readPlanFile(good.slice(0, at) + put + good.slice(at + cut), "x.plan");
        if (!plan.ok) expect(plan.error.problem).not.toBe("");
      }),
      { numRuns: 500, seed: 41 },
    );
  });
});

describe.skipIf(!hasVectors)("the plans of another station (../shared/vectors/plans)", () => {
  const file = (name: string): string => readFileSync(path.join(VECTORS, `qgroundcontrol_${name}.plan`), "utf8");
  const kinds = (plan: Plan): string[] => plan.items.map((item) => item.kind);

  it("opens a plain one with every item", () => {
    const plan = read(file("sample"));
    const stored = JSON.parse(file("sample")).mission.items;
    expect(missionItemsOf(plan).map((item) => item.command)).toEqual(
      stored.map((item: { command: number }) => item.command),
    );
    expect(kinds(plan).every((kind) => kind === "simple")).toBe(true);
    expect(read(writePlanFile(plan)).items).toEqual(plan.items);
  });

  it("opens one with a survey and keeps the survey as it is", () => {
    const text = file("sample_with_survey");
    const plan = read(text);
    const survey = plan.items[1]!;
    if (survey.kind !== "opaque") throw new Error(survey.kind);
    expect(survey.complexItemType).toBe("survey");
    expect(survey.items).toHaveLength(JSON.parse(text).mission.items[1].TransectStyleComplexItem.Items.length);
    expect(text).toContain(survey.rawJson);
    expect(writePlanFile(plan)).toContain(survey.rawJson);
    expect(read(writePlanFile(plan)).items).toEqual(plan.items);
  });

  it("opens one with a structure scan, and says it cannot be flown", () => {
    const plan = read(file("sample_with_structured_scan"));
    expect(kinds(plan)).toEqual(["simple", "opaque"]);
    expect(planFindings(plan, context)[0]).toMatchObject({ kind: "not-flyable-item", severity: "danger", seq: 2 });
  });

  it("opens one without a mission as empty", () => {
    expect(read(file("sample_without_mission")).items).toEqual([]);
  });

  it("refuses wrong versions and says where", () => {
    expect(mistakeOf(file("sample_with_survey_wrong_version"))).toMatchObject({ where: "mission.items[1].version" });
    expect(mistakeOf(file("sample_wrong_overall_version"))).toMatchObject({ where: "version" });
  });
});

describe("the plans that come with Vigie", () => {
  it("load, come back the same and hold no danger", () => {
    for (const name of ["boulogne-night-1", "boulogne-night-2"]) {
      const text = readFileSync(`missions/plans/${name}.plan`, "utf8");
      const plan = read(text);
      expect(plan.isTraining).toBe(true);
      expect(writePlanFile(plan)).toBe(text);
      const findings = planFindings(plan, { ...context, wind: { fromDeg: 250, speedMps: 5 } });
      expect(findings.map(({ kind }) => kind)).toEqual(["training"]);
    }
  });
});

describe("a complex item named as JavaScript names its own", () => {
  it.each(["constructor", "toString", "__proto__"])("%s is kept as a part that is not known", (complexItemType) => {
    const file = JSON.parse(writePlanFile(aPlan())) as { mission: { items: unknown[] } };
    file.mission.items.push({ type: "ComplexItem", complexItemType, version: 1 });
    const plan = read(JSON.stringify(file));
    expect(plan.items.at(-1)).toMatchObject({ kind: "opaque", complexItemType });
    expect(partName(complexItemType)).toContain(complexItemType);
  });
});
