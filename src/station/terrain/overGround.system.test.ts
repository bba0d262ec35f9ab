/** The heights along a plan's way against GDAL's own, out of the same file. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hgtFile } from "../../geo/terrain/testing/hgtFile.js";
import { writePlanFile } from "../../plan/formats/planFile.js";
import { command, commandAt, planOfItems } from "../../plan/testing/planBuilders.js";
import { OverGroundChecker } from "./overGround.js";
import { readTerrainFiles } from "./readTerrainFile.js";

const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;

function run(program: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

describe.skipIf(!hasGdal)("the profile of a plan (skipped without gdal-bin)", () => {
  it("has the heights that GDAL interpolates between those of the file", async () => {
    const file = hgtFile((northDeg, eastDeg) => 40 + 30 * Math.sin(northDeg * 900) + 20 * Math.cos(eastDeg * 700));
    const { model } = await readTerrainFiles([file]);
    const items = [commandAt(22, 0, 0), commandAt(16, 900, 300), commandAt(16, -200, 900), command(20)];
    const planText = writePlanFile(planOfItems(items));
    const checked = new OverGroundChecker(model).check({ planText, coastJson: undefined, hasProfile: true });
    const places = checked.ok ? (checked.value.profile?.places ?? []) : [];
    expect(places.length).toBeGreaterThan(40);
    const [norths, easts] = [
      places.map(({ position }) => position.latitudeDeg),
      places.map(({ position }) => position.longitudeDeg),
    ];
    // GDAL answers for whole pixels: a finer grid has one every two metres.
    const edges = [Math.min(...easts), Math.min(...norths), Math.max(...easts), Math.max(...norths)];
    const extent = edges.map((edge, i) => String(edge + (i < 2 ? -0.001 : 0.001)));
    const fine = path.join(path.dirname(file), "fine.tif");
    run("gdalwarp", ["-q", "-r", "bilinear", "-ot", "Float32", "-tr", "2e-5", "2e-5", "-te", ...extent, file, fine]);
    const input = places.map(({ position: at }) => `${at.longitudeDeg} ${at.latitudeDeg}`).join("\n");
    const theirs = run("gdallocationinfo", ["-valonly", "-wgs84", fine], input).trim().split("\n").map(Number);
    expect(theirs).toHaveLength(places.length);
    places.forEach(({ ground }, i) =>
      expect(Math.abs((ground?.heightAmslM ?? Number.NaN) - (theirs[i] ?? 0))).toBeLessThan(0.5),
    );
    expect(Math.max(...theirs) - Math.min(...theirs)).toBeGreaterThan(30);
  });
});
