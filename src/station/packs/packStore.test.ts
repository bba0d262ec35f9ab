/** An import into a disk that is full, or that refuses at the last moment. */
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { makePack } from "./makePack.js";
import { importPack, listPacks } from "./packStore.js";

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
