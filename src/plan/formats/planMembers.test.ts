/** What each member of a `.plan` file becomes, and what is written for it. */
import { describe, expect, it } from "vitest";
import type { Plan, PlanItem } from "../plan.js";
import { anAircraft, planOfItems } from "../testing/planBuilders.js";
import { WAYPOINT_JSON, aWaypoint, mistakeOf, planFile, readPlan } from "../testing/planFiles.js";
import { readPlanFile, writePlanFile } from "./planFile.js";

const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });

describe("the members of a plan", () => {
  it("have their usual value where a file does not say", () => {
    const usual = {
      name: "night",
      vehicleType: 2,
      firmwareType: 3,
      cruiseSpeedMps: 15,
      hoverSpeedMps: 5,
      plannedHome: undefined,
      items: [],
      fenceJson: undefined,
      rallyJson: undefined,
      isTraining: false,
    };
    expect(readPlan({ fileType: "Plan", version: 1 }, "maps\\coast/night.PLAN")).toEqual(usual);
    expect(readPlan(planFile(), "night.plan")).toEqual(usual);
    expect(readPlan(planFile(), "night.plan.txt").name).toBe("night.plan.txt");
  });

  it("are read from their own names", () => {
    const vigie = { name: "dawn", isTraining: true, aircraft: anAircraft() };
    const mission = {
      vehicleType: 1,
      firmwareType: 12,
      cruiseSpeed: 18,
      hoverSpeed: 7,
      plannedHomePosition: [50.5, 1.5, 30],
    };
    expect(readPlan(planFile(mission, { vigie }))).toEqual({
      name: "dawn",
      vehicleType: 1,
      firmwareType: 12,
      cruiseSpeedMps: 18,
      hoverSpeedMps: 7,
      plannedHome: { position: at(50.5, 1.5), altitudeAmslM: 30 },
      items: [],
      fenceJson: undefined,
      rallyJson: undefined,
      aircraft: anAircraft(),
      isTraining: true,
    });
    expect(readPlan(planFile({}, { vigie: { isTraining: "yes", name: 7 } }))).toMatchObject({
      name: "a",
      isTraining: false,
    });
    expect(readPlan(planFile({}, { vigie: 7 })).name).toBe("a");
  });

  it("have their start with what is this station's own, where other stations do not look", () => {
    const startsAtUnixMs = Date.parse("2026-12-01T02:00:00Z");
    const plan = readPlan(planFile({}, { vigie: { startsAt: "2026-12-01T02:00Z" } }));
    expect(plan.startsAtUnixMs).toBe(startsAtUnixMs);
    const written = writePlanFile(plan);
    expect(JSON.parse(written)).toMatchObject({ vigie: { startsAt: "2026-12-01T02:00Z" } });
    expect(readPlanFile(written, "night.plan")).toEqual({ ok: true, value: plan });
    const { startsAtUnixMs: _start, ...others } = plan;
    // But for that one member the file is the same, and one without a start has none.
    expect(writePlanFile(others)).toBe(written.replace(/,\n *"startsAt": "[^"]*"/, ""));
    expect(writePlanFile(others)).not.toContain("startsAt");
  });

  it("have a home unless it is missing, null or at 0, 0; its height may be missing", () => {
    const homeOf = (plannedHomePosition: unknown) => readPlan(planFile({ plannedHomePosition })).plannedHome;
    expect([undefined, null, [0, 0, 0]].map(homeOf)).toEqual([undefined, undefined, undefined]);
    expect(homeOf([0, 1, 0])?.position).toEqual(at(0, 1));
    expect(homeOf([1, 0, 0])?.position).toEqual(at(1, 0));
    expect(homeOf([50, 1])?.altitudeAmslM).toBe(0);
  });

  it.each([
    [{ ...planFile(), fileType: "Rally" }, 'fileType: this is no plan: "Plan" was expected'],
    [{ type: "Polygon" }, 'fileType: this is no plan: "Plan" was expected'],
    [
      { type: "Polygon", coordinates: [] },
      "fileType: this is GeoJSON, an area and no plan: make a plan of it first (vigie plan)",
    ],
    [
      { type: "FeatureCollection", features: [] },
      "fileType: this is GeoJSON, an area and no plan: make a plan of it first (vigie plan)",
    ],
    [{ ...planFile(), version: 2 }, "version: version 2 is not one this station reads (1)"],
    [{ ...planFile(), mission: 7 }, "mission: an object was expected, not 7"],
    [planFile({ version: 1 }), "mission.version: version 1 is not one this station reads (2)"],
    [planFile({ vehicleType: 256 }), "mission.vehicleType: 256 is outside 0 to 255"],
    [planFile({ firmwareType: -1 }), "mission.firmwareType: -1 is outside 0 to 255"],
    [planFile({ cruiseSpeed: 1001 }), "mission.cruiseSpeed: 1001 is outside 0 to 1000"],
    [planFile({ hoverSpeed: "5" }), 'mission.hoverSpeed: a number was expected, not "5"'],
    [planFile({ plannedHomePosition: 7 }), "mission.plannedHomePosition: a list was expected, not 7"],
    [planFile({ plannedHomePosition: [91, 1, 0] }), "mission.plannedHomePosition[0]: 91 is outside -90 to 90"],
    [planFile({ plannedHomePosition: [50, 1, "4"] }), 'mission.plannedHomePosition[2]: a number was expected, not "4"'],
    [
      planFile({ plannedHomePosition: [50, 1, -1001] }),
      "mission.plannedHomePosition[2]: -1001 is outside -1000 to 100000",
    ],
    [planFile({ items: {} }), "mission.items: a list was expected, not {}"],
    [planFile({ items: [7] }), "mission.items[0]: an object was expected, not 7"],
    [
      planFile({ items: [WAYPOINT_JSON, { type: "Item" }] }),
      "mission.items[1].type: SimpleItem or ComplexItem was expected",
    ],
    [
      planFile({ items: [{ type: "ComplexItem" }] }),
      "mission.items[0].complexItemType: a complex item must say its type",
    ],
    [planFile({}, { geoFence: 7 }), "geoFence: an object was expected, not 7"],
    [
      planFile({}, { geoFence: { version: 1, circles: [7] } }),
      "geoFence.version: version 1 is not one this station reads (2)",
    ],
    [
      planFile({}, { rallyPoints: { version: 2, points: [[91, 1, 0]] } }),
      "rallyPoints.points[0][0]: 91 is outside -90 to 90",
    ],
    [planFile({}, { vigie: { clears: "fence" } }), 'vigie.clears: a list was expected, not "fence"'],
    [planFile({}, { vigie: { clears: ["fence", "mission"] } }), 'vigie.clears[1]: "fence" or "rally" was expected'],
    [planFile({}, { vigie: { aircraft: 7 } }), "vigie.aircraft: an object was expected, not 7"],
    [
      planFile({}, { vigie: { startsAt: "2026-02-30T02:00Z" } }),
      'vigie.startsAt: a time of UTC such as "2026-12-01T02:00Z" was expected',
    ],
    [
      planFile({}, { vigie: { startsAt: 1_796_090_400_000 } }),
      'vigie.startsAt: a time of UTC such as "2026-12-01T02:00Z" was expected',
    ],
    [planFile({}, { vigie: { aircraft: {} } }), "vigie.aircraft.name: an aircraft needs a name"],
  ])("%j: %s", (document, mistake) => {
    expect(mistakeOf(document)).toBe(mistake);
  });

  it("that are too many are refused with the file's name", () => {
    expect(readPlanFile("{", "maps/x.plan")).toMatchObject({
      ok: false,
      error: { kind: "bad-file", path: "maps/x.plan" },
    });
    expect(readPlanFile(JSON.stringify(planFile({ version: 3 })), "x")).toMatchObject({
      ok: false,
      error: { kind: "bad-file", path: "x", where: "mission.version" },
    });
  });
});

describe("fence, rally points, and what an upload clears", () => {
  it("are kept as text where there is something in them", () => {
    const geoFence = {
      version: 2,
      polygons: [],
      circles: [{ inclusion: true, circle: { center: [50, 1], radius: 9 } }],
    };
    const rallyPoints = { version: 2, points: [[50, 1, 30]] };
    const plan = readPlan(JSON.stringify(planFile({}, { geoFence, rallyPoints }), undefined, 3));
    expect([plan.fenceJson, plan.rallyJson].map((json): unknown => JSON.parse(json ?? ""))).toEqual([
      geoFence,
      rallyPoints,
    ]);
    expect(plan.fenceJson).toContain("\n");
    expect(writePlanFile(plan)).toContain(plan.fenceJson);
  });

  it("are none where nothing is in them, whatever their version", () => {
    const plan = readPlan(
      planFile({}, { geoFence: { version: 1, polygons: [], circles: [] }, rallyPoints: { points: [] } }),
    );
    expect([plan.fenceJson, plan.rallyJson]).toEqual([undefined, undefined]);
    expect(readPlan(planFile({}, { geoFence: { version: 2, owner: "x" } })).fenceJson).toBe(
      '{"version":2,"owner":"x"}',
    );
  });

  it("are cleared where our note says so", () => {
    expect(readPlan(planFile({}, { vigie: { clears: ["rally", "fence"] } })).clears).toEqual(["rally", "fence"]);
    expect(readPlan(planFile({}, { vigie: { clears: [] } }))).not.toHaveProperty("clears");
    expect(readPlan(writePlanFile({ ...planOfItems([]), clears: ["fence"] })).clears).toEqual(["fence"]);
  });
});

describe("members of other stations", () => {
  it("are kept as text, ours are not", () => {
    const text = `{"fileType":"Plan","version":1,"groundStation":"QGroundControl","tool" : { "v": 1.50 },
      "mission":{"version":2,"items":[],"globalPlanAltitudeMode":1,"odd":[ 1 ]}}`;
    expect(readPlan(text).foreign).toEqual({ top: { tool: '{ "v": 1.50 }' }, mission: { odd: "[ 1 ]" } });
    expect(writePlanFile(readPlan(text))).toContain('"tool": { "v": 1.50 }');
  });

  it("are kept where they differ from what we would write", () => {
    const plan = readPlan({ ...planFile({ globalPlanAltitudeMode: 2 }), groundStation: "Other" });
    expect(plan.foreign).toEqual({ top: { groundStation: '"Other"' }, mission: { globalPlanAltitudeMode: "2" } });
    expect(JSON.parse(writePlanFile(plan))).toMatchObject({
      groundStation: "Other",
      mission: { globalPlanAltitudeMode: 2 },
    });
    expect(readPlan(planFile({ globalPlanAltitudeMode: 2 })).foreign?.top).toEqual({});
    expect(readPlan(planFile())).not.toHaveProperty("foreign");
  });
});

describe("ids of items", () => {
  const items = [WAYPOINT_JSON, { ...WAYPOINT_JSON, doJumpId: 2 }];
  const idsOf = (notes: unknown) =>
    readPlan(planFile({ items }, { vigie: { items: notes } })).items.map(({ id }) => id);
  it("are those of our notes", () => {
    expect(idsOf([{ id: "a" }, { id: "b" }])).toEqual(["a", "b"]);
  });

  it.each([
    ["there are none", undefined],
    ["there is another number of them", [{ id: "a" }]],
    ["one is missing", [{ id: "a" }, 7]],
    ["one is empty", [{ id: "a" }, { id: "" }]],
    ["one is no text", [{ id: "a" }, { id: 7 }]],
    ["two are the same", [{ id: "a" }, { id: "a" }]],
  ])("are counted where %s", (_, notes) => {
    expect(idsOf(notes)).toEqual(["item-1", "item-2"]);
  });
});

describe("a written plan", () => {
  it("says everything in the order of the format", () => {
    const plan: Plan = { ...planOfItems([aWaypoint], { isTraining: true, aircraft: anAircraft() }), name: "dawn" };
    const text = writePlanFile(plan);
    expect(text.startsWith('{\n  "fileType": "Plan",\n  "version": 1,\n')).toBe(true);
    expect(text.endsWith("}\n")).toBe(true);
    expect(JSON.parse(text)).toEqual({
      fileType: "Plan",
      version: 1,
      groundStation: "QGroundControl",
      mission: {
        version: 2,
        firmwareType: 3,
        vehicleType: 2,
        cruiseSpeed: 10,
        hoverSpeed: 10,
        globalPlanAltitudeMode: 1,
        plannedHomePosition: [50.7745, 1.6075, 4],
        items: [{ ...WAYPOINT_JSON, AMSLAltAboveTerrain: null, Altitude: 40, AltitudeMode: 1 }],
      },
      geoFence: { version: 2, polygons: [], circles: [] },
      rallyPoints: { version: 2, points: [] },
      vigie: { version: 1, name: "dawn", isTraining: true, aircraft: anAircraft(), items: [{ id: "0" }] },
    });
    const { plannedHome: _home, ...homeless } = plan;
    expect(JSON.parse(writePlanFile({ ...homeless, plannedHome: undefined }))).toMatchObject({
      mission: { plannedHomePosition: [0, 0, 0] },
    });
  });

  it("keeps the text of others whatever a name in the plan looks like", () => {
    const raw = '{ "type": "ComplexItem",  "complexItemType": "windTurbine", "text": "$1 $& \ue0000\ue000" }';
    for (const name of ["\ue0000\ue000", '"\ue000\ue0000\ue000\ue000"', "\ue000".repeat(5)]) {
      const opaque: PlanItem = { kind: "opaque", id: "a", complexItemType: "windTurbine", rawJson: raw, items: [] };
      const plan: Plan = { ...planOfItems([]), name, items: [opaque] };
      expect(writePlanFile(plan)).toContain(raw);
      expect(readPlan(writePlanFile(plan))).toEqual(plan);
    }
  });
});
