import {
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { appPaths } from "./appPaths.js";
import { openAppend } from "./appendFile.js";
import { listFolder, readText, sha256Hex, sha256OfFile, writeAtomic } from "./fileStore.js";
import { readPicture } from "./pictures/readPicture.js";
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

  it("findings 6.7: an append is whole or not at all, and may be tried again", () => {
    const path = join(folder, "torn.jsonl");
    let isFull = false;
    const file = openAppend(path, undefined, {
      open: (place) => openSync(place, "a"),
      sizeBytes: (open) => fstatSync(open).size,
      write: (open, bytes, at) => {
        if (!isFull) return writeSync(open, bytes, at, 1);
        writeSync(open, bytes, at, 2);
        throw Object.assign(new Error("full"), { code: "ENOSPC" });
      },
      cut: (open, size) => {
        if (isFull) throw new Error("not now");
        ftruncateSync(open, size);
      },
      sync: fsync,
      close: closeSync,
    });
    if (!file.ok) throw new Error("cannot open");
    expect(file.value.append("one\n").ok).toBe(true);
    isFull = true;
    expect(file.value.append("two\n")).toMatchObject({ ok: false, error: { code: "ENOSPC" } });
    expect(file.value.append("two\n").ok).toBe(false);
    expect(file.value.bytes()).toBe(4);
    isFull = false;
    expect(file.value.append("two\n").ok).toBe(true);
    file.value.close();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
    // Opened again, the file is cut to its whole records; a file that lost some, or that exists although it should be
    // new, is refused.
    expect(openAppend(path)).toMatchObject({ ok: false, error: { code: "EEXIST" } });
    writeFileSync(path, "one\ntwo\nthr");
    const again = openAppend(path, file.value);
    if (!again.ok) throw new Error("cannot open again");
    again.value.append("2\n");
    again.value.close();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n2\n");
    expect(again.value.hash().digest("hex")).toBe(sha256Hex("one\ntwo\n2\n"));
    writeFileSync(path, "one\ntwo\n");
    expect(openAppend(path, again.value)).toMatchObject({ ok: false, error: { code: "lost-bytes" } });
  });

  it("attack 6: tells a file that was removed, replaced or cut behind its back, and what was written into it", async () => {
    const path = join(folder, "behind.tlog");
    const file = openAppend(path);
    if (!file.ok) throw new Error("cannot open");
    file.value.append("recorded");
    expect(await file.value.loss()).toBeUndefined();
    truncateSync(path, 2);
    expect(await file.value.loss()).toBe("shortened");
    renameSync(path, `${path}.old`);
    expect(await file.value.loss()).toBe("gone");
    writeFileSync(path, "something else that is longer");
    expect(await file.value.loss()).toBe("replaced");
    rmSync(path);
    file.value.append(" and more");
    expect(file.value.hash().digest("hex")).toBe(sha256Hex("recorded and more"));
    expect(file.value.bytes()).toBe(17);
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
  it("is read back, pixel for pixel", async () => {
    const luma = Uint8Array.from({ length: 33 * 17 }, (_, i) => (i * 37) % 256);
    const path = join(folder, "grey.png");
    writeFileSync(path, encodeGreyPng(33, 17, luma));
    const value = { widthPx: 33, heightPx: 17, samples: luma, countOfPages: 1 };
    expect(await readPicture(path)).toEqual({ ok: true, value });
  });

  it.skipIf(!existsSync("../shared/thermal/images"))("one-component JPEGs of a real thermal camera open", async () => {
    const [first] = await listFolder("../shared/thermal/images");
    const read = await readPicture(first?.path ?? "");
    expect(read).toMatchObject({ ok: true, value: { widthPx: 640, heightPx: 512 } });
  });
});
