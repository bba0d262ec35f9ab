import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { appPaths } from "./appPaths.js";
import { listFolder, openAppend, readText, sha256Hex, sha256OfFile, writeAtomic } from "./fileStore.js";
import { readGreyImage } from "./imageReader.js";
import { encodeGreyPng } from "./png.js";

const folder = mkdtempSync(join(tmpdir(), "vigie-io-"));

describe("files", () => {
  it("writes whole or not at all, and leaves nothing beside", async () => {
    const path = join(folder, "deep", "plan.plan");
    expect(await writeAtomic(path, "first")).toEqual({ ok: true, value: undefined });
    await writeAtomic(path, "second");
    expect(await readText(path)).toEqual({ ok: true, value: "second" });
    expect((await listFolder(join(folder, "deep"))).map((file) => file.name)).toEqual(["plan.plan"]);
    writeFileSync(join(folder, "file"), "");
    expect(await writeAtomic(join(folder, "file", "x"), "y")).toMatchObject({ ok: false, error: { kind: "io" } });
  });

  it("names the failure of a read by errno", async () => {
    expect(await readText(join(folder, "absent"))).toEqual({
      ok: false,
      error: { kind: "io", operation: "read", code: "ENOENT" },
    });
    expect(await listFolder(join(folder, "absent"))).toEqual([]);
  });

  it("appends in the order of the calls, at once", async () => {
    const path = join(folder, "log");
    const file = openAppend(path);
    if (!file.ok) throw new Error("cannot open");
    file.value.append("one ");
    file.value.append(Buffer.from("two"));
    expect(readFileSync(path, "utf8")).toBe("one two");
    expect(file.value.bytes()).toBe(7);
    expect(await file.value.sync()).toEqual({ ok: true, value: undefined });
    file.value.close();
    expect(file.value.append("late")).toMatchObject({ ok: false, error: { code: "closed" } });
  });

  it("reports a full disk as a value", () => {
    const file = openAppend("/dev/full");
    if (!file.ok) throw new Error("no /dev/full here");
    expect(file.value.append("x")).toMatchObject({ ok: false, error: { code: "ENOSPC" } });
  });

  it("hashes as the standard does", async () => {
    // FIPS 180-2, appendix B.1.
    const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(sha256Hex("abc")).toBe(abc);
    writeFileSync(join(folder, "abc"), "abc");
    expect(await sha256OfFile(join(folder, "abc"))).toEqual({ ok: true, value: { sha256: abc, bytes: 3 } });
  });
});

describe("paths", () => {
  it("follow VIGIE_HOME, then the platform", () => {
    expect(appPaths({ VIGIE_HOME: "/x" })).toMatchObject({ data: "/x", sorties: join("/x", "sorties") });
    if (process.platform === "linux") expect(appPaths({ XDG_DATA_HOME: "/d" }).data).toBe(join("/d", "vigie"));
  });
});

describe("grey PNG", () => {
  it("is read back by another decoder, pixel for pixel", async () => {
    const luma = Uint8Array.from({ length: 33 * 17 }, (_, i) => (i * 37) % 256);
    const path = join(folder, "grey.png");
    writeFileSync(path, encodeGreyPng(33, 17, luma));
    expect(await readGreyImage(path)).toEqual({ ok: true, value: { widthPx: 33, heightPx: 17, luma } });
  });

  it.skipIf(spawnSync("ffmpeg", ["-version"]).error !== undefined)(
    "agrees with ffmpeg on grey, colour and 16 bits",
    async () => {
      const ffmpeg = (format: string, path: string) =>
        execFileSync("ffmpeg", [
          ...["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=67x41", "-frames:v", "1"],
          ...["-pix_fmt", format, path],
        ]);
      const raw = join(folder, "grey.raw");
      execFileSync("ffmpeg", [
        ...["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=67x41", "-frames:v", "1"],
        ...["-pix_fmt", "gray", "-f", "rawvideo", raw],
      ]);
      const expected = readFileSync(raw);
      for (const format of ["gray", "rgb24", "gray16be"]) {
        const path = join(folder, `${format}.png`);
        ffmpeg(format, path);
        const read = await readGreyImage(path);
        if (!read.ok) throw new Error(read.error.code);
        // ffmpeg's own weights and rounding differ from BT.601's by a few levels at most.
        const worst = Math.max(...read.value.luma.map((value, i) => Math.abs(value - (expected[i] ?? 0))));
        expect(worst, format).toBeLessThanOrEqual(2);
      }
    },
  );

  it.skipIf(spawnSync("ffmpeg", ["-version"]).error !== undefined)(
    "JPEGs agree with ffmpeg, grey and colour",
    async () => {
      // mandelbrot has no sharp edges of its own that a decoder's rounding could exaggerate.
      const source = ["-v", "error", "-y", "-f", "lavfi", "-i", "mandelbrot=size=75x53:rate=1", "-frames:v", "1"];
      for (const format of ["gray", "yuvj420p", "yuvj444p"]) {
        const path = join(folder, `${format}.jpg`);
        const raw = join(folder, `${format}.raw`);
        execFileSync("ffmpeg", [...source, "-pix_fmt", format, "-q:v", "3", path]);
        execFileSync("ffmpeg", ["-v", "error", "-y", "-i", path, "-f", "rawvideo", raw]);
        const expected = readFileSync(raw);
        const read = await readGreyImage(path);
        if (!read.ok) throw new Error(read.error.code);
        const worst = Math.max(...read.value.luma.map((value, i) => Math.abs(value - (expected[i] ?? 0))));
        expect(worst, format).toBeLessThanOrEqual(2);
      }
    },
  );

  it.skipIf(!existsSync("../shared/thermal/images"))("one-component JPEGs of a real thermal camera open", async () => {
    const [first] = await listFolder("../shared/thermal/images");
    const read = await readGreyImage(first?.path ?? "");
    expect(read).toMatchObject({ ok: true, value: { widthPx: 640, heightPx: 512 } });
  });

  it("JPEGs cut short or scribbled over never throw", async () => {
    const path = join(folder, "scribbled.jpg");
    const rng = seededRng(8);
    const whole = existsSync(join(folder, "gray.jpg"))
      ? readFileSync(join(folder, "gray.jpg"))
      : Buffer.from([255, 216]);
    for (let i = 0; i < 100; i++) {
      const bytes = Buffer.from(whole.subarray(0, 2 + Math.floor(rng.uniform() * whole.byteLength)));
      for (let j = 0; j < 8; j++) bytes[2 + Math.floor(rng.uniform() * bytes.byteLength)] = rng.uniform() * 256;
      writeFileSync(path, bytes);
      expect(typeof (await readGreyImage(path)).ok).toBe("boolean");
    }
  });

  it("damaged pictures are a failure, not a crash", async () => {
    const path = join(folder, "bad.png");
    writeFileSync(path, "this is no picture");
    expect(await readGreyImage(path)).toMatchObject({ ok: false });
    expect(await readGreyImage(join(folder, "abc"))).toMatchObject({ ok: false });
  });
});
