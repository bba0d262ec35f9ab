import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hgtFile } from "../geo/terrain/testing/hgtFile.js";
import { writePlanFile } from "../plan/formats/planFile.js";
import { command, commandAt, planOfItems } from "../plan/testing/planBuilders.js";
import { runCheck } from "./checkCommand.js";
import { nodeIo } from "./commandIo.js";

const folder = mkdtempSync(path.join(tmpdir(), "vigie-check-"));
/** From the beach of Wimereux 1 km inland at 50 m above home, and back. */
const PLAN = path.join(folder, "inland.plan");
writeFileSync(PLAN, writePlanFile(planOfItems([commandAt(22, 0, 0), commandAt(16, 1000, 0), command(20)])));
/** 4 m at the beach (1.6075 E), and a hill from 400 m inland. */
const hill = (heightM: number): string => hgtFile((_, eastDeg) => (eastDeg > 0.613 ? heightM : 4));

async function check(...words: readonly string[]) {
  const [out, log]: [string[], string[]] = [[], []];
  const io = { ...nodeIo, stdout: (line: string) => out.push(line), stderr: (line: string) => log.push(line) };
  return { status: await runCheck(words, io), out, log };
}

describe("vigie check with files of heights", () => {
  it("finds the hill in the way, says where, and exits 1; without them it knows of none", async () => {
    expect((await check(PLAN)).status).toBe(0);
    const { status, out } = await check(PLAN, "--terrain", hill(120));
    expect(status).toBe(1);
    expect(out[0]).toMatch(
      /^danger: item 2: the way passes 66\.0 m below the ground, which is 120 m above sea level at 50\.77\d+, 1\.6\d+$/,
    );
    const far = await check(PLAN, "--terrain", hill(10));
    expect([far.status, far.out.join()]).toEqual([0, expect.not.stringContaining("ground")]);
  });

  it("as JSON gives the finding's kind, item and values", async () => {
    const { out } = await check(PLAN, "--terrain", hill(120), "--json");
    const { ok, findings } = JSON.parse(out.join("")) as { ok: boolean; findings: readonly unknown[] };
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({
      ...{ severity: "danger", kind: "below-ground", seq: 2 },
      facts: { depthM: expect.closeTo(66, 0), groundAmslM: expect.closeTo(120, 3) },
    });
  });

  it("checks nothing with a file that it cannot read, and says why", async () => {
    const notes = path.join(folder, "notes.txt");
    writeFileSync(notes, "heights");
    const { status, out, log } = await check(PLAN, "--terrain", hill(120), "--terrain", notes);
    expect([status, out]).toEqual([1, []]);
    expect(log).toEqual([
      `vigie check: ${notes}: is no file of heights: DTED, SRTM's .hgt, GeoTIFF, PMTiles and MBTiles are read`,
    ]);
  });

  it("says distance, time and energy, and what they take the ground for", async () => {
    const above = path.join(folder, "above.plan");
    const place = { ...commandAt(16, 1000, 0), ["altitude"]: { datum: "terrain", valueM: 50 } } as const;
    writeFileSync(above, writePlanFile(planOfItems([commandAt(22, 0, 0), place, command(20)])));
    const lineOf = async (...words: readonly string[]) => (await check(...words)).out.at(-2) ?? "";
    expect(await lineOf(PLAN)).toMatch(/^2\.00 km, \d+:\d\d min, \d+ % of the battery$/);
    expect(await lineOf(above)).toMatch(/% of the battery; flat ground assumed$/);
    const [flat, over] = [await lineOf(above, "--terrain", hill(4)), await lineOf(above, "--terrain", hill(100))];
    expect([flat, over].map((line) => line.replace(/^.*battery/, ""))).toEqual([
      ...["; over the terrain", "; over the terrain"],
    ]);
    const percentOf = (line: string): number => Number(/(\d+) %/.exec(line)?.[1]);
    expect(percentOf(over)).toBeGreaterThan(percentOf(flat));
    const { flight } = JSON.parse((await check(above, "--terrain", hill(100), "--json")).out.join("")) as {
      readonly flight: { readonly basis: string; readonly energyFraction: number };
    };
    expect(flight.basis).toBe("terrain");
    expect(Math.round(flight.energyFraction * 100)).toBe(percentOf(over));
  });
});
