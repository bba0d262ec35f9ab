import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makePack } from "../../station/packs/makePack.js";
import { importPack } from "../../station/packs/packStore.js";
import { groundFindings } from "./doctorGround.js";

const folder = mkdtempSync(path.join(tmpdir(), "vigie-doctor-"));
const at = (...names: readonly string[]): string => path.join(folder, ...names);
const ROOT = process.cwd();
const newFolder = (): string => mkdtempSync(at("new-"));
const WATCH = { shouldStop: () => false, onFile: () => undefined };

beforeAll(async () => {
  writeFileSync(
    at("line.geojson"),
    JSON.stringify({
      type: "LineString",
      coordinates: [
        [1.6, 50.7],
        [1.7, 50.8],
      ],
    }),
  );
  const files = [{ kind: "map", file: at("line.geojson"), attribution: "x", dataDate: undefined }] as const;
  for (const name of ["Opal", "Two words"])
    expect(
      await makePack({ name, out: at(`${name}.vigiepack`), madeAtUnixMs: Date.parse("2026-11-01"), files }, WATCH),
    ).toMatchObject({ ok: true });
});

async function imported(...names: readonly string[]): Promise<string> {
  const data = newFolder();
  for (const name of names) expect(await importPack(at(`${name}.vigiepack`), data, WATCH)).toMatchObject({ ok: true });
  return data;
}
const ofPacks = async (data: string) =>
  (await groundFindings(ROOT, data)).filter(({ what }) => what.startsWith("Area pack"));

describe("vigie doctor on the ground", () => {
  it("finds what is shipped, and no packs", async () => {
    const found = await groundFindings(ROOT, newFolder());
    expect(found.map(({ what, state, remedy }) => [what, state, remedy])).toEqual([
      ["Coast of the Channel", "good", undefined],
      ["Tide from Dieppe to Dunkirk", "good", undefined],
      ["Names of places of the Channel", "good", undefined],
      ["Area packs", "good", undefined],
    ]);
    expect(found[2]?.found).toMatch(/^missions\/places\/channel\.json, \d{2,} places$/);
  });

  it("says of tide and names that they are missing, or are no such file, and how to get them back", async () => {
    const root = newFolder();
    const missing = await groundFindings(root, newFolder());
    expect(missing.slice(0, 3)).toMatchObject([
      { state: "need", remedy: expect.stringContaining("git checkout missions/coast") },
      { state: "wish", found: expect.stringContaining("ENOENT"), remedy: expect.stringContaining("missions/tide") },
      { state: "wish", found: expect.stringContaining("ENOENT"), remedy: expect.stringContaining("missions/places") },
    ]);
    cpSync(path.join(ROOT, "missions/tide"), path.join(root, "missions/tide"), { recursive: true });
    mkdirSync(path.join(root, "missions/places"));
    writeFileSync(path.join(root, "missions/places/channel.json"), "{}");
    const [, tide, places] = await groundFindings(root, newFolder());
    expect(tide).toMatchObject({ state: "good" });
    expect(places).toMatchObject({ state: "wish", found: expect.stringMatching(/channel\.json: .+/) });
  });

  it("says which packs are whole", async () => {
    expect(await ofPacks(await imported("Opal", "Two words"))).toEqual([
      {
        what: "Area pack Opal",
        state: "good",
        found: expect.stringMatching(/^whole .*\(1 file, 0\.0 MB\)$/),
        remedy: undefined,
      },
      expect.objectContaining({ what: "Area pack Two words", state: "good" }),
    ]);
  });

  it("says which were touched since the import, and how to read them whole", async () => {
    const data = await imported("Two words");
    utimesSync(path.join(data, "packs", "Two words", "line.geojson"), 0, 0);
    expect(await ofPacks(data)).toMatchObject([
      {
        ...{ state: "wish", found: expect.stringMatching(/^touched: line\.geojson was written since it was imported/) },
        remedy: expect.stringContaining('npx vigie pack check "Two words"'),
      },
    ]);
  });

  it("says which are broken and why, and how to get them again", async () => {
    const data = await imported("Opal", "Two words");
    rmSync(path.join(data, "packs", "Opal", "line.geojson"));
    writeFileSync(path.join(data, "packs", "Two words", "manifest.json"), "{}");
    expect(await ofPacks(data)).toMatchObject([
      {
        ...{ state: "wish", found: "broken: line.geojson is missing from it" },
        remedy: expect.stringMatching(/pack import FILE\.vigiepack.*pack remove Opal$/),
      },
      { state: "wish", found: expect.stringMatching(/^broken: manifest\.json: format/) },
    ]);
  });
});
