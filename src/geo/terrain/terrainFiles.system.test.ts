/**
 * The readers against GDAL, an implementation of its own: files made by the test and by GDAL itself, at ten thousand points
 * each. https://gdal.org/en/stable/programs/gdallocationinfo.html
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { readDted } from "./dted.js";
import { readHgt } from "./hgt.js";
import type { TerrainSource } from "./terrain.js";

const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;
const SIDE = 1201;
/** South of 50 degrees both kinds of file have 3 arc seconds either way. */
const NAME = "N49E001.hgt";
const COUNT = 10_000;

/** Hills, a cliff, land under the sea's level and two voids. */
function heightAt(column: number, row: number): number {
  if ((column === 300 && row === 400) || (column > 900 && column < 910 && row === 20)) return -32_768;
  const hills = 60 * Math.sin(column / 37) * Math.cos(row / 53);
  return Math.round(hills + (column > 600 ? 134 : -3) + ((column * 7919 + row * 104_729) % 5));
}

let folder = "";
const inFolder = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vigie-terrain-"));
  const bytes = Buffer.alloc(2 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) bytes.writeInt16BE(heightAt(i % SIDE, Math.floor(i / SIDE)), 2 * i);
  writeFileSync(inFolder(NAME), bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What GDAL reads at places on the raster's own heights; undefined for a void. */
function byGdal(name: string, places: readonly (readonly [number, number])[]): readonly (number | undefined)[] {
  const input = places.map(([column, row]) => `${column} ${row}`).join("\n");
  const { stdout, status } = spawnSync("gdallocationinfo", ["-valonly", inFolder(name)], { input, encoding: "utf8" });
  expect(status).toBe(0);
  const values = stdout.trim().split("\n").map(Number);
  return values.map((value) => (value === -32_768 || value === -32_767 ? undefined : value));
}

function places(): readonly (readonly [number, number])[] {
  const rng = seededRng(8);
  const at = (): number => Math.floor(rng.uniform() * SIDE);
  const corners = [0, SIDE - 1].flatMap((column) => [0, SIDE - 1].map((row) => [column, row] as const));
  return [...corners, [300, 400], [905, 20], ...Array.from({ length: COUNT }, () => [at(), at()] as const)];
}

const STEP_DEG = 1 / (SIDE - 1);
const read = (source: TerrainSource, [column, row]: readonly [number, number]): number | undefined =>
  source.heightAt({ latitudeDeg: 50 - row * STEP_DEG, longitudeDeg: 1 + column * STEP_DEG });

/** Beside a void ours answers nothing, where GDAL has the height on the spot. */
const isBesideVoid = ([column, row]: readonly [number, number]): boolean =>
  (Math.abs(column - 300) < 2 && Math.abs(row - 400) < 2) || (column > 898 && column < 912 && Math.abs(row - 20) < 2);

function expectSame(source: TerrainSource, name: string): void {
  const asked = places().filter((place) => !isBesideVoid(place) || read(source, place) !== undefined);
  const expected = byGdal(name, asked);
  const differing = asked.filter((place, i) => {
    const [ours, theirs] = [read(source, place), expected[i]];
    return ours === undefined || theirs === undefined ? ours !== theirs : Math.abs(ours - theirs) > 0.01;
  });
  expect(differing).toEqual([]);
  expect(asked.length).toBeGreaterThan(COUNT - 100);
  expect(read(source, [300, 400])).toBeUndefined();
}

describe.skipIf(!hasGdal)("files of heights, read as GDAL does (skipped without gdal-bin)", () => {
  it("SRTM's .hgt", () => {
    const source = readHgt(readFileSync(inFolder(NAME)), NAME);
    if (!source.ok) throw new Error(source.error.kind);
    expectSame(source.value, NAME);
  });

  it("DTED level 1 that GDAL has written", () => {
    const made = spawnSync("gdal_translate", ["-of", "DTED", inFolder(NAME), inFolder("e001n49.dt1")]);
    expect(made.status).toBe(0);
    const bytes = readFileSync(inFolder("e001n49.dt1"));
    const source = readDted(bytes, "e001n49.dt1");
    if (!source.ok) throw new Error(JSON.stringify(source.error));
    expectSame(source.value, "e001n49.dt1");
    expect(source.value).toMatchObject({ datum: "egm96", bounds: { southDeg: expect.closeTo(49, 9), westDeg: 1 } });
    // One byte changed in a record: the checksum shows it.
    bytes[3428 + 500] = (bytes[3428 + 500] ?? 0) ^ 1;
    expect(readDted(bytes, "x")).toMatchObject({ ok: false, error: { kind: "bad-record", because: "checksum" } });
  });
});
