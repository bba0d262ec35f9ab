import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { encodeGreyPng } from "../png.js";
import { listPictures } from "./pictureFolder.js";
import { oriented } from "./orientation.js";
import { decodePicture, readPicture } from "./readPicture.js";
import type { SampledPicture } from "./sampledPicture.js";

const FIXTURES = join(import.meta.dirname, "fixtures");
const folder = mkdtempSync(join(tmpdir(), "vigie-pictures-"));
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FIXTURES, name)));

async function decoded(bytes: Uint8Array): Promise<SampledPicture> {
  const read = await decodePicture(bytes);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** Samples as 0 to 255: the wider samples in these test files were made from 8-bit levels. */
function levels({ samples }: SampledPicture): number[] {
  const scale = samples instanceof Uint8Array ? 1 : samples instanceof Uint16Array ? 1 / 257 : 255;
  return Array.from(samples, (value) => value * scale);
}

const meanDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

/**
 * One picture in files of other programs (ImageMagick, libjpeg, libtiff, ffmpeg), and how far their grey may differ
 * from it.
 */
const FORMS: Readonly<Record<string, number>> = {
  "rgb.png": 0,
  "rgba8.png": 0.01,
  "rgba16.png": 0.6,
  "grey-alpha8.png": 1,
  "grey-alpha16.png": 1,
  "grey16.png": 1,
  "interlaced-grey8.png": 1,
  "interlaced-rgb8.png": 0.01,
  "palette8.png": 8,
  "palette4.png": 14,
  "grey4.png": 8.6,
  "grey2.png": 43,
  "grey.jpg": 1.5,
  "grey-progressive.jpg": 1.5,
  "progressive.jpg": 1.5,
  "progressive-restart.jpg": 1.5,
  "restart.jpg": 1.5,
  "full.jpg": 1.5,
  "three-scans.jpg": 1.5,
  "rgb.jpg": 1.5,
  "rgb-progressive.jpg": 1.5,
  "cmyk.jpg": 3,
  "grey16-packbits.tif": 1,
  "grey16-lzw.tif": 1,
  "grey16-deflate.tif": 1,
  "grey16-bigendian.tif": 1,
  "grey16-tiles-deflate-predicted.tif": 1,
  "rgb8-packbits.tif": 0.01,
  "rgb8-tiles-lzw-predicted.tif": 0.01,
  "rgb16-deflate.tif": 1.1,
  "palette8-lzw.tif": 8,
  "pages.tif": 1,
};

describe("pictures as people have them", () => {
  it.each(Object.entries(FORMS))("case 12: %s is read", async (name, tolerance) => {
    const reference = await decoded(fixture("rgb.png"));
    const picture = await decoded(fixture(name));
    expect([picture.widthPx, picture.heightPx]).toEqual([61, 43]);
    expect(meanDifference(levels(picture), levels(reference))).toBeLessThanOrEqual(tolerance);
  });

  it.each(["grey1.png", "bits1.tif"])("case 12: %s, black and white, is read", async (name) => {
    const reference = levels(await decoded(fixture("grey4.png"))).map((level) => (level > 127 ? 255 : 0));
    expect(meanDifference(levels(await decoded(fixture(name))), reference)).toBeLessThan(25);
  });

  it("floating numbers come as they were written, predicted or not", async () => {
    const plain = await decoded(fixture("float32.tif"));
    expect(plain.samples).toBeInstanceOf(Float32Array);
    expect((await decoded(fixture("float32-deflate-predicted.tif"))).samples).toEqual(plain.samples);
    const grey16 = levels(await decoded(fixture("grey16-bigendian.tif")));
    // Floating-point samples are linear, the others are not: only the position of the brightest pixel can be compared.
    const at = (values: ArrayLike<number>): number => Array.from(values).indexOf(Math.max(...Array.from(values)));
    expect(at(plain.samples)).toBe(at(grey16));
  });

  it("wide samples are handed over whole, not by their high byte", async () => {
    const { samples } = await decoded(fixture("grey16.png"));
    expect(samples).toBeInstanceOf(Uint16Array);
  });

  it("a file of several pictures says how many", async () => {
    expect((await decoded(fixture("pages.tif"))).countOfPages).toBe(2);
    expect((await decoded(fixture("grey16-lzw.tif"))).countOfPages).toBe(1);
  });

  it("case 12: what is not read is refused by its name", async () => {
    const refused = async (bytes: Uint8Array) => {
      const read = await decodePicture(bytes);
      return read.ok ? undefined : read.error;
    };
    const text = (latin1: string) => Uint8Array.from(latin1.padEnd(64, "\0"), (letter) => letter.charCodeAt(0));
    const formOf = { kind: "form-not-read" };
    expect(await refused(fixture("arithmetic.jpg"))).toEqual({ ...formOf, format: "JPEG", form: "arithmetic coding" });
    expect(await refused(fixture("planes.tif"))).toEqual({ ...formOf, format: "TIFF", form: "separate colour planes" });
    expect(await refused(fixture("cmyk.tif"))).toEqual({ ...formOf, format: "TIFF", form: "CMYK colours" });
    expect(await refused(fixture("big.tif"))).toEqual({ kind: "format-not-read", format: "BigTIFF" });
    for (const [bytes, format] of [
      ["RIFF\x10\0\0\0WEBPVP8 ", "WebP"],
      ["GIF89a", "GIF"],
      ["\0\0\0\x18ftypheic", "HEIC"],
      ["\0\0\0\x0cjP  \r\n", "JPEG 2000"],
      ["BM\x10\0\0\0\0\0\0\0\x36\0\0\0\x28", "BMP"],
    ] as const)
      expect(await refused(text(bytes))).toEqual({ kind: "format-not-read", format });
    expect(await refused(text("\0\0\0\x18ftypisom"))).toEqual({ kind: "is-video", format: "MP4" });
    expect(await refused(text("hello"))).toEqual({ kind: "not-a-picture" });
    expect(await refused(new Uint8Array())).toEqual({ kind: "empty" });
  });

  it("case 12: EXIF's orientation is honoured, in all eight ways", async () => {
    const plain = await decoded(fixture("grey.jpg"));
    // By orientation: where the stored top left corner is shown (CIPA DC-008, tag 274).
    const corners = { 1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl" };
    for (const [orientation, corner] of Object.entries(corners)) {
      const shown = await decoded(withOrientation(fixture("grey.jpg"), Number(orientation)));
      const isOnItsSide = Number(orientation) >= 5;
      expect([shown.widthPx, shown.heightPx]).toEqual(isOnItsSide ? [43, 61] : [61, 43]);
      const x = corner.endsWith("r") ? shown.widthPx - 1 : 0;
      const y = corner.startsWith("b") ? shown.heightPx - 1 : 0;
      expect(shown.samples[y * shown.widthPx + x], `orientation ${orientation}`).toBe(plain.samples[0]);
      const along = isOnItsSide ? shown.widthPx * (corner.startsWith("b") ? -1 : 1) : corner.endsWith("r") ? -1 : 1;
      expect(shown.samples[y * shown.widthPx + x + 9 * along], `orientation ${orientation}`).toBe(plain.samples[9]);
    }
    expect(oriented(plain, 0)).toBe(plain);
  });

  it("a FLIR or DJI JPEG with measurements in its segments opens as the picture that it shows", async () => {
    const plain = fixture("grey.jpg");
    const segment = (marker: number, text: string) => {
      const body = Buffer.concat([Buffer.from(text, "latin1"), Buffer.alloc(60_000, 0xff)]);
      return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
    };
    const bytes = Buffer.concat([
      plain.subarray(0, 2),
      segment(0xe1, "FLIR\0\x01\0\x01"),
      segment(0xe1, "FLIR\0\x01\x01\x01"),
      segment(0xe3, "DJI"),
      plain.subarray(2),
      Buffer.alloc(5000, 0x55),
    ]);
    expect((await decoded(bytes)).samples).toEqual((await decoded(plain)).samples);
  });
});

function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const exif = Buffer.from("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0", "latin1");
  exif[6 + 8 + 2 + 9] = orientation;
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/**
 * 24 x 8 pixels of one grey, with a restart after every second block; each block is two zero bits by its tables of one
 * code.
 */
function flatJpeg(pixels: readonly number[]): Uint8Array {
  const segment = (marker: number, body: readonly number[]) => [0xff, marker, 0, body.length + 2, ...body];
  const oneCode = (id: number) => [id, 1, ...Array<number>(15).fill(0), 0];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    ...segment(0xc0, [8, 0, 8, 0, 24, 1, 1, 0x11, 0]),
    ...segment(0xc4, [...oneCode(0x00), ...oneCode(0x10)]),
    ...segment(0xdd, [0, 2]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...pixels,
    ...[0xff, 0xd9],
  ]);
}

describe("broken and hostile pictures", () => {
  it("case 11: every cut of a file is said to be cut off, and never half a picture", async () => {
    for (const name of ["rgb.png", "grey.jpg", "progressive.jpg", "restart.jpg", "grey16-lzw.tif", "float32.tif"]) {
      const whole = fixture(name);
      for (let share = 0.15; share < 0.95; share += 0.08) {
        const read = await decodePicture(whole.subarray(0, Math.floor(whole.byteLength * share)));
        expect(read.ok, `${name} at ${share}`).toBe(false);
        if (!read.ok && share > 0.3) expect(read.error.kind, `${name} at ${share}`).toBe("cut-off");
      }
    }
  });

  it("a JPEG that ends at a restart marker is not half a picture", async () => {
    const whole = Buffer.from(fixture("restart.jpg"));
    const lastRestart = Array.from(whole.keys()).findLast((i) => whole[i] === 0xff && (whole[i + 1]! & 0xf8) === 0xd0);
    const ended = Buffer.concat([whole.subarray(0, lastRestart), Buffer.from([0xff, 0xd9])]);
    expect(await decodePicture(ended)).toEqual({ ok: false, error: { kind: "damaged", format: "JPEG" } });
  });

  it("a grey JPEG whose last restart interval is not full is read, also with fill bytes before its markers", async () => {
    expect(await decoded(flatJpeg([0x0f, 0xff, 0xd0, 0x3f]))).toMatchObject({ widthPx: 24, heightPx: 8 });
    const filled = await decoded(flatJpeg([0x0f, 0xff, 0xff, 0xd0, 0x3f, 0xff]));
    expect(new Set(filled.samples)).toEqual(new Set([128]));
  });

  it("a small JPEG that promises a large picture is cut off, and costs nothing", async () => {
    const jpeg = Buffer.from(fixture("progressive.jpg"));
    const frameAt = jpeg.indexOf(Buffer.from([0xff, 0xc2]));
    jpeg.writeUInt16BE(8000, frameAt + 5);
    jpeg.writeUInt16BE(8000, frameAt + 7);
    const before = process.memoryUsage().rss;
    expect(await decodePicture(jpeg)).toEqual({ ok: false, error: { kind: "cut-off", format: "JPEG" } });
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  it("a bit that fell over is damage, not a picture", async () => {
    const luma = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i * 37 + (i >> 6) * 11) & 255);
    const whole = encodeGreyPng(64, 64, luma);
    const dataAt = Buffer.from(whole).indexOf("IDAT") + 4;
    for (let i = 0; i < 60; i++) {
      const bytes = whole.slice();
      const at = dataAt + 10 + i * 20;
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      expect((await decodePicture(bytes)).ok, `byte ${at}`).toBe(false);
    }
  });

  it("findings 6.10: a size that cannot be held is refused by the header alone", async () => {
    const png = (width: number, height: number) => {
      const bytes = Buffer.from(encodeGreyPng(1, 1, new Uint8Array(1)));
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(height, 20);
      return bytes;
    };
    for (const [width, height] of [
      [100_000, 1000],
      [30_000, 30_000],
      [0xffffffff, 0xffffffff],
    ] as const) {
      const read = await decodePicture(png(width, height));
      expect(read).toMatchObject({ ok: false, error: { kind: "too-many-pixels", widthPx: width, heightPx: height } });
    }
    const jpeg = Buffer.from(fixture("progressive.jpg"));
    const frameAt = jpeg.indexOf(Buffer.from([0xff, 0xc2]));
    jpeg.writeUInt16BE(60_000, frameAt + 5);
    jpeg.writeUInt16BE(60_000, frameAt + 7);
    expect(await decodePicture(jpeg)).toMatchObject({ ok: false, error: { kind: "too-many-pixels" } });
    // Three components in full resolution need more memory than 64 megapixels of a usual picture.
    jpeg.writeUInt16BE(7800, frameAt + 5);
    jpeg.writeUInt16BE(7800, frameAt + 7);
    jpeg[frameAt + 11] = 0x11;
    expect(await decodePicture(jpeg)).toMatchObject({ ok: false, error: { megapixelsMax: 51 } });
  });

  it("findings 6.10: a bomb is unpacked no further than its picture", async () => {
    // 64 MB of zeros compressed to 64 kB, after a header that declares 8 x 8 pixels.
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024));
    const small = Buffer.from(encodeGreyPng(8, 8, new Uint8Array(64)));
    const dataAt = small.indexOf("IDAT") - 4;
    const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from("IDAT"), bomb, Buffer.alloc(4)]);
    chunk.writeUInt32BE(bomb.length, 0);
    const before = process.memoryUsage().rss;
    const read = await decodePicture(Buffer.concat([small.subarray(0, dataAt), chunk]));
    expect(read).toMatchObject({ ok: true, value: { widthPx: 8, heightPx: 8 } });
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  it("thousands of scribbled files never throw, hang or grow", async () => {
    const rng = seededRng(11);
    const names = readdirSync(FIXTURES);
    let countOfRead = 0;
    for (let i = 0; i < 4000; i++) {
      const bytes = fixture(names[i % names.length]!);
      const countOfBytes = 1 + Math.floor(rng.uniform() ** 3 * 40);
      // Most damage goes to the start of the file, where sizes and counts are.
      const reach = rng.uniform() < 0.6 ? Math.min(400, bytes.byteLength) : bytes.byteLength;
      for (let j = 0; j < countOfBytes; j++) bytes[Math.floor(rng.uniform() * reach)] = Math.floor(rng.uniform() * 256);
      const read = await decodePicture(rng.uniform() < 0.1 ? bytes.subarray(0, reach) : bytes);
      if (!read.ok) continue;
      countOfRead++;
      expect(read.value.samples.length).toBe(read.value.widthPx * read.value.heightPx);
    }
    expect(countOfRead).toBeGreaterThan(100);
  });
});

