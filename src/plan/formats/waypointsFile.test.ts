/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { missionItemsOf, type Plan } from "../plan.js";
import { isWaypointsText, readWaypoints } from "./waypointsFile.js";

const HOME = "0 1 0 16 0 0 0 0 50.7 1.56 5 1";
const WAYPOINT = "1 0 3 16 1 2 3 4 50 1 40 1";
const wpl = (...lines: readonly string[]): string => `QGC WPL 110\n${lines.join("\n")}\n`;
function read(text: string, path = "a.waypoints"): Plan {
  const plan = readWaypoints(text, path);
  if (!plan.ok) throw new Error(`${plan.error.where}: ${plan.error.problem}`);
  return plan.value;
}
const mistakeOf = (text: string): string | undefined => {
  const plan = readWaypoints(text, "a.waypoints");
  return plan.ok ? undefined : `${plan.error.where ?? "-"}: ${plan.error.problem}`;
};

describe("a Mission Planner mission", () => {
  it("is known by its first line", () => {
    for (const text of ["QGC WPL 110", "\ufeffQGC WPL 110", "\n  qgc\twpl 110", "QGC WPL"])
      expect(isWaypointsText(text)).toBe(true);
    for (const text of ["QGC PLAN", "QGC WPLX 110", "x QGC WPL 110", "{}"]) expect(isWaypointsText(text)).toBe(false);
  });

  it("becomes a plan for an ArduPilot vehicle of no kind, with all that the file does not say at its usual value", () => {
    expect(read(wpl(HOME, WAYPOINT), "C:\\maps\\North.Shore.waypoints")).toEqual({
      name: "North.Shore",
      vehicleType: 0,
      firmwareType: 3,
      cruiseSpeedMps: 15,
      hoverSpeedMps: 5,
      plannedHome: { position: { latitudeDeg: 50.7, longitudeDeg: 1.56 }, altitudeAmslM: 5 },
      items: [
        {
          kind: "simple",
          id: "item-1",
          item: {
            command: 16,
            params: [1, 2, 3, 4],
            position: { latitudeDeg: 50, longitudeDeg: 1 },
            altitude: { datum: "home", valueM: 40 },
            autoContinue: true,
          },
        },
      ],
      fenceJson: undefined,
      rallyJson: undefined,
      isTraining: false,
    });
    expect(read(wpl(HOME), "maps/north.txt").name).toBe("north");
    expect(read(wpl(HOME), "north").name).toBe("north");
  });

  it("has lines that end in any way, empty ones, and comments", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = `\ufeff${end}QGC WPL 110 ${end}# a${end}${end}${HOME}${end}  ${WAYPOINT.replaceAll(" ", "\t")}  `;
      expect(missionItemsOf(read(text))).toHaveLength(1);
    }
  });

  it.each([
    [HOME, true],
    ["0 1 5 16 0 0 0 0 50.7 1.56 5 1", true],
    // Above home, or another command: an item that is flown.
    ["0 1 3 16 0 0 0 0 50.7 1.56 5 1", false],
    ["0 1 0 22 0 0 0 0 50.7 1.56 5 1", false],
  ])("has home in its first line: %s: %s", (line, isHome) => {
    const plan = read(wpl(line, WAYPOINT));
    expect(plan.plannedHome !== undefined).toBe(isHome);
    expect(plan.items).toHaveLength(isHome ? 1 : 2);
  });

  it("has a home on the sea's level where it names no height, and none at 0, 0", () => {
    expect(read(wpl("0 1 0 16 0 0 0 0 50.7 1.56 nan 1")).plannedHome?.altitudeAmslM).toBe(0);
    const none = read(wpl("0 1 0 16 0 0 0 0 0 0 0 1", WAYPOINT));
    expect([none.plannedHome, none.items.length]).toEqual([undefined, 1]);
  });

  it("of version 120 has no home line", () => {
    const plan = read(wpl(HOME, WAYPOINT).replace("110", "120"));
    expect([plan.plannedHome, plan.items.length]).toEqual([undefined, 2]);
  });

  it("is empty without lines", () => {
    expect(read("QGC WPL 110").items).toEqual([]);
  });

  it("takes numbers in every way that stations write them", () => {
    const [item] = missionItemsOf(read(wpl(HOME, "1 0 3.0 16.000000 +1 -.5 1.5e1 NaN 5.05E+1 1. 40 0")));
    expect(item).toEqual({
      command: 16,
      params: [1, -0.5, 15, undefined],
      position: { latitudeDeg: 50.5, longitudeDeg: 1 },
      altitude: { datum: "home", valueM: 40 },
      autoContinue: false,
    });
  });
});

