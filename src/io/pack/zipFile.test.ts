import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { expect, it } from "vitest";
import { ok } from "../../core/result.js";
import { sha256Hex } from "../fileStore.js";
import { createZip } from "./writeZip.js";
import { openZipFile } from "./zipFile.js";

const folder = mkdtempSync(join(tmpdir(), "vigie-zip-"));

/** Each member's bytes, or the problem that ended its reading, and how many bytes came before. */
async function readAll(path: string) {
  const zip = await openZipFile(path, 10);
  if (!zip.ok) return zip.error;
  const all = [];
  for (const member of zip.value.members) {
    const pieces: Uint8Array[] = [];
    const read = await zip.value.read<never>(member, (piece) => Promise.resolve(ok(void pieces.push(piece))));
    const bytes = Buffer.concat(pieces);
    all.push({ name: member.name, bytes, problem: read.ok ? undefined : read.error });
  }
  await zip.value.close();
  return all;
}

it("what is written is read again, by this reader and by another one, stored and deflated, over several pieces", async () => {
  const [place, big, empty] = ["a.zip", "big", "empty"].map((name) => join(folder, name)) as [string, string, string];
  const bytes = Buffer.from(Array.from({ length: 2_500_000 }, (_, i) => (i * i) >> 7));
  writeFileSync(big, bytes);
  writeFileSync(empty, "");
  const zip = await createZip(place, { bytesMax: 10e6, shouldStop: () => false });
  if (!zip.ok) throw new Error(zip.error.code);
  expect(await zip.value.addFile("stored", big, false)).toMatchObject({ ok: true, value: { sizeBytes: 2_500_000 } });
  expect(await zip.value.addFile("hauteurs éà", big, true)).toMatchObject({ ok: true });
  expect(await zip.value.addFile("empty", empty, true)).toMatchObject({ ok: true, value: { sizeBytes: 0 } });
  expect(await zip.value.addText("text", "a text")).toMatchObject({ ok: true });
  expect(await zip.value.finish()).toMatchObject({ ok: true });
  const expected = { stored: bytes, "hauteurs éà": bytes, empty: Buffer.alloc(0), text: Buffer.from("a text") };
  const hashes = Object.entries(expected).map(([name, content]) => [name, sha256Hex(content)]);
  const read = (await readAll(place)) as readonly { name: string; bytes: Uint8Array; problem: unknown }[];
  expect(read.map(({ name, bytes: content }) => [name, sha256Hex(content)])).toEqual(hashes);
  expect(read.every(({ problem }) => problem === undefined)).toBe(true);
  const others = Object.entries(unzipSync(readFileSync(place)));
  expect(others.map(([name, content]) => [name, sha256Hex(content)])).toEqual(hashes);
});

it("a bomb is not unpacked: at most what it states is handed on", async () => {
  const place = join(folder, "bomb.zip");
  const bytes = Buffer.from(zipSync({ zeros: new Uint8Array(50_000_000) }));
  const statedBytes = 20_000_000;
  bytes.writeUInt32LE(statedBytes, 22);
  bytes.writeUInt32LE(statedBytes, bytes.lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1")) + 24);
  writeFileSync(place, bytes);
  const [read] = (await readAll(place)) as readonly { bytes: Uint8Array; problem: unknown }[];
  expect(read?.problem).toEqual({ kind: "wrong-size", name: "zeros", statedBytes });
  expect(read?.bytes.length).toBeLessThanOrEqual(statedBytes);
});

it("a pack larger than the limit is given up, and nothing stays", async () => {
  const place = join(folder, "large.zip");
  const zip = await createZip(place, { bytesMax: 1_000_000, shouldStop: () => false });
  if (!zip.ok) throw new Error(zip.error.code);
  const added = await zip.value.addFile("stored", join(folder, "big"), false);
  expect(added).toEqual({ ok: false, error: { kind: "pack-too-large", bytesMax: 1_000_000 } });
  await zip.value.abandon();
  expect(() => readFileSync(`${place}.writing`)).toThrow("ENOENT");
});