describe("where pictures lie", () => {
  it("findings 6.10: a pipe, a device, a socket and a folder are refused by name, a link to a file is not", async () => {
    const inFolder = (name: string): string => join(folder, name);
    execFileSync("mkfifo", [inFolder("pipe.png")]);
    mkdirSync(inFolder("folder.png"));
    writeFileSync(inFolder("real.png"), fixture("grey16.png"));
    symlinkSync(inFolder("real.png"), inFolder("link.png"));
    symlinkSync("/dev/zero", inFolder("zero.png"));
    const server = createServer().listen(inFolder("socket.png"));
    await new Promise((resolve) => server.once("listening", resolve));
    const whatOf = async (name: string) => {
      const read = await readPicture(inFolder(name));
      return read.ok ? "picture" : "what" in read.error ? read.error.what : read.error.kind;
    };
    expect(await whatOf("pipe.png")).toBe("pipe");
    expect(await whatOf("folder.png")).toBe("folder");
    expect(await whatOf("zero.png")).toBe("device");
    expect(await whatOf("socket.png")).toBe("socket");
    expect(await whatOf("link.png")).toBe("picture");
    expect(await whatOf("absent.png")).toBe("not-there");
    server.close();
  });

  it("findings 4: a mixed folder is sorted out by what its files hold", async () => {
    const mixed = join(folder, "mixed");
    mkdirSync(join(mixed, "deeper"), { recursive: true });
    const files = {
      "a.tif": "grey16-lzw.tif",
      "b.JPG": "grey.jpg",
      "c.dat": "rgb.png",
      "._d.png": "rgb.png",
      "Thumbs.db": "rgb.png",
    };
    for (const [name, from] of Object.entries(files)) writeFileSync(join(mixed, name), fixture(from));
    writeFileSync(join(mixed, "notes.txt"), "hello");
    writeFileSync(join(mixed, "e.png"), "hello");
    execFileSync("mkfifo", [join(mixed, "pipe")]);
    const listed = await listPictures(mixed);
    if (!listed.ok) throw new Error(listed.error.kind);
    // A file with a picture's name is listed even if its content is something else.
    expect(listed.value.pictures).toEqual(["a.tif", "b.JPG", "c.dat", "e.png"]);
    expect(listed.value.leftOut).toEqual([
      { file: "._d.png", reason: "hidden" },
      { file: "Thumbs.db", reason: "hidden" },
      { file: "deeper", reason: "folder" },
      { file: "notes.txt", reason: "not-a-picture" },
      { file: "pipe", reason: "not-a-picture" },
    ]);
  });
});
