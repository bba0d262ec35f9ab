/** What a GeoTIFF claims is not believed. That honest ones are read as GDAL does: `geo/terrain/geoTiff.system.test.ts`. */
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { readGeoTiff } from "./readGeoTiff.js";
import { aGeoTiff, geoKeys, tags, without } from "./testing/tiffBytes.js";

const { ascii, double, long, short } = tags;

async function contentOf(bytes: Uint8Array) {
  const read = await readGeoTiff(bytes);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
const problemOf = async (bytes: Uint8Array) => {
  const read = await readGeoTiff(bytes);
  return read.ok ? undefined : read.error;
};

describe("a GeoTIFF", () => {
  it("gives its samples, its keys and its place", async () => {
    const content = await contentOf(aGeoTiff());
    expect(content).toMatchObject({ columns: 4, rows: 3, isArea: true });
    expect([...content.samples]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(content.toPlane).toEqual({ x0: 1.5, xPerColumn: 0.01, xPerRow: 0, y0: 50.8, yPerColumn: 0, yPerRow: -0.02 });
    expect(content.keys.get(2048)).toBe(4326);
  });

  it("counts from the point that its tie names", async () => {
    const { toPlane } = await contentOf(aGeoTiff([double(33_922, 2, 1, 0, 1.5, 50.8, 0)]));
    expect(toPlane).toMatchObject({ x0: expect.closeTo(1.48, 12), y0: expect.closeTo(50.82, 12) });
  });

  it("has rows that go down, also where it says otherwise, and may be a part of a larger buffer", async () => {
    const bytes = aGeoTiff([double(33_550, 0.01, -0.02, 0)]);
    const larger = Buffer.concat([Buffer.alloc(100), bytes, Buffer.alloc(7)]);
    expect((await contentOf(larger.subarray(100, 100 + bytes.byteLength))).toPlane).toMatchObject({
      ...{ y0: 50.8, yPerRow: -0.02 },
    });
  });

  it("names the unit of its heights", async () => {
    const xml = '<GDALMetadata><Item name="UNITTYPE" sample="0" role="unittype">ft</Item></GDALMetadata>';
    expect((await contentOf(aGeoTiff([ascii(42_112, xml)]))).unit).toBe("ft");
    expect((await contentOf(aGeoTiff())).unit).toBeUndefined();
  });

  it("may be turned: a matrix places it", async () => {
    const matrix = [1, 2, 0, 1000, 3, -4, 0, 2000, 0, 0, 0, 0, 0, 0, 0, 1];
    const { toPlane } = await contentOf(aGeoTiff([double(34_264, ...matrix)]));
    expect(toPlane).toEqual({ xPerColumn: 1, xPerRow: 2, x0: 1000, yPerColumn: 3, yPerRow: -4, y0: 2000 });
  });

  it("may have points for heights, a value for none, and a scale", async () => {
    expect((await contentOf(aGeoTiff([geoKeys({ 1025: 2, 2048: 4326 })]))).isArea).toBe(false);
    const withVoid = await contentOf(aGeoTiff([ascii(42_113, "5")]));
    expect([...withVoid.samples].slice(4, 7)).toEqual([4, Number.NaN, 6]);
    const xml =
      '<GDALMetadata><Item name="OFFSET" sample="0" role="offset">100</Item><Item name="SCALE" sample="0" role="scale">0.5</Item></GDALMetadata>';
    expect([...(await contentOf(aGeoTiff([ascii(42_112, xml)]))).samples].slice(0, 3)).toEqual([100, 100.5, 101]);
  });
});

describe("heights that the file does not have", () => {
  it("are none where a tile was left out, never 0", async () => {
    const sparse = aGeoTiff([long(278, 1), long(273, 0, 0, 0), long(279, 8, 0, 8)]);
    const { samples } = await contentOf(sparse);
    expect([...samples].slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect([...samples].slice(4, 8).every(Number.isNaN)).toBe(true);
  });

  it("are none by the file's own number, whether its text ends as it should or not", async () => {
    const unended = aGeoTiff([{ tag: 42_113, type: "ascii", values: [...Buffer.from("11", "latin1")] }]);
    expect([...(await contentOf(unended)).samples].slice(9)).toEqual([9, 10, Number.NaN]);
  });
});

describe("a file that is none, or lies about itself", () => {
  it("is no GeoTIFF", async () => {
    expect(await problemOf(new Uint8Array(0))).toEqual({ kind: "not-geotiff" });
    expect(await problemOf(Buffer.from("PK\x03\x04 and more of a ZIP"))).toEqual({ kind: "not-geotiff" });
  });

  it("has no place", async () => {
    expect(await problemOf(aGeoTiff([without(33_550)]))).toEqual({ kind: "not-placed" });
    expect(await problemOf(aGeoTiff([without(34_735)]))).toEqual({ kind: "not-placed" });
    // A pixel without width has no inverse.
    expect(await problemOf(aGeoTiff([double(33_550, 0, 0.02, 0)]))).toEqual({ kind: "not-placed" });
  });

  it("claims more than a station could hold", async () => {
    const claimed = { columns: 1_000_000, rows: 1_000_000 };
    expect(await problemOf(aGeoTiff([long(256, 1_000_000), long(257, 1_000_000)]))).toMatchObject({
      kind: "too-large",
      ...claimed,
    });
    const wide = [
      without(273),
      without(278),
      without(279),
      long(322, 100_000),
      long(323, 100_000),
      long(324, 0),
      long(325, 24),
    ];
    expect(await problemOf(aGeoTiff(wide))).toEqual({ kind: "form-not-read", form: "tiles of more than 256 MB" });
  });

  it("is sound, and of a kind that would be read wrongly: refused by name", async () => {
    const eight = new Uint8Array(96);
    expect(await problemOf(aGeoTiff([short(258, 64), long(279, 96)], eight))).toEqual({
      kind: "form-not-read",
      form: "64-bit integers",
    });
    expect(await problemOf(aGeoTiff([short(258, 29)]))).toEqual({ kind: "form-not-read", form: "samples of 29 bits" });
    expect(await problemOf(aGeoTiff([short(258, 64), short(339, 3), short(317, 2)], eight))).toEqual({
      kind: "form-not-read",
      form: "differences of 64 bits",
    });
  });

  it("has tiles that would take far more memory than its picture", async () => {
    const tiled = (width: number, height: number) => [
      ...[without(273), without(278), without(279)],
      ...[long(322, width), long(323, height), long(324, 0), long(325, 24)],
    ];
    expect(await problemOf(aGeoTiff(tiled(8192, 8192)))).toEqual({
      kind: "form-not-read",
      form: "tiles far larger than the picture",
    });
    const strips = [long(256, 1), long(257, 1_000_000), long(278, 1)];
    expect(await problemOf(aGeoTiff(strips))).toEqual({ kind: "form-not-read", form: "tiles of a few samples each" });
  });

  it("has metadata without end", async () => {
    expect(await problemOf(aGeoTiff([ascii(42_112, "<Item ".repeat(50_000))]))).toEqual({
      kind: "damaged",
      because: "its metadata are longer than 64 kB",
    });
  });

  it("is packed as pictures are, or in a way that nobody knows", async () => {
    expect(await problemOf(aGeoTiff([short(259, 7)]))).toEqual({ kind: "form-not-read", form: "JPEG" });
    expect(await problemOf(aGeoTiff([short(259, 999)]))).toEqual({ kind: "form-not-read", form: "compression 999" });
  });

  it("becomes far longer than its samples when it is unpacked: refused, and nothing is held", async () => {
    const bomb = deflateSync(new Uint8Array(64 * 1024 * 1024));
    expect(await problemOf(aGeoTiff([short(259, 8)], bomb))).toMatchObject({ kind: "damaged" });
  });

  it("is cut off anywhere, or has a byte changed: a problem in words, or samples, and no end of the station", async () => {
    const whole = aGeoTiff([short(259, 8)], deflateSync(new Uint8Array(24)));
    for (let length = 4; length < whole.byteLength; length += 3) await readGeoTiff(whole.subarray(0, length));
    const rng = seededRng(11);
    for (let turn = 0; turn < 600; turn++) {
      const bytes = whole.slice();
      bytes[4 + Math.floor(rng.uniform() * (bytes.byteLength - 4))] = Math.floor(rng.uniform() * 256);
      const read = await readGeoTiff(bytes);
      if (read.ok) expect(read.value.samples.length).toBe(read.value.columns * read.value.rows);
    }
  });
});
