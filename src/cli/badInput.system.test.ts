/** Broken input files: one clear line with the place of the error, exit 1, and nothing written. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../io/testing/freePort.js";
import { ended, runVigie } from "../../sim/testing/sortieRun.js";

const PLAN = "missions/plans/boulogne-night-1.plan";
let folder = "";

const vigie = (...args: readonly string[]) => ended(runVigie(args));
const file = (name: string, text: string): string => {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
};
const areaOf = (ring: readonly (readonly [number, number])[]): string =>
  JSON.stringify({
    type: "Feature",
    properties: { "vigie:home": [50.77, 1.6045, 6] },
    geometry: { type: "Polygon", coordinates: [ring] },
  });

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "vigie-bad-"));
});

describe("bad input", () => {
  it("a corrupt plan is refused with its place, by check and by fly, before any link is opened", async () => {
    const plan = JSON.parse(readFileSync(PLAN, "utf8")) as { mission: { items: { params?: unknown }[] } };
    const broken = plan.mission.items.find((item) => item.params !== undefined);
    if (broken) broken.params = ["north"];
    const corrupt = file("corrupt.plan", JSON.stringify(plan));
    for (const args of [
      ["check", corrupt],
      ["fly", corrupt, "--link", "udp://:0", "--json"],
    ]) {
      const run = await vigie(...args);
      expect(run.status, args.join(" ")).toBe(1);
      expect(run.stdout + run.stderr).toMatch(/corrupt\.plan/);
      expect(run.stdout + run.stderr).toMatch(/items\[\d+\]/);
    }
  });

  it("a plan cut off in the middle says where it stops being JSON", async () => {
    const text = readFileSync(PLAN, "utf8");
    const run = await vigie("check", file("cut.plan", text.slice(0, text.length / 2)));
    expect(run.status).toBe(1);
    expect(run.stderr + run.stdout).toMatch(/cut\.plan/);
  });

  it.each([
    ["an empty polygon", areaOf([])],
    [
      "a line",
      areaOf([
        [1.6, 50.77],
        [1.61, 50.77],
        [1.6, 50.77],
      ]),
    ],
    [
      "a polygon that crosses itself",
      areaOf([
        [1.6, 50.77],
        [1.61, 50.78],
        [1.61, 50.77],
        [1.6, 50.78],
        [1.6, 50.77],
      ]),
    ],
    ["something that is no GeoJSON", "<kml/>"],
  ])("%s makes no plan", async (name, text) => {
    const out = path.join(folder, `${name.replaceAll(" ", "-")}.plan`);
    const run = await vigie("plan", file("area.geojson", text), "--pattern", "parallel", "--out", out);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/area\.geojson/);
    expect(existsSync(out)).toBe(false);
  });

  it("a file that is not there is named", async () => {
    const run = await vigie("replay", path.join(folder, "nothing.tlog"), "--json");
    expect(run.status).toBe(1);
    expect(run.stderr + run.stdout).toMatch(/nothing\.tlog/);
  });

  it.each([
    [["nonsense"]],
    [["plan"]],
    [["fly", PLAN, "--link", "carrier-pigeon:"]],
    [["fly", PLAN, "--link", "udp://:14550", "--vehicle", "0"]],
    [["sim", "--no-such-flag"]],
  ])("wrong use (%j) exits 2 and says how", async (args) => {
    const run = await vigie(...args);
    expect(run.status).toBe(2);
    expect(run.stderr).not.toBe("");
  });

  it("with several aircraft in the air nobody guesses which is meant", async () => {
    const port = await freePort();
    const scenario = "missions/scenarios/boulogne-night-1.json";
    const two = ["--count", "2", "--speedup", "8", "--mavlink", `udpout:127.0.0.1:${port}`];
    const sim = runVigie(["sim", "--scenario", scenario, ...two]);
    const simEnded = ended(sim);
    const sortie = path.join(folder, "both");
    const run = await vigie("fly", PLAN, "--link", `udp://:${port}`, "--no-video", "--sortie", sortie);
    sim.kill("SIGTERM");
    await simEnded;
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/vehicles 1, 2 are heard: say which/);
  });

  it("with --json nothing but JSON reaches stdout", async () => {
    const run = await vigie("check", PLAN, "--json");
    expect(run.status).toBe(0);
    expect(() => JSON.parse(run.stdout) as unknown).not.toThrow();
  });
});
