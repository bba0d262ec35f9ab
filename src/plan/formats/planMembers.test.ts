/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/** What each member of a `.plan` file becomes, and what is written for it. */
import { describe, expect, it } from "vitest";
import { missionItemsOf, type MissionItem, type Plan, type PlanItem, type SweepItem } from "../plan.js";
import { anAircraft, command, planOfItems } from "../testing/planBuilders.js";
import { readPlanFile, writePlanFile } from "./planFile.js";
import { simpleItemJson } from "./simpleItem.js";

type Json = Record<string, unknown>;
const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
const read = (document: unknown, path = "a.plan"): Plan => {
  const plan = readPlanFile(typeof document === "string" ? document : JSON.stringify(document), path);
  if (!plan.ok) throw new Error(`${plan.error.where}: ${plan.error.problem}`);
  return plan.value;
};
const mistakeOf = (document: unknown): string | undefined => {
  const plan = readPlanFile(JSON.stringify(document), "a.plan");
  return plan.ok ? undefined : `${plan.error.where ?? "-"}: ${plan.error.problem}`;
};
const file = (mission: Json = {}, more: Json = {}): Json => ({
  fileType: "Plan",
  version: 1,
  mission: { version: 2, items: [], ...mission },
  ...more,
});
const waypoint: MissionItem = {
  command: 16,
  params: [0, 0, 0, undefined],
  position: at(50, 1),
  altitude: { datum: "home", valueM: 40 },
  autoContinue: true,
};
/** A waypoint as another station writes it. */
const WAYPOINT = simpleItemJson(waypoint, 1);

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
    expect(read({ fileType: "Plan", version: 1 }, "maps\\coast/night.PLAN")).toEqual(usual);
    expect(read(file(), "night.plan")).toEqual(usual);
    expect(read(file(), "night.plan.txt").name).toBe("night.plan.txt");
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
    expect(read(file(mission, { vigie }))).toEqual({
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
    expect(read(file({}, { vigie: { isTraining: "yes", name: 7 } }))).toMatchObject({ name: "a", isTraining: false });
    expect(read(file({}, { vigie: 7 })).name).toBe("a");
  });

  it("have a home unless it is missing, null or at 0, 0; its height may be missing", () => {
    const homeOf = (plannedHomePosition: unknown) => read(file({ plannedHomePosition })).plannedHome;
    expect([undefined, null, [0, 0, 0]].map(homeOf)).toEqual([undefined, undefined, undefined]);
    expect(homeOf([0, 1, 0])?.position).toEqual(at(0, 1));
    expect(homeOf([1, 0, 0])?.position).toEqual(at(1, 0));
    expect(homeOf([50, 1])?.altitudeAmslM).toBe(0);
  });

  it.each([
    [{ ...file(), fileType: "Rally" }, 'fileType: this is no plan: "Plan" was expected'],
    [{ type: "Polygon" }, 'fileType: this is no plan: "Plan" was expected'],
    [
      { type: "Polygon", coordinates: [] },
      "fileType: this is GeoJSON, an area and no plan: make a plan of it first (vigie plan)",
    ],
    [
      { type: "FeatureCollection", features: [] },
      "fileType: this is GeoJSON, an area and no plan: make a plan of it first (vigie plan)",
    ],
    [{ ...file(), version: 2 }, "version: version 2 is not one this station reads (1)"],
    [{ ...file(), mission: 7 }, "mission: an object was expected, not 7"],
    [file({ version: 1 }), "mission.version: version 1 is not one this station reads (2)"],
    [file({ vehicleType: 256 }), "mission.vehicleType: 256 is outside 0 to 255"],
    [file({ firmwareType: -1 }), "mission.firmwareType: -1 is outside 0 to 255"],
    [file({ cruiseSpeed: 1001 }), "mission.cruiseSpeed: 1001 is outside 0 to 1000"],
    [file({ hoverSpeed: "5" }), 'mission.hoverSpeed: a number was expected, not "5"'],
    [file({ plannedHomePosition: 7 }), "mission.plannedHomePosition: a list was expected, not 7"],
    [file({ plannedHomePosition: [91, 1, 0] }), "mission.plannedHomePosition[0]: 91 is outside -90 to 90"],
    [file({ plannedHomePosition: [50, 1, "4"] }), 'mission.plannedHomePosition[2]: a number was expected, not "4"'],
    [file({ plannedHomePosition: [50, 1, -1001] }), "mission.plannedHomePosition[2]: -1001 is outside -1000 to 100000"],
    [file({ items: {} }), "mission.items: a list was expected, not {}"],
    [file({ items: [7] }), "mission.items[0]: an object was expected, not 7"],
    [file({ items: [WAYPOINT, { type: "Item" }] }), "mission.items[1].type: SimpleItem or ComplexItem was expected"],
    [file({ items: [{ type: "ComplexItem" }] }), "mission.items[0].complexItemType: a complex item must say its type"],
    [file({}, { geoFence: 7 }), "geoFence: an object was expected, not 7"],
    [
      file({}, { geoFence: { version: 1, circles: [7] } }),
      "geoFence.version: version 1 is not one this station reads (2)",
    ],
    [
      file({}, { rallyPoints: { version: 2, points: [[91, 1, 0]] } }),
      "rallyPoints.points[0][0]: 91 is outside -90 to 90",
    ],
    [file({}, { vigie: { clears: "fence" } }), 'vigie.clears: a list was expected, not "fence"'],
    [file({}, { vigie: { clears: ["fence", "mission"] } }), 'vigie.clears[1]: "fence" or "rally" was expected'],
    [file({}, { vigie: { aircraft: 7 } }), "vigie.aircraft: an object was expected, not 7"],
    [file({}, { vigie: { aircraft: {} } }), "vigie.aircraft.name: an aircraft needs a name"],
  ])("%j: %s", (document, mistake) => {
    expect(mistakeOf(document)).toBe(mistake);
  });

  it("that are too many are refused with the file's name", () => {
    expect(readPlanFile("{", "maps/x.plan")).toMatchObject({
      ok: false,
      error: { kind: "bad-file", path: "maps/x.plan" },
    });
    expect(readPlanFile(JSON.stringify(file({ version: 3 })), "x")).toMatchObject({
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
    const plan = read(JSON.stringify(file({}, { geoFence, rallyPoints }), undefined, 3));
    expect([plan.fenceJson, plan.rallyJson].map((json): unknown => JSON.parse(json ?? ""))).toEqual([
      geoFence,
      rallyPoints,
    ]);
    expect(plan.fenceJson).toContain("\n");
    expect(writePlanFile(plan)).toContain(plan.fenceJson);
  });

  it("are none where nothing is in them, whatever their version", () => {
    const plan = read(file({}, { geoFence: { version: 1, polygons: [], circles: [] }, rallyPoints: { points: [] } }));
    expect([plan.fenceJson, plan.rallyJson]).toEqual([undefined, undefined]);
    expect(read(file({}, { geoFence: { version: 2, owner: "x" } })).fenceJson).toBe('{"version":2,"owner":"x"}');
  });

  it("are cleared where our note says so", () => {
    expect(read(file({}, { vigie: { clears: ["rally", "fence"] } })).clears).toEqual(["rally", "fence"]);
    expect(read(file({}, { vigie: { clears: [] } }))).not.toHaveProperty("clears");
    expect(read(writePlanFile({ ...planOfItems([]), clears: ["fence"] })).clears).toEqual(["fence"]);
  });
});

