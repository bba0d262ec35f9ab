import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { StationBus } from "../bus.js";
import { createCoastStore } from "../coastStore.js";
import { startReadingService } from "../reading/readingService.js";
import { makePack } from "./makePack.js";
import { importPack } from "./packStore.js";

const folder = mkdtempSync(join(tmpdir(), "vigie-pack-coast-"));
const dataFolder = join(folder, "data");
const watch = { shouldStop: () => false, onFile: () => undefined };
const ring = [
  [1.5, 50.6],
  [1.6, 50.6],
  [1.6, 50.7],
];

async function importCoast(name: string, madeAtUnixMs: number): Promise<void> {
  const file = join(folder, `${name}.geojson`);
  writeFileSync(file, JSON.stringify({ type: "Polygon", name, coordinates: [ring] }));
  const coast = { kind: "coast", file, attribution: undefined, dataDate: undefined } as const;
  const out = join(folder, `${name}.vigiepack`);
  expect(await makePack({ name, out, madeAtUnixMs, files: [coast] }, watch)).toMatchObject({ ok: true });
  expect(await importPack(out, dataFolder, watch)).toMatchObject({ ok: true });
}

/** What is shown, and where it says that it is from. */
async function shownCoast(): Promise<readonly unknown[]> {
  const reading = startReadingService({ log: () => undefined });
  const coast = createCoastStore({ folders: { data: dataFolder }, reading, bus: new StationBus() });
  await coast.load();
  const { source } = JSON.parse(coast.documentJson() ?? "{}") as { source?: unknown };
  return [source, coast.origin()];
}

it("the coast that is shown is the user's own, else that of the newest pack that can be read, else the built-in one", async () => {
  const builtIn = await shownCoast();
  expect(builtIn).toEqual([expect.stringMatching(/OpenStreetMap/), { kind: "built-in" }]);
  await importCoast("newest", 2000);
  await importCoast("older", 1000);
  expect(await shownCoast()).toEqual(["newest", { kind: "pack", pack: "newest" }]);
  truncateSync(join(dataFolder, "packs", "newest", "newest.geojson"), 10);
  expect(await shownCoast()).toEqual(["older", { kind: "pack", pack: "older" }]);
  const reading = startReadingService({ log: () => undefined });
  const store = createCoastStore({ folders: { data: dataFolder }, reading, bus: new StationBus() });
  const own = JSON.stringify({ type: "Polygon", name: "mine", coordinates: [ring] });
  expect(await store.replace(Buffer.from(own))).toMatchObject({ ok: true });
  expect(store.origin()).toEqual({ kind: "own" });
  expect(await shownCoast()).toEqual(["mine", { kind: "own" }]);
});
