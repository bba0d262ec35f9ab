import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hgtFile } from "../geo/terrain/testing/hgtFile.js";
import { readPlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf } from "../plan/plan.js";
import { runCheck } from "./checkCommand.js";
import type { CommandIo } from "./commandIo.js";
import { runPlan } from "./planCommand.js";

const AREA = JSON.stringify({
  type: "Feature",
  properties: { name: "beach", "vigie:home": [1.6075, 50.7745, 4], "vigie:training": true },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [1.603, 50.773],
        [1.607, 50.773],
        [1.607, 50.775],
        [1.603, 50.775],
        [1.603, 50.773],
      ],
    ],
  },
});

/** Files in memory; files shipped with Vigie are read from disk. */
function world(files: Record<string, string> = { "area.geojson": AREA }) {
  const printed = { out: [] as string[], err: [] as string[], files: { ...files } };
  const io: CommandIo = {
    readText: (path) => {
      const text = printed.files[path] ?? (path.includes("missions") ? readFileSync(path, "utf8") : undefined);
      return text === undefined
        ? Promise.reject(Object.assign(new Error("ENOENT"), { code: "ENOENT" }))
        : Promise.resolve(text);
    },
    writeText: (path, text) => {
      if (path.startsWith("/root-only/")) return Promise.reject(Object.assign(new Error("EACCES"), { code: "EACCES" }));
      printed.files[path] = text;
      return Promise.resolve();
    },
    stdout: (line) => void printed.out.push(line),
    stderr: (line) => void printed.err.push(line),
  };
  return { io, printed };
}
const PLAN = ["area.geojson", "--pattern", "parallel", "--out", "x.plan"];