describe("members of other stations", () => {
  it("are kept as text, ours are not", () => {
    const text = `{"fileType":"Plan","version":1,"groundStation":"QGroundControl","tool" : { "v": 1.50 },
      "mission":{"version":2,"items":[],"globalPlanAltitudeMode":1,"odd":[ 1 ]}}`;
    expect(read(text).foreign).toEqual({ top: { tool: '{ "v": 1.50 }' }, mission: { odd: "[ 1 ]" } });
    expect(writePlanFile(read(text))).toContain('"tool": { "v": 1.50 }');
  });

  it("are kept where they differ from what we would write", () => {
    const plan = read({ ...file({ globalPlanAltitudeMode: 2 }), groundStation: "Other" });
    expect(plan.foreign).toEqual({ top: { groundStation: '"Other"' }, mission: { globalPlanAltitudeMode: "2" } });
    expect(JSON.parse(writePlanFile(plan))).toMatchObject({
      groundStation: "Other",
      mission: { globalPlanAltitudeMode: 2 },
    });
    expect(read(file({ globalPlanAltitudeMode: 2 })).foreign?.top).toEqual({});
    expect(read(file())).not.toHaveProperty("foreign");
  });
});

describe("ids of items", () => {
  const items = [WAYPOINT, { ...WAYPOINT, doJumpId: 2 }];
  const idsOf = (notes: unknown) => read(file({ items }, { vigie: { items: notes } })).items.map(({ id }) => id);
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
    const plan: Plan = { ...planOfItems([waypoint], { isTraining: true, aircraft: anAircraft() }), name: "dawn" };
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
        items: [{ ...WAYPOINT, AMSLAltAboveTerrain: null, Altitude: 40, AltitudeMode: 1 }],
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
      expect(read(writePlanFile(plan))).toEqual(plan);
    }
  });
});

