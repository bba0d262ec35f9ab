/** Colours of tiles as numbers: as GDAL's tools read the same files, and nothing made up of damaged ones. */
import { spawnSync } from "node:child_process";
import { deflateSync } from "node:zlib";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { TRANSPARENT } from "../../core/colourPicture.js";
import { seededRng } from "../../core/rng.js";
import { encodeGreyPng } from "../png.js";
import { colourPng, pngOf } from "./testing/colourPng.js";
import { readTilePicture } from "./tilePicture.js";

const FIXTURES = path.join(import.meta.dirname, "fixtures");
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(FIXTURES, name)));
const SIDE_MAX_PX = 512;

async function coloursOf(bytes: Uint8Array): Promise<readonly number[]> {
  const read = await readTilePicture(bytes, SIDE_MAX_PX);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return [...read.value.colours];
}
async function problemOf(bytes: Uint8Array) {
  const read = await readTilePicture(bytes, SIDE_MAX_PX);
  return read.ok ? undefined : read.error;
}

const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;

/** Red, green and blue of each pixel by GDAL, whatever the file's form. */
function byGdal(name: string): readonly number[] {
  const file = path.join(FIXTURES, name);
  const isIndexed = spawnSync("gdalinfo", [file], { encoding: "utf8" }).stdout.includes("Color Table");
  const expand = isIndexed ? ["-expand", "rgb"] : [];
  // Portable pixel map: three bytes a pixel after a header of three lines.
  const made = path.join(mkdtempSync(path.join(tmpdir(), "vigie-colours-")), "made.ppm");
  expect(spawnSync("gdal_translate", ["-of", "PNM", ...bands(name), ...expand, file, made]).status).toBe(0);
  const bytes = readFileSync(made);
  const [, widthPx = "", heightPx = ""] = /^P6\n(?:#.*\n)?(\d+) (\d+)\n/.exec(bytes.toString("latin1", 0, 100)) ?? [];
  const count = Number(widthPx) * Number(heightPx);
  expect(count).toBeGreaterThan(100);
  const first = bytes.byteLength - 3 * count;
  return Array.from({ length: count }, (_, i) => bytes.readUIntBE(first + 3 * i, 3));
}
const bands = (name: string): readonly string[] => {
  if (name.includes("grey")) return ["-b", "1", "-b", "1", "-b", "1"];
  return name.includes("palette") ? [] : ["-b", "1", "-b", "2", "-b", "3"];
};

describe("colours of a tile", () => {
  it
    .skipIf(!hasGdal)
    .each([
      ...["rgb.png", "rgba8.png", "interlaced-rgb8.png", "palette8.png", "palette4.png"],
      ...["interlaced-grey8.png", "grey-alpha8.png"],
    ])("of %s are those that GDAL reads", async (name) => {
    expect(await coloursOf(fixture(name))).toEqual(byGdal(name));
  });

  it("of few levels of grey are scaled to eight bits", async () => {
    const header = Buffer.from([0, 0, 0, 4, 0, 0, 0, 1, 2, 0, 0, 0, 0]);
    const row = deflateSync(Buffer.of(0, 0b00_01_10_11));
    const png = (...more: readonly (readonly [string, Uint8Array])[]) =>
      pngOf([["IHDR", header], ...more, ["IDAT", row]]);
    expect(await coloursOf(png())).toEqual([0, 0x55_55_55, 0xaa_aa_aa, 0xff_ff_ff]);
    expect((await coloursOf(png(["tRNS", Buffer.of(0, 2)])))[2]).toBe(TRANSPARENT);
  });

  it("are absent where a pixel is transparent: by its alpha, by the colour, by the palette", async () => {
    const form = { widthPx: 2, heightPx: 1 };
    const alpha = colourPng({ ...form, hasAlpha: true, colourAt: (x) => (x === 0 ? 0x80_64_00_00 : 0x80_64_00_ff) });
    expect(await coloursOf(alpha)).toEqual([TRANSPARENT, 0x80_64_00]);
    const key = colourPng({ ...form, absent: 0x80_64_01, colourAt: (x) => 0x80_64_00 + x });
    expect(await coloursOf(key)).toEqual([0x80_64_00, TRANSPARENT]);
    const header = Buffer.from([0, 0, 0, 3, 0, 0, 0, 1, 8, 3, 0, 0, 0]);
    const palette = pngOf([
      ["IHDR", header],
      ["PLTE", Buffer.of(1, 2, 3, 4, 5, 6)],
      ["tRNS", Buffer.of(0)],
      // The last index is not in the palette: black, which is no height either.
      ["IDAT", deflateSync(Buffer.of(0, 0, 1, 7))],
    ]);
    expect(await coloursOf(palette)).toEqual([TRANSPARENT, 0x04_05_06, 0]);
  });

  it("that are not exact, not there or too many are refused", async () => {
    expect(await problemOf(fixture("rgb.jpg"))).toEqual({ kind: "format-not-read", format: "JPEG" });
    const webp = Buffer.from("RIFF\x24\0\0\0WEBPVP8L", "latin1");
    expect(await problemOf(webp)).toEqual({ kind: "format-not-read", format: "WebP" });
    expect(await problemOf(Buffer.from("<html>"))).toEqual({ kind: "not-a-picture" });
    expect(await problemOf(new Uint8Array())).toEqual({ kind: "empty" });
    expect(await problemOf(fixture("rgba16.png"))).toMatchObject({ kind: "form-not-read" });
    const large = { widthPx: SIDE_MAX_PX + 1, heightPx: 2 };
    expect(await problemOf(colourPng({ ...large, colourAt: () => 1 }))).toMatchObject({ kind: "too-many-pixels" });
    expect(await problemOf(encodeGreyPng(600, 600, new Uint8Array(360_000)))).toMatchObject({
      kind: "too-many-pixels",
    });
  });

  it("of a cut or changed file are refused whole", async () => {
    const rng = seededRng(3);
    const colourAt = () => Math.floor(rng.uniform() * 0xff_ff_ff);
    const whole = colourPng({ widthPx: 64, heightPx: 64, colourAt });
    for (const length of [8, 30, 40, 200, whole.byteLength / 2, whole.byteLength - 40])
      expect(await problemOf(whole.subarray(0, length))).toMatchObject({ kind: "cut-off" });
    for (let i = 0; i < 40; i++) {
      const changed = Buffer.from(whole);
      const at = 43 + Math.floor(rng.uniform() * (whole.byteLength - 70));
      changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(rng.uniform() * 8));
      expect(["damaged", "cut-off"]).toContain((await problemOf(changed))?.kind);
    }
  });
});
