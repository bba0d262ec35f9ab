/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/** Plans written by other stations: landing patterns, scans, old forms, and content that must survive saving. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { missionItemsOf, unflownParts, type Plan } from "../plan.js";
import { applyEdit } from "../edits.js";
import { readPlanFile, writePlanFile } from "./planFile.js";

const textOf = (name: string): string => readFileSync(path.join(import.meta.dirname, "fixtures", name), "utf8");
function read(text: string, name = "x.plan"): Plan {
  const plan = readPlanFile(text, name);
  if (!plan.ok) throw new Error(`${plan.error.where}: ${plan.error.problem}`);
  return plan.value;
}
const mistakeOf = (text: string, name = "x.plan") => {
  const plan = readPlanFile(text, name);
  return plan.ok ? undefined : { where: plan.error.where, problem: plan.error.problem };
};
type Json = ReturnType<typeof JSON.parse>;
const file = (items: readonly Json[], more: Json = {}): string =>
  JSON.stringify({
    fileType: "Plan",
    version: 1,
    mission: { version: 2, plannedHomePosition: [50, 1, 4], items },
    ...more,
  });
const saved = (text: string): Json => JSON.parse(writePlanFile(read(text)));
const flown = (items: readonly Json[]) => missionItemsOf(read(file(items)));

const PATTERN = {
  type: "ComplexItem",
  complexItemType: "fwLandingPattern",
  version: 2,
  altitudesAreRelative: true,
  landCoordinate: [50.7, 1.6, 0],
  landingApproachCoordinate: [50.71, 1.61, 40],
  loiterClockwise: true,
  loiterRadius: 75,
  stopTakingPhotos: false,
  stopVideoPhotos: false,
  useLoiterToAlt: true,
  valueSetIsDistance: false,
};
const changed = (changes: Json): readonly Json[] => [{ ...PATTERN, ...(changes as object) }];

describe("case 01: landing patterns fly as QGroundControl flies them", () => {
  it("fixed wing: start of landing, photos and video off, circle down, landing", () => {
    const items = missionItemsOf(read(textOf("fixed-wing-landing.plan"))).slice(2);
    expect(items.map(({ command }) => command)).toEqual([189, 206, 2001, 2501, 31, 21]);
    expect(items[0]).toEqual({ command: 189, params: [0, 0, 0, 0], autoContinue: true });
    const nan = undefined;
    expect(items[2]).toMatchObject({ params: [0, nan, nan, nan], tail: [nan, nan, nan] });
    expect(items[4]).toEqual({
      command: 31,
      params: [1, 75, 0, 1],
      position: { latitudeDeg: 50.776500000000006, longitudeDeg: 1.609529 },
      altitude: { datum: "home", valueM: 40 },
      autoContinue: true,
    });
    expect(items[5]).toEqual({
      command: 21,
      params: [0, 0, 0, 0],
      position: { latitudeDeg: 50.7745, longitudeDeg: 1.607529 },
      altitude: { datum: "home", valueM: 0 },
      autoContinue: true,
    });
  });
  it("VTOL: the same with VTOL_LAND, its yaw left to the aircraft", () => {
    const items = missionItemsOf(read(textOf("vtol-landing.plan"))).slice(2);
    expect(items.map(({ command }) => command)).toEqual([189, 206, 2001, 2501, 31, 85]);
    expect(items[5]).toMatchObject({ params: [0, 0, 0, undefined], altitude: { datum: "home", valueM: 0 } });
  });
  it("anticlockwise, straight in, above the sea, with a speed", () => {
    expect(flown(changed({ loiterClockwise: false }))[1]!.params).toEqual([1, -75, 0, 1]);
    expect(flown(changed({ useLoiterToAlt: false }))[1]).toMatchObject({ command: 16, params: [0, 0, 0, undefined] });
    const amsl = flown(changed({ altitudesAreRelative: false }));
    expect(amsl.slice(1).map((item) => item.altitude?.datum)).toEqual(["amsl", "amsl"]);
    const slow = flown(changed({ useDoChangeSpeed: true, finalApproachSpeed: 14.7 }));
    expect(slow[1]).toMatchObject({ command: 178, params: [0, 14, -1, 0] });
  });
  it("in the words of earlier versions", () => {
    const { landingApproachCoordinate, altitudesAreRelative: _relative, useLoiterToAlt: _use, ...rest } = PATTERN;
    const second = { ...rest, altitudesAreRelative: true, loiterCoordinate: landingApproachCoordinate };
    expect(flown([second])).toEqual(flown([PATTERN]));
    const first = {
      ...rest,
      version: 1,
      loiterCoordinate: landingApproachCoordinate,
      loiterAltitudeRelative: true,
      landAltitudeRelative: false,
    };
    expect(flown([first]).map((item) => item.altitude?.datum)).toEqual([undefined, "home", "amsl"]);
  });
  it("of a version or with a mistake is refused by its place", () => {
    expect(mistakeOf(file(changed({ version: 3 })))?.where).toBe("mission.items[0].version");
    expect(mistakeOf(file(changed({ landCoordinate: [50, 1] })))?.where).toBe("mission.items[0].landCoordinate[2]");
    expect(mistakeOf(file(changed({ loiterRadius: undefined })))?.where).toBe("mission.items[0].loiterRadius");
    expect(mistakeOf(file(changed({ altitudesAreRelative: "yes" })))?.where).toBe(
      "mission.items[0].altitudesAreRelative",
    );
  });
  it.each(["fixed-wing-landing.plan", "vtol-landing.plan"])("%s comes back byte for byte", (name) => {
    const text = textOf(name);
    const pattern = read(text).items[2]!;
    if (pattern.kind !== "opaque") throw new Error(pattern.kind);
    expect(text).toContain(pattern.rawJson);
    expect(writePlanFile(read(text))).toContain(pattern.rawJson);
    expect(read(writePlanFile(read(text)))).toEqual(read(text));
  });
  it("what stores nothing to fly is named with its place, and what follows keeps its number", () => {
    const waypoint = { type: "SimpleItem", command: 16, frame: 3, params: [0, 0, 0, 0, 50, 1, 40] };
    const scan = { type: "ComplexItem", complexItemType: "StructureScan", version: 3 };
    const other = { type: "ComplexItem", complexItemType: "windTurbine" };
    const plan = read(file([waypoint, scan, ...changed({}), other]));
    expect(unflownParts(plan)).toEqual([
      { itemId: "item-2", type: "StructureScan", seq: 2 },
      { itemId: "item-4", type: "windTurbine", seq: 5 },
    ]);
    expect(unflownParts(read(file([waypoint, { ...other, Somewhere: { Items: [waypoint] } }])))).toEqual([]);
  });
});

describe("items that cannot be flown as they stand", () => {
  const item = (changes: Json) => ({
    type: "SimpleItem",
    command: 16,
    frame: 3,
    params: [0, 0, 0, null, 50, 1, 40],
    ...(changes as object),
  });
  it.each([
    ["a frame nobody flies", { frame: 7 }, "mission.items[0].frame"],
    ["a place in the frame without one", { frame: 2 }, "mission.items[0].frame"],
    ["half a place", { params: [0, 0, 0, null, 50, null, 40] }, "mission.items[0].params[4]"],
    ["six params", { params: [0, 0, 0, 0, 50, 1] }, "mission.items[0].params"],
    [
      "a missing param of the old form",
      { params: undefined, coordinate: [50, 1, 40], param1: 0 },
      "mission.items[0].param2",
    ],
  ])("%s", (_name, changes, where) => {
    expect(mistakeOf(file([item(changes)]))?.where).toBe(where);
  });
});

describe("case 23: nothing is lost on saving", () => {
  it("how the height above terrain is kept", () => {
    const before = JSON.parse(textOf("calc-above-terrain.plan"));
    expect(saved(textOf("calc-above-terrain.plan")).mission.items).toEqual(before.mission.items);
  });
  it("members of other tools, in the file, the mission and the items", () => {
    const waypoint = {
      type: "SimpleItem",
      command: 16,
      frame: 3,
      doJumpId: 1,
      autoContinue: true,
      params: [0, 0, 0, null, 50, 1, 40],
    };
    const tagged = {
      ...waypoint,
      AMSLAltAboveTerrain: 44.5,
      Altitude: 40,
      AltitudeMode: 0,
      UUID: "a-b",
      note: { "1.50": [1, 2] },
    };
    const text = JSON.stringify({
      fileType: "Plan",
      version: 1,
      groundStation: "Other",
      author: { name: "é" },
      mission: {
        version: 2,
        globalPlanAltitudeMode: 0,
        plannedHomePosition: [50, 1, 4],
        items: [tagged],
        plannedLoiter: 7,
        cruiseSpeed: 12,
        hoverSpeed: 4,
        vehicleType: 2,
        firmwareType: 12,
      },
      geoFence: { version: 2, polygons: [], circles: [], owner: "x" },
      rallyPoints: { version: 2, points: [] },
    });
    const { vigie: _own, ...after } = saved(text);
    expect(after).toEqual(JSON.parse(text));
    const once = writePlanFile(read(text));
    expect(writePlanFile(read(once))).toBe(once);
  });
  it("an edited item keeps the rest; a height that is no longer that of the file loses its old measure", () => {
    const takeOff = {
      type: "SimpleItem",
      command: 22,
      frame: 0,
      doJumpId: 1,
      autoContinue: true,
      params: [0, 0, 0, null, 50, 1, 87.5],
      AMSLAltAboveTerrain: 87.5,
      Altitude: 50,
      AltitudeMode: 3,
      UUID: "k",
    };
    const plan = read(file([takeOff]));
    const moved = applyEdit(plan, {
      kind: "set-home",
      home: { position: { latitudeDeg: 50.1, longitudeDeg: 1 }, altitudeAmslM: 4 },
    });
    if (!moved.ok) throw new Error(moved.error.kind);
    const [item] = JSON.parse(writePlanFile(moved.value)).mission.items;
    expect(item).toEqual({ ...takeOff, params: [0, 0, 0, null, 50.1, 1, 87.5] });
  });
  it("the numbers of items, and what jumps to them", () => {
    const simple = (command: number, doJumpId: number, params: readonly (number | null)[]) => ({
      type: "SimpleItem",
      command,
      frame: command === 177 ? 2 : 3,
      doJumpId,
      autoContinue: true,
      params,
      ...(command === 177 ? {} : { AMSLAltAboveTerrain: null, Altitude: 40, AltitudeMode: 1 }),
    });
    const items = [
      simple(16, 1, [0, 0, 0, null, 50, 1, 40]),
      { type: "ComplexItem", complexItemType: "StructureScan", version: 3 },
      simple(16, 21, [0, 0, 0, null, 50, 1.1, 40]),
      simple(177, 22, [21, 2, 0, 0, 0, 0, 0]),
    ];
    expect(missionItemsOf(read(file(items)))[2]!.params[0]).toBe(2);
    expect(saved(file(items)).mission.items).toEqual(items);
  });
  it("old forms of items are read, and saved in the new one", () => {
    const first = {
      type: "missionItem",
      id: 1,
      command: 16,
      frame: 3,
      autoContinue: true,
      param1: 5,
      param2: 0,
      param3: 0,
      param4: 0,
      coordinate: [50, 1, 40],
    };
    const second = {
      type: "SimpleItem",
      doJumpId: 2,
      command: 16,
      frame: 3,
      autoContinue: true,
      params: [5, 0, 0, 0],
      coordinate: [50, 1, 40],
    };
    const [one, two] = flown([first, second]);
    expect(one).toMatchObject({ command: 16, params: [5, 0, 0, 0], position: { latitudeDeg: 50, longitudeDeg: 1 } });
    expect(two).toEqual(one);
    expect(saved(file([first, second])).mission.items[0]).toMatchObject({
      type: "SimpleItem",
      params: [5, 0, 0, 0, 50, 1, 40],
    });
  });
  it("a home above 10,000 m and a byte order mark refuse nothing", () => {
    const high = JSON.parse(file([]));
    high.mission.plannedHomePosition = [50, 1, 11_085.9];
    expect(read(`\ufeff${JSON.stringify(high)}`).plannedHome?.altitudeAmslM).toBe(11_085.9);
  });
});

describe("case 14: Mission Planner's mission files", () => {
  const wpl = (...lines: readonly string[]): string => `${["QGC WPL 110", ...lines].join("\r\n")}\r\n`;
  const home = "0\t1\t0\t16\t0\t0\t0\t0\t50.7\t1.56\t5\t1";
  it("home line first, then one item a line", () => {
    const plan = read(textOf("mission.waypoints"), "folder/mission.waypoints");
    expect(plan).toMatchObject({
      name: "mission",
      firmwareType: 3,
      plannedHome: { position: { latitudeDeg: 50.7, longitudeDeg: 1.56 }, altitudeAmslM: 5 },
    });
    expect(missionItemsOf(plan)).toEqual([
      { command: 22, params: [0, 0, 0, 0], altitude: { datum: "home", valueM: 40 }, autoContinue: true },
      {
        command: 16,
        params: [0, 0, 0, 0],
        position: { latitudeDeg: 50.701, longitudeDeg: 1.561 },
        altitude: { datum: "home", valueM: 40 },
        autoContinue: true,
      },
    ]);
    expect(missionItemsOf(read(writePlanFile(plan)))).toEqual(missionItemsOf(plan));
  });
  it("spaces, comments, empty lines, fractions, nan and other frames", () => {
    const plan = read(
      `\ufeff\n${wpl("# a comment", "0 0 0 16 0.000000 0 0 0 50.7 1.56 5 1", "", "1 0 10 16 0 0 0 nan 5.07e1 1.5 40 0", "2 0 2.0 178 0 12 -1 0 0 0 0 1")}`,
    );
    expect(missionItemsOf(plan)).toMatchObject([
      { command: 16, params: [0, 0, 0, undefined], altitude: { datum: "terrain", valueM: 40 }, autoContinue: false },
      { command: 178, params: [0, 12, -1, 0] },
    ]);
  });
  it("a jump names a line's number", () => {
    const plan = read(wpl(home, "1\t0\t3\t16\t0\t0\t0\t0\t50\t1\t40\t1", "2\t0\t3\t177\t1\t3\t0\t0\t0\t0\t0\t1"));
    expect(missionItemsOf(plan)[1]!.params).toEqual([1, 3, 0, 0]);
    const noHome = read(
      wpl("0\t0\t3\t22\t0\t0\t0\t0\t50\t1\t40\t1", "1\t0\t3\t177\t0\t3\t0\t0\t0\t0\t0\t1").replace("110", "120"),
    );
    expect(missionItemsOf(noHome)[1]!.params).toEqual([1, 3, 0, 0]);
    expect(mistakeOf(wpl(home, "1\t0\t3\t177\t9\t3\t0\t0\t0\t0\t0\t1"))).toMatchObject({ where: "line 3" });
  });
  it("params 5 to 7 of a command without a place are numbers, whatever frame its line names", () => {
    const plan = read(wpl(home, "1\t0\t3\t20\t0\t0\t0\t0\t0\t0\t0\t1", "2\t0\t0\t203\t0\t0\t0\t0\t1\t0\t0\t1"));
    expect(missionItemsOf(plan)).toEqual([
      { command: 20, params: [0, 0, 0, 0], autoContinue: true },
      { command: 203, params: [0, 0, 0, 0], tail: [1, 0, 0], autoContinue: true },
    ]);
  });
  it("versions 100 and 120; a first line that is no home is flown", () => {
    const old =
      "QGC WPL 100\n0 0 25 0 0 0 0 1 1.56 50.7 5 0 1\n1 3 24 0 0 0 0 0 1.56 50.7 40 0 1\n2 3 3 0 0 0 0 0 0 0 0 0 1";
    expect(read(old)).toMatchObject({ plannedHome: { position: { latitudeDeg: 50.7, longitudeDeg: 1.56 } } });
    expect(missionItemsOf(read(old)).map(({ command }) => command)).toEqual([22, 20]);
    expect(mistakeOf(old.replace("1 3 24", "1 3 99"))?.where).toBe("line 3");
    const noHome = read(wpl(home).replace("110", "120"));
    expect([noHome.plannedHome, missionItemsOf(noHome).length]).toEqual([undefined, 1]);
    const px4 = read(wpl("0\t1\t3\t22\t0\t0\t0\t0\t50\t1\t40\t1"));
    expect([px4.plannedHome, missionItemsOf(px4).length]).toEqual([undefined, 1]);
    const zeros = read(wpl("0\t1\t0\t16\t0\t0\t0\t0\t0\t0\t0\t1", "1\t0\t3\t22\t0\t0\t0\t0\t50\t1\t40\t1"));
    expect([zeros.plannedHome, missionItemsOf(zeros).length]).toEqual([undefined, 1]);
  });
  it.each([
    ["eleven columns", [home, "1\t0\t3\t16\t0\t0\t0\t0\t50\t1\t40"], "line 3"],
    ["a word for a number", [home, "1\t0\t3\t16\t0\t0\t0\t0\tnorth\t1\t40\t1"], "line 3, column 9 (north)"],
    ["a place off the earth", [home, "1\t0\t3\t16\t0\t0\t0\t0\t91\t1\t40\t1"], "line 3, column 9 (91)"],
    ["a frame nobody flies", [home, "1\t0\t7\t16\t0\t0\t0\t0\t50\t1\t40\t1"], "line 3"],
    ["a fence", ["0\t0\t0\t5001\t3\t0\t0\t0\t50\t1\t0\t1"], "line 2"],
  ])("a mistake is told with its line: %s", (_name, lines, where) => {
    expect(mistakeOf(wpl(...lines))?.where).toBe(where);
  });
  it("another version is told", () => {
    expect(mistakeOf("QGC WPL 130\n")).toMatchObject({ where: "line 1", problem: expect.stringContaining("130") });
  });
});