describe("numbers of items in a file", () => {
  const settings = {
    legHeadingDeg: 90,
    trackSpacingM: 20,
    height: { datum: "home", valueM: 40 },
    groundSpeedMps: 5,
    turnaroundM: 0,
  } as const;
  const sweep: SweepItem = {
    kind: "sweep",
    id: "s",
    patternId: "parallel",
    area: [],
    settings,
    items: [waypoint, waypoint],
  };
  const simple = (item: MissionItem, id: string, doJumpId?: number): PlanItem => ({
    kind: "simple",
    id,
    item,
    ...(doJumpId !== undefined && { source: { json: JSON.stringify({ ...WAYPOINT, doJumpId, note: "x" }), item } }),
  });
  const opaque = (...doJumpIds: readonly (number | undefined)[]): PlanItem => ({
    kind: "opaque",
    id: "o",
    complexItemType: "Scan",
    rawJson: JSON.stringify({
      type: "ComplexItem",
      complexItemType: "Scan",
      Items: doJumpIds.map((doJumpId) => ({ ...WAYPOINT, doJumpId })),
    }),
    items: doJumpIds.map(() => waypoint),
  });
  type Written = { doJumpId?: number; Items?: Written[]; TransectStyleComplexItem?: { Items: Written[] } };
  const numbersOf = (...items: readonly PlanItem[]): readonly unknown[] => {
    const written = JSON.parse(writePlanFile({ ...planOfItems([]), items })) as { mission: { items: Written[] } };
    return written.mission.items.map(
      ({ doJumpId, Items, TransectStyleComplexItem: transect }) =>
        doJumpId ?? (transect?.Items ?? Items ?? []).map((inner) => inner.doJumpId),
    );
  };

  it("count up through everything, a file's own ones kept while they rise", () => {
    expect(numbersOf(simple(waypoint, "a"), sweep, simple(waypoint, "b"))).toEqual([1, [2, 3], 4]);
    expect(numbersOf(simple(waypoint, "a", 7), simple(waypoint, "b"), simple(waypoint, "c", 20))).toEqual([7, 8, 20]);
    expect(numbersOf(simple(waypoint, "a", 7), simple(waypoint, "b", 7), simple(waypoint, "c", 3))).toEqual([7, 8, 9]);
    expect(numbersOf(opaque(5, 6), simple(waypoint, "b"))).toEqual([[5, 6], 7]);
    expect(numbersOf(simple(waypoint, "a"), opaque(3, 9), sweep)).toEqual([1, [3, 9], [10, 11]]);
  });

  it("of another station's complex item are not touched, and counted past where they do not rise", () => {
    expect(numbersOf(simple(waypoint, "a", 4), opaque(2, 3), simple(waypoint, "b"))).toEqual([4, [2, 3], 7]);
    expect(numbersOf(opaque(1, 1), simple(waypoint, "b"))).toEqual([[1, 1], 3]);
    expect(numbersOf(opaque(5, undefined), simple(waypoint, "b"))).toEqual([[5, undefined], 3]);
    expect(numbersOf(opaque(), simple(waypoint, "b"))).toEqual([[], 1]);
  });

  it("are what a jump names", () => {
    const jump = command(177, [3, 2, 0, 0]);
    const plan: Plan = { ...planOfItems([]), items: [simple(waypoint, "a", 7), opaque(8, 12), simple(jump, "j")] };
    const written = JSON.parse(writePlanFile(plan)) as { mission: { items: { params?: number[] }[] } };
    expect(written.mission.items[2]?.params?.[0]).toBe(12);
    expect(missionItemsOf(read(writePlanFile(plan)))[3]?.params[0]).toBe(3);
    const nowhere: Plan = { ...plan, items: [simple(command(177, [9, 2, 0, 0]), "j")] };
    expect(JSON.parse(writePlanFile(nowhere))).toMatchObject({
      mission: { items: [{ params: [9, 2, 0, 0, 0, 0, 0] }] },
    });
    const open: Plan = { ...plan, items: [simple(command(177, [undefined, 2, 0, 0]), "j")] };
    expect(JSON.parse(writePlanFile(open))).toMatchObject({
      mission: { items: [{ params: [null, 2, 0, 0, 0, 0, 0] }] },
    });
  });

  it("that a jump names may be inside a complex item, old or of one without items", () => {
    const jumpTo = (target: unknown) => ({
      ...WAYPOINT,
      command: 177,
      frame: 2,
      doJumpId: 90,
      params: [target, 1, 0, 0, 0, 0, 0],
    });
    const scan = {
      type: "ComplexItem",
      complexItemType: "Scan",
      Items: [
        { ...WAYPOINT, doJumpId: 31 },
        { ...WAYPOINT, doJumpId: 32 },
      ],
    };
    const none = { type: "ComplexItem", complexItemType: "Other" };
    const old = { ...WAYPOINT, doJumpId: undefined, id: 40 };
    const targetOf = (target: unknown) =>
      missionItemsOf(read(file({ items: [none, scan, old, jumpTo(target)] }))).at(-1)?.params[0];
    expect([31, 32, 40, 90].map(targetOf)).toEqual([1, 2, 3, 4]);
    const landing = {
      type: "ComplexItem",
      complexItemType: "fwLandingPattern",
      version: 2,
      altitudesAreRelative: true,
      landCoordinate: [50.7, 1.6, 0],
      landingApproachCoordinate: [50.71, 1.61, 40],
      loiterClockwise: true,
      loiterRadius: 75,
    };
    const after = read(file({ items: [landing, old, jumpTo(40)] }));
    expect(missionItemsOf(after).at(-1)?.params[0]).toBe(4);
    expect(mistakeOf(file({ items: [WAYPOINT, jumpTo(5)] }))).toBe(
      "mission.items[1].params[0]: jumps to item 5, which does not exist",
    );
    expect(mistakeOf(file({ items: [WAYPOINT, jumpTo(null)] }))).toBe(
      "mission.items[1].params[0]: jumps to item nothing, which does not exist",
    );
  });

  it("of a file are remembered for items as we would write them ourselves", () => {
    const own = { ...WAYPOINT, AMSLAltAboveTerrain: null, Altitude: 40, AltitudeMode: 1 };
    const items = [own, { ...own, doJumpId: 2 }, { ...own, doJumpId: 9 }];
    expect(read(file({ items })).items.map((item) => item.kind === "simple" && item.source !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("complex items of other stations", () => {
  const survey = (more: Json) => ({ type: "ComplexItem", complexItemType: "survey", version: 5, ...more });
  const opaqueItems = (item: Json) => {
    const [read1] = read(file({ items: [item] })).items;
    return read1?.kind === "opaque" ? read1.items.length : read1?.kind;
  };
  it("fly what they store, in whichever member", () => {
    expect(opaqueItems(survey({ TransectStyleComplexItem: { Items: [WAYPOINT, WAYPOINT] } }))).toBe(2);
    expect(opaqueItems(survey({ other: 7, Somewhere: { Items: [WAYPOINT] } }))).toBe(1);
    expect(opaqueItems(survey({ Items: [WAYPOINT] }))).toBe(1);
    expect(opaqueItems(survey({ Items: 7 }))).toBe(0);
    expect(opaqueItems(survey({ Somewhere: { Items: {} } }))).toBe(0);
    expect(opaqueItems({ type: "ComplexItem", complexItemType: "CorridorScan", version: 2, Items: [WAYPOINT] })).toBe(
      1,
    );
  });

  it.each([
    [survey({ version: 3 }), "mission.items[0].version: version 3 is not one this station reads (4, 5)"],
    [
      { type: "ComplexItem", complexItemType: "CorridorScan", version: 1 },
      "mission.items[0].version: version 1 is not one this station reads (2)",
    ],
    [
      { type: "ComplexItem", complexItemType: "StructureScan", version: 4 },
      "mission.items[0].version: version 4 is not one this station reads (2, 3)",
    ],
    [
      survey({ TransectStyleComplexItem: { Items: 7 } }),
      "mission.items[0].TransectStyleComplexItem.Items: a list was expected, not 7",
    ],
    [
      survey({ TransectStyleComplexItem: 7 }),
      "mission.items[0].TransectStyleComplexItem.Items: a list was expected, not nothing",
    ],
    [
      survey({ Somewhere: { Items: [{ ...WAYPOINT, frame: 1 }] } }),
      "mission.items[0].Somewhere.Items[0].frame: frame 1 is not one an aircraft flies",
    ],
  ])("%j: %s", (item, mistake) => {
    expect(mistakeOf(file({ items: [item] }))).toBe(mistake);
  });

  const own: SweepItem = {
    kind: "sweep",
    id: "s",
    patternId: "parallel",
    area: [at(50, 1), at(50, 1.1), at(50.1, 1.1)],
    settings: {
      legHeadingDeg: 30,
      trackSpacingM: 20,
      height: { datum: "amsl", valueM: 40 },
      groundSpeedMps: 5,
      turnaroundM: 3,
    },
    items: [waypoint],
  };
  const OURS = JSON.parse(writePlanFile({ ...planOfItems([]), items: [own] })) as {
    mission: { items: [Json & { TransectStyleComplexItem: Json & { CameraCalc: Json } }] };
    vigie: { items: [Json] };
  };
  const [ours] = OURS.mission.items;
  const { TransectStyleComplexItem: transect } = ours;
  const withTransect = (changes: Json) => ({ ...ours, TransectStyleComplexItem: { ...transect, ...changes } });
  const withCamera = (changes: Json) => withTransect({ CameraCalc: { ...transect.CameraCalc, ...changes } });

  it("of our own are surveys in QGroundControl's form", () => {
    expect(ours).toEqual({
      type: "ComplexItem",
      complexItemType: "survey",
      version: 5,
      angle: 30,
      entryLocation: 0,
      flyAlternateTransects: false,
      splitConcavePolygons: false,
      polygon: [
        [50, 1],
        [50, 1.1],
        [50.1, 1.1],
      ],
      TransectStyleComplexItem: {
        version: 2,
        TurnAroundDistance: 3,
        CameraTriggerInTurnAround: true,
        HoverAndCapture: false,
        Refly90Degrees: false,
        CameraShots: 0,
        VisualTransectPoints: [[50, 1]],
        Items: [WAYPOINT],
        CameraCalc: {
          version: 2,
          CameraName: "Manual (no camera specs)",
          DistanceMode: 2,
          DistanceToSurface: 40,
          AdjustedFootprintSide: 20,
          AdjustedFootprintFrontal: 20,
        },
      },
    });
    expect(OURS.vigie.items).toEqual([{ id: "s", groundSpeedMps: 5 }]);
    expect(read(OURS).items).toEqual([own]);
  });

  const T = "mission.items[0].TransectStyleComplexItem";
  it.each([
    [ours, { id: "s", groundSpeedMps: 1001 }, "vigie.items[0].groundSpeedMps: 1001 is outside 0 to 1000"],
    [{ ...ours, version: 4 }, undefined, "mission.items[0].version: version 4 is not one this station reads (5)"],
    [{ ...ours, angle: 361 }, undefined, "mission.items[0].angle: 361 is outside -360 to 360"],
    [{ ...ours, polygon: 7 }, undefined, "mission.items[0].polygon: a list was expected, not 7"],
    [
      {
        ...ours,
        polygon: [
          [50, 1],
          [91, 1],
        ],
      },
      undefined,
      "mission.items[0].polygon[1][0]: 91 is outside -90 to 90",
    ],
    [{ ...ours, TransectStyleComplexItem: 7 }, undefined, `${T}: an object was expected, not 7`],
    [withTransect({ CameraCalc: 7 }), undefined, `${T}.CameraCalc: an object was expected, not 7`],
    [withTransect({ TurnAroundDistance: -1 }), undefined, `${T}.TurnAroundDistance: -1 is outside 0 to 100000`],
    [withTransect({ Items: 7 }), undefined, `${T}.Items: a list was expected, not 7`],
    [
      withTransect({ Items: [{ ...WAYPOINT, frame: 1 }] }),
      undefined,
      `${T}.Items[0].frame: frame 1 is not one an aircraft flies`,
    ],
    [
      withCamera({ AdjustedFootprintSide: -1 }),
      undefined,
      `${T}.CameraCalc.AdjustedFootprintSide: -1 is outside 0 to 100000`,
    ],
    [
      withCamera({ DistanceToSurface: -1001 }),
      undefined,
      `${T}.CameraCalc.DistanceToSurface: -1001 is outside -1000 to 100000`,
    ],
    [withCamera({ DistanceMode: 3 }), undefined, `${T}.CameraCalc.DistanceMode: altitude mode 3 is not one of 1, 2, 4`],
  ])("with a mistake in a sweep of ours: %j, %j: %s", (item, note, mistake) => {
    const notes = note ? { ...OURS.vigie, items: [note] } : OURS.vigie;
    expect(mistakeOf({ ...OURS, mission: { ...OURS.mission, items: [item] }, vigie: notes })).toBe(mistake);
  });

  it("are read as ours by our note alone", () => {
    const kindWith = (item: Json, note: Json) =>
      read({ ...OURS, mission: { ...OURS.mission, items: [item] }, vigie: { ...OURS.vigie, items: [note] } }).items[0]
        ?.kind;
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5 })).toBe("sweep");
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5, pattern: "parallel" })).toBe("sweep");
    expect(kindWith(ours, { id: "s" })).toBe("opaque");
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5, pattern: "spiral" })).toBe("opaque");
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5, pattern: 7 })).toBe("opaque");
    expect(kindWith({ ...ours, complexItemType: "CorridorScan", version: 2 }, { id: "s", groundSpeedMps: 5 })).toBe(
      "opaque",
    );
  });
});
