/** An import into a disk that is full, or that refuses at the last moment. */
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { makePack } from "./makePack.js";
import { packGround } from "./packGround.js";
import { checkStoredPack, importPack, listPacks } from "./packStore.js";

const folder = mkdtempSync(join(tmpdir(), "vigie-pack-store-"));
const dataFolder = join(folder, "data");
const watch = { shouldStop: () => false, onFile: () => undefined };
const packAt = (madeAtUnixMs: number): string => join(folder, `${madeAtUnixMs}.vigiepack`);

beforeAll(async () => {
  const ring = [
    [1.5, 50.6],
    [1.6, 50.6],
    [1.6, 50.7],
  ];
  const file = join(folder, "line.geojson");
  writeFileSync(file, JSON.stringify({ type: "Polygon", coordinates: [ring] }));
  const coast = { kind: "coast", file, attribution: undefined, dataDate: undefined } as const;
  for (const madeAtUnixMs of [1000, 2000]) {
    const wanted = { name: "Opal", out: packAt(madeAtUnixMs), madeAtUnixMs, files: [coast] };
    expect(await makePack(wanted, watch)).toMatchObject({ ok: true });
  }
  expect(await importPack(packAt(1000), dataFolder, watch)).toMatchObject({ ok: true });
});
const theOlder = [{ name: "Opal", manifest: { ok: true, value: { madeAtUnixMs: 1000 } } }];

it("without room for all of it nothing is unpacked", async () => {
  const disk = { rename, freeBytes: () => Promise.resolve(10) };
  expect(await importPack(packAt(2000), dataFolder, watch, disk)).toMatchObject({
    ...{ ok: false, error: { kind: "no-space", freeBytes: 10 } },
  });
  expect(await listPacks(dataFolder)).toMatchObject(theOlder);
});

it("when the new pack cannot be moved in, the older one is there as before, and nothing beside it", async () => {
  let countOfRenames = 0;
  const disk = {
    freeBytes: () => Promise.resolve(1e9),
    // The second of them.
    rename: (from: string, to: string) =>
      ++countOfRenames === 2 ? Promise.reject(Object.assign(new Error("no"), { code: "EACCES" })) : rename(from, to),
  };
  expect(await importPack(packAt(2000), dataFolder, watch, disk)).toEqual({
    ...{ ok: false, error: { kind: "io", operation: "write", code: "EACCES" } },
  });
  expect(readdirSync(join(dataFolder, "packs"))).toEqual(["Opal"]);
  expect(await listPacks(dataFolder)).toMatchObject(theOlder);
});

it("else it replaces the older one", async () => {
  expect(await importPack(packAt(2000), dataFolder, watch)).toMatchObject({ ok: true });
  expect(readdirSync(join(dataFolder, "packs"))).toEqual(["Opal"]);
  expect(await listPacks(dataFolder)).toMatchObject([{ manifest: { value: { madeAtUnixMs: 2000 } } }]);
});

it("a file that was written since the import is named, and a check that reads all of it makes it good", async () => {
  const file = join(dataFolder, "packs", "Opal", "line.geojson");
  utimesSync(file, 1000, 1000);
  expect(await listPacks(dataFolder)).toMatchObject([{ touchedFile: "line.geojson", manifest: { ok: true } }]);
  expect(await checkStoredPack("Opal", dataFolder, watch)).toMatchObject({ ok: true });
  expect(await listPacks(dataFolder)).toMatchObject([{ touchedFile: undefined }]);
});

it("a rotten bit is found by a check, and the pack is then not used until it is imported again, or found whole", async () => {
  const file = join(dataFolder, "packs", "Opal", "line.geojson");
  const whole = readFileSync(file);
  const { mtime } = statSync(file);
  const rotten = Buffer.from(whole);
  rotten[10] = (rotten[10] ?? 0) ^ 1;
  writeFileSync(file, rotten);
  utimesSync(file, mtime, mtime);
  // Nothing that costs little shows it.
  expect(await listPacks(dataFolder)).toMatchObject([{ touchedFile: undefined, manifest: { ok: true } }]);
  const differs = { ok: false, error: { kind: "hash-differs", name: "line.geojson" } };
  expect(await checkStoredPack("Opal", dataFolder, watch)).toEqual(differs);
  expect(await listPacks(dataFolder)).toMatchObject([{ manifest: differs }]);
  expect(await packGround(dataFolder)).toMatchObject({ problems: [{ pack: "Opal", problem: differs.error }] });
  writeFileSync(file, whole);
  expect(await checkStoredPack("Opal", dataFolder, watch)).toMatchObject({ ok: true });
  expect(await listPacks(dataFolder)).toMatchObject([{ touchedFile: undefined, manifest: { ok: true } }]);
});

it("a check can be stopped, says what is missing or cut off, and knows no other pack", async () => {
  const file = join(dataFolder, "packs", "Opal", "line.geojson");
  const whole = readFileSync(file);
  const check = (name = "Opal", shouldStop = false) =>
    checkStoredPack(name, dataFolder, { shouldStop: () => shouldStop, onFile: () => undefined });
  expect(await check("Opal", true)).toEqual({ ok: false, error: { kind: "stopped" } });
  truncateSync(file, 7);
  expect(await check()).toMatchObject({ error: { kind: "size-differs", foundBytes: 7 } });
  rmSync(file);
  expect(await check()).toEqual({ ok: false, error: { kind: "not-in-pack", name: "line.geojson" } });
  writeFileSync(file, whole);
  for (const name of ["Other", "../packs", ".."])
    expect(await check(name)).toEqual({ ok: false, error: { kind: "no-such-pack", name } });
});
