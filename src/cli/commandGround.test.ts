/** Commands without a station use imported packs as `vigie start` does, and say which file answered. */
import { copyFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { aGeoTiff } from "../io/geoTiff/testing/tiffBytes.js";
import { makePack } from "../station/packs/makePack.js";
import { importPack } from "../station/packs/packStore.js";
import { runCheck } from "./checkCommand.js";
import { nodeIo } from "./commandIo.js";
import { runWhere } from "./whereCommand.js";

const NOON_MS = Date.parse("2026-12-01T12:00:00Z");
const folder = mkdtempSync(path.join(tmpdir(), "vigie-command-ground-"));
const at = (name: string): string => path.join(folder, name);
const DATA = at("data");
/** Heights 0 to 11 from 50.8 N 1.7 E to 50.74 N 1.74 E, all on land. */
writeFileSync(at("inland.tif"), aGeoTiff([{ tag: 33_922, type: "double", values: [0, 0, 0, 1.7, 50.8, 0] }]));
copyFileSync(at("inland.tif"), at("given.tif"));
/** Brest, with the tide of Boulogne: no place of the files that are shipped. */
const brest = { latitudeDeg: 48.38, longitudeDeg: -4.49 };
const shipped = JSON.parse(readFileSync("missions/tide/channel.json", "utf8")) as { ports: { name: string }[] };
const boulogne = shipped.ports.find(({ name }) => name === "Boulogne");
const brittany = [{ id: "brittany", line: [brest, { latitudeDeg: 48.4, longitudeDeg: -4.8 }] }];
writeFileSync(
  at("tide.json"),
  JSON.stringify({
    ...{ attribution: "SHOM", chartDatum: "LAT", coasts: brittany },
    ports: [{ ...boulogne, name: "Brest", nameIn: {}, coast: "brittany", position: brest }],
  }),
);
const place = { name: "Brest", kind: "city", population: 140_000, position: brest, isApproximate: false };
writeFileSync(at("names.json"), JSON.stringify({ attribution: "GeoNames", places: [place] }));

const watch = { shouldStop: () => false, onFile: () => undefined };
async function imported(
  name: string,
  kinds: readonly (readonly ["terrain" | "tide" | "names", string])[],
  data: string,
) {
  const files = kinds.map(([kind, file]) => ({ kind, file: at(file), attribution: "x", dataDate: undefined }));
  const out = at(`${name}.vigiepack`);
  expect(await makePack({ name, out, madeAtUnixMs: NOON_MS, files }, watch)).toMatchObject({ ok: true });
  expect(await importPack(out, data, watch)).toMatchObject({ ok: true });
}
beforeAll(async () => {
  await imported("Inland", [["terrain", "inland.tif"]], DATA);
  await imported(
    "Brest",
    [
      ["tide", "tide.json"],
      ["names", "names.json"],
    ],
    DATA,
  );
});

async function where(words: readonly string[], dataFolder: string | undefined = DATA) {
  const [out, log]: [string[], string[]] = [[], []];
  const io = { ...nodeIo, stdout: (line: string) => out.push(line), stderr: (line: string) => log.push(line) };
  const status = await runWhere(words, io, NOON_MS, dataFolder);
  return { status, out, log };
}
const json = async (words: readonly string[], dataFolder?: string) =>
  JSON.parse((await where([...words, "--json"], dataFolder)).out.join("")) as Record<string, unknown>;

describe("vigie where", () => {
  it("takes heights of an imported pack, and says which file of which pack answered", async () => {
    expect(await json(["50.75,1.735"])).toMatchObject({
      ...{ source: "inland.tif", sourcePack: "Inland", heightAmslM: expect.closeTo(11, 5) },
    });
    expect((await where(["50.75,1.735"])).out[0]).toMatch(/, from inland\.tif \(pack Inland\)$/);
  });

  it("leaves them out when it is told to", async () => {
    const place = await json(["50.75,1.735", "--no-packs"]);
    expect(place).toMatchObject({ source: "ETOPO5" });
    expect(place).not.toHaveProperty("sourcePack");
    expect(await json(["48.39,-4.5", "--no-packs"])).not.toHaveProperty("tideM");
  });

  it("a file that is named is not said to be of a pack", async () => {
    const place = await json(["50.75,1.735", "--terrain", at("given.tif")]);
    expect(place).toMatchObject({ source: "given.tif" });
    expect(place).not.toHaveProperty("sourcePack");
  });

  it("knows the tide and the names of a pack where those that are shipped end, and still knows those", async () => {
    expect(await json(["48.39,-4.5"])).toMatchObject({
      ...{ tide: { ports: [{ name: "Brest" }] }, nearestPlace: { name: "Brest" } },
    });
    expect(await json(["50.72738,1.57766"])).toMatchObject({ tide: { ports: [{ name: "Boulogne" }] } });
    expect(await json(["50.8953,1.65263"])).toMatchObject({ nearestPlace: { name: "Wissant" } });
  });

  it("says that a pack is broken, and answers without it", async () => {
    const data = at("broken-data");
    await imported("Inland", [["terrain", "inland.tif"]], data);
    truncateSync(path.join(data, "packs", "Inland", "inland.tif"), 5);
    const { status, out, log } = await where(["50.75,1.735"], data);
    expect(status).toBe(0);
    expect(log).toEqual([expect.stringMatching(/^vigie where: pack Inland: inland\.tif in it has 5 bytes/)]);
    expect(out[0]).toContain("from ETOPO5");
  });
});

describe("vigie check", () => {
  const item = (latitudeDeg: number, longitudeDeg: number, heightM: number) => ({
    ...{ type: "SimpleItem", command: 16, frame: 3, autoContinue: true, doJumpId: 1 },
    params: [0, 0, 0, null, latitudeDeg, longitudeDeg, heightM],
  });
  const home = [50.795, 1.705, 0];
  writeFileSync(
    at("low.plan"),
    JSON.stringify({
      ...{
        fileType: "Plan",
        version: 1,
        groundStation: "QGroundControl",
        geoFence: { version: 2, polygons: [], circles: [] },
      },
      rallyPoints: { version: 2, points: [] },
      mission: {
        ...{ version: 2, firmwareType: 3, vehicleType: 2, cruiseSpeed: 15, hoverSpeed: 5, plannedHomePosition: home },
        items: [item(50.79, 1.705, 3), item(50.75, 1.735, 3)],
      },
    }),
  );
  async function check(...words: readonly string[]) {
    const [out, log]: [string[], string[]] = [[], []];
    const io = { ...nodeIo, stdout: (line: string) => out.push(line), stderr: (line: string) => log.push(line) };
    await runCheck([at("low.plan"), "--json", ...words], io, DATA);
    const { findings } = JSON.parse(out.join("")) as { findings: { kind: string }[] };
    return { kinds: findings.map(({ kind }) => kind), log };
  }

  it("judges a plan over the heights of imported packs, and names them", async () => {
    const [packed, bare] = [await check(), await check("--no-packs")];
    expect(packed.log).toEqual(["vigie check: heights of inland.tif (pack Inland)"]);
    expect(bare.log).toEqual([]);
    expect(packed.kinds).toEqual((await check("--no-packs", "--terrain", at("given.tif"))).kinds);
    expect(packed.kinds).not.toEqual(bare.kinds);
  });
});