describe("version 100", () => {
  const old = (...lines: readonly string[]) => `QGC WPL 100\n${lines.join("\n")}\n`;
  // number, frame, action, params 3, 4, 1, 2, current, longitude, latitude, height, (unused), autocontinue
  const line = (action: number) => `1 3 ${action} 3 4 1 2 0 1.5 50 40 0 1`;

  it("has its columns in another order", () => {
    expect(missionItemsOf(read(old(line(24))))).toEqual([
      {
        command: 22,
        params: [1, 2, 3, 4],
        position: { latitudeDeg: 50, longitudeDeg: 1.5 },
        altitude: { datum: "home", valueM: 40 },
        autoContinue: true,
      },
    ]);
    expect(missionItemsOf(read(old(line(24).replace(/1$/, "0"))))[0]?.autoContinue).toBe(false);
  });

  it.each([
    [2, 22],
    [3, 20],
    [4, 21],
    [24, 22],
    [25, 16],
    [26, 21],
    [27, 17],
  ])("action %i is command %i", (action, command) => {
    expect(missionItemsOf(read(old(line(action))))[0]?.command).toBe(command);
  });

  it("says which action it does not know", () => {
    expect(mistakeOf(old(line(25), line(16)))).toBe("line 3: action 16 of version 100 is not one this station knows");
  });
});

describe("a jump", () => {
  const jump = (target: string) => `2 0 3 177 ${target} 3 0 0 0 0 0 1`;
  it("names the number of a line; in the plan it is the item's place", () => {
    expect(missionItemsOf(read(wpl(HOME, WAYPOINT, jump("1"))))[1]?.params).toEqual([1, 3, 0, 0]);
    expect(missionItemsOf(read(wpl(HOME, WAYPOINT, jump("2"))))[1]?.params).toEqual([2, 3, 0, 0]);
    expect(missionItemsOf(read(wpl(HOME, WAYPOINT.replace("1", "7"), jump("7"))))[1]?.params).toEqual([1, 3, 0, 0]);
  });

  it("to a line that is not there, or to home, is refused", () => {
    expect(mistakeOf(wpl(HOME, WAYPOINT, jump("9")))).toBe("line 4: jumps to item 9, which does not exist");
    expect(mistakeOf(wpl(HOME, WAYPOINT, jump("0")))).toBe("line 4: jumps to item 0, which does not exist");
    expect(mistakeOf(wpl(HOME, WAYPOINT, jump("nan")))).toBe("line 4: jumps to item nothing, which does not exist");
  });
});

describe("a mistake", () => {
  it.each([
    ["QGC WPL 130\n", "line 1: version 130 of a Mission Planner mission is not one this station reads (100, 110, 120)"],
    ["\n\nQGC WPL\n", "line 3: version ? of a Mission Planner mission is not one this station reads (100, 110, 120)"],
    ["QGC WPL 110 x\n", "line 1: version ? of a Mission Planner mission is not one this station reads (100, 110, 120)"],
    [wpl(HOME, "1 0 3 16 0 0 0 0 50 1 40"), "line 3: 12 columns were expected, not 11"],
    [wpl(HOME, `${WAYPOINT} 7`), "line 3: 12 columns were expected, not 13"],
    [wpl(HOME, "1 0 3.5 16 0 0 0 0 50 1 40 1"), "line 3, column 3 (3.5): a whole number was expected"],
    [wpl(HOME, "1 0 3 nan 0 0 0 0 50 1 40 1"), "line 3, column 4 (nan): a whole number was expected"],
    [wpl(HOME, "1 0 7 16 0 0 0 0 50 1 40 1"), "line 3: frame 7 is not one an aircraft flies"],
    [wpl(HOME, "1 0 3 16 0x1 0 0 0 50 1 40 1"), 'line 3, column 5 (0x1): a number was expected, not "0x1"'],
    [wpl(HOME, "1 0 3 16 0 0 0 1.2.3 50 1 40 1"), 'line 3, column 8 (1.2.3): a number was expected, not "1.2.3"'],
    [wpl(HOME, "1 0 3 16 0 0 0 0 50 1 40 yes"), "line 3, column 12 (yes): a whole number was expected"],
    [wpl(HOME, "x 0 3 16 0 0 0 0 50 1 40 1"), "line 3, column 1 (x): a whole number was expected"],
    [
      wpl(HOME, `1 0 3 16 ${"y".repeat(30)} 0 0 0 50 1 40 1`),
      `line 3, column 5 (${"y".repeat(20)}): a number was expected, not "${"y".repeat(30)}"`,
    ],
    [
      wpl("0 0 0 5000 0 0 0 0 50 1 0 1"),
      "line 2: command 5000 belongs to a fence or to rally points: this file holds no mission",
    ],
    [
      wpl("0 0 0 5100 0 0 0 0 50 1 0 1"),
      "line 2: command 5100 belongs to a fence or to rally points: this file holds no mission",
    ],
    [wpl("0 0 0 4999 0 0 0 0 0 0 0 1", "1 0 0 5101 0 0 0 0 0 0 0 1"), undefined],
  ])("%j: %s", (text, mistake) => {
    expect(mistakeOf(text)).toBe(mistake);
  });

  it("names the file", () => {
    expect(readWaypoints(wpl(HOME, "1"), "maps/a.waypoints")).toMatchObject({
      ok: false,
      error: { kind: "bad-file", path: "maps/a.waypoints", where: "line 3" },
    });
    expect(readWaypoints("QGC WPL 1", "b")).toMatchObject({ ok: false, error: { kind: "bad-file", path: "b" } });
  });
});
