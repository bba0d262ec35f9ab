/** An import into a disk that is full, or that refuses at the last moment. */
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import * as files from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { makePack } from "./makePack.js";
import { importPack, listPacks } from "./packStore.js";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof files>();
  return { ...real, rename: vi.fn(real.rename), statfs: vi.fn(real.statfs) };
});

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
afterEach(() => {
  vi.clearAllMocks();
});

const theOlder = [{ name: "Opal", manifest: { ok: true, value: { madeAtUnixMs: 1000 } } }];

it("without room for all of it nothing is unpacked", async () => {
  vi.mocked(files.statfs).mockResolvedValueOnce({ bavail: 1, bsize: 10 } as Awaited<ReturnType<typeof files.statfs>>);
  expect(await importPack(packAt(2000), dataFolder, watch)).toMatchObject({
    ...{ ok: false, error: { kind: "no-space", freeBytes: 10 } },
  });
  expect(await listPacks(dataFolder)).toMatchObject(theOlder);
});

it("when the new pack cannot be moved in, the older one is there as before, and nothing beside it", async () => {
  const { rename } = await vi.importActual<typeof files>("node:fs/promises");
  vi.mocked(files.rename)
    .mockImplementationOnce(rename)
    .mockRejectedValueOnce(Object.assign(new Error("no"), { code: "EACCES" }));
  expect(await importPack(packAt(2000), dataFolder, watch)).toEqual({
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