describe("vigie plan", () => {
  it("prints one JSON object in the agreed form, consistent with the file it wrote", async () => {
    const { io, printed } = world();
    expect(await runPlan([...PLAN, "--json"], io)).toBe(0);
    expect(printed.err).toEqual([]);
    expect(printed.out).toHaveLength(1);
    const answer = JSON.parse(printed.out[0]!);
    expect(Object.keys(answer)).toEqual([
      "out",
      "pattern",
      "items",
      "legs",
      "distanceM",
      "timeS",
      "energyFraction",
      "trackSpacingM",
      "height",
      "sweepWidthM",
      "coverageFactor",
      "pod",
      "coverageFraction",
      "warnings",
    ]);
    expect(answer).toMatchObject({
      out: "x.plan",
      pattern: "parallel",
      height: { datum: "home", valueM: 75 },
      warnings: [],
    });
    expect(answer.pod).toBeGreaterThanOrEqual(0.9);
    expect(answer.coverageFactor).toBeCloseTo(answer.sweepWidthM / answer.trackSpacingM, 9);
    const plan = readPlanFile(printed.files["x.plan"]!, "x.plan");
    if (!plan.ok) throw new Error(plan.error.problem);
    expect(missionItemsOf(plan.value)).toHaveLength(answer.items);
    expect(plan.value).toMatchObject({ name: "beach", isTraining: true });
  });

  it("with files of heights counts energy over the terrain, and refuses a file that it cannot read", async () => {
    const { io, printed } = world();
    const words = [...PLAN, "--json", "--terrain", hgtFile(() => 4)];
    expect(await runPlan(words, io)).toBe(0);
    expect(JSON.parse(printed.out[0]!)).toMatchObject({ basis: "terrain", energyFraction: expect.any(Number) });
    const other = world();
    expect(await runPlan([...PLAN, "--terrain", hgtFile(() => 4)], other.io)).toBe(0);
    expect(other.printed.out.join("\n")).toContain("% of the battery; over the terrain");
    const none = world();
    expect(await runPlan([...PLAN, "--terrain", "/nowhere/else.hgt"], none.io)).toBe(1);
    expect(none.printed.err.join()).toContain("/nowhere/else.hgt");
  });

  it("gives a list when vehicles are named", async () => {
    const { io, printed } = world();
    expect(await runPlan([...PLAN, "--json", "--vehicles", "1"], io)).toBe(0);
    expect(JSON.parse(printed.out[0]!)).toHaveLength(1);
  });

  it("takes height, spacing, heading, home, speed and aircraft by hand", async () => {
    const { io, printed } = world();
    const argv = ["--height", "60", "--spacing", "40", "--heading", "90", "--home", "50.774,-1.6,10", "--speed", "8"];
    expect(await runPlan([...PLAN, ...argv, "--wind", "250,5", "--json"], io)).toBe(0);
    const answer = JSON.parse(printed.out[0]!);
    expect(answer).toMatchObject({ trackSpacingM: 40, height: { datum: "home", valueM: 60 } });
    const home = JSON.parse(printed.files["x.plan"]!).mission.plannedHomePosition;
    expect(home).toEqual([50.774, -1.6, 10]);
  });

  it("speaks in words without --json, warnings on stderr", async () => {
    const { io, printed } = world();
    expect(await runPlan([...PLAN, "--see", "boat"], io)).toBe(0);
    expect(printed.out.join("\n")).toMatch(/legs .* m apart/);
    expect(printed.err.join("\n")).toContain("boats yes, people no");
  });

  it("warns when no home was given", async () => {
    const area = JSON.parse(AREA);
    delete area.properties["vigie:home"];
    const { io, printed } = world({ "area.geojson": JSON.stringify(area) });
    expect(await runPlan([...PLAN, "--json"], io)).toBe(0);
    expect(JSON.parse(printed.out[0]!).warnings[0]).toContain("no home");
  });

  it.each([
    [["area.geojson", "--out", "x.plan"], "--pattern"],
    [["area.geojson", "--pattern", "square", "--out", "x.plan"], "later release"],
    [["area.geojson", "--pattern", "zigzag", "--out", "x.plan"], "no pattern"],
    [["area.geojson", "--pattern", "parallel"], "--out"],
    [["--pattern", "parallel", "--out", "x.plan"], "AREA.geojson"],
    [[...PLAN, "--see", "car"], "person or boat"],
    [[...PLAN, "--pod", "1"], "between 0 and 1"],
    [[...PLAN, "--wind", "370,5"], "--wind"],
    [[...PLAN, "--home", "50,1"], "--home"],
    [[...PLAN, "--height", "abc"], "--height"],
    [[...PLAN, "--vehicles", "3"], "later release"],
    [[...PLAN, "--nonsense"], "nonsense"],
  ])("calls %j wrong use", async (argv, words) => {
    const { io, printed } = world();
    expect(await runPlan(argv, io)).toBe(2);
    expect(printed.err.join("\n")).toContain(words);
    expect(printed.out).toEqual([]);
  });

  it.each([
    ["{", "line 1"],
    ['{"type":"FeatureCollection","features":[]}', "no area"],
    [AREA.replace("50.775", "95.5"), "coordinates[0][2]"],
    ['{"type":"Polygon","coordinates":[[]]}', "3 corners"],
    [
      '{"type":"Polygon","coordinates":[[[1.6,50.77],[1.61,50.78],[1.61,50.77],[1.6,50.78],[1.6,50.77]]]}',
      "crosses itself",
    ],
    ['{"type":"Polygon","coordinates":[[[1.6,50.77],[1.61,50.77],[1.6,50.77]]]}', "corners"],
  ])("fails on the area %s and says why", async (area, words) => {
    const { io, printed } = world({ "area.geojson": area });
    expect(await runPlan(PLAN, io)).toBe(1);
    expect(printed.err.join("\n")).toContain("area.geojson");
    expect(printed.err.join("\n")).toContain(words);
    expect(printed.files["x.plan"]).toBeUndefined();
  });

  it("fails on files that are not there or not writable", async () => {
    const { io, printed } = world();
    expect(await runPlan(["none.geojson", "--pattern", "parallel", "--out", "x.plan"], io)).toBe(1);
    expect(await runPlan(["area.geojson", "--pattern", "parallel", "--out", "/root-only/x.plan"], io)).toBe(1);
    expect(await runPlan([...PLAN, "--aircraft", "none.json"], io)).toBe(1);
    expect(printed.err).toEqual([
      "vigie plan: none.geojson: no such file",
      "vigie plan: could not write /root-only/x.plan: not permitted",
      "vigie plan: none.json: no such file",
    ]);
  });
});

describe("vigie check", () => {
  it("passes a plan of our own and says what it found", async () => {
    const { io, printed } = world();
    await runPlan(PLAN, io);
    printed.out.length = 0;
    expect(await runCheck(["x.plan", "--json"], io)).toBe(0);
    const answer = JSON.parse(printed.out[0]!);
    expect(answer).toMatchObject({ plan: "x.plan", ok: true });
    expect(answer.findings.map(({ id }: { id: string }) => id)).toEqual(["land-and-sea", "training"]);
    for (const { text } of answer.findings) expect(text).not.toMatch(/NaN|undefined|\?/);
  });

  it("fails a dangerous one", async () => {
    const { io, printed } = world();
    await runPlan([...PLAN, "--height", "130"], io);
    expect(await runCheck(["x.plan"], io)).toBe(1);
    expect(printed.out.join("\n")).toContain("do not fly this");
  });

  it("fails what cannot be read, with the place", async () => {
    const { io, printed } = world({ "cut.plan": '{"fileType":"Plan","version":1,"mission":' });
    expect(await runCheck(["cut.plan"], io)).toBe(1);
    expect(printed.err[0]).toMatch(/^vigie check: cut\.plan: line 1, column \d+: the file ends in the middle/);
    expect(await runCheck(["none.plan"], io)).toBe(1);
  });

  it("calls the rest wrong use", async () => {
    const { io } = world();
    expect(await runCheck([], io)).toBe(2);
    expect(await runCheck(["x.plan", "--airspace", "zones.json"], io)).toBe(2);
    expect(await runCheck(["x.plan", "--wind", "north"], io)).toBe(2);
  });
});
