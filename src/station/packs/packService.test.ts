/** Area packs as the screens ask for them. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync, zipSync } from "fflate";
import { afterEach, describe, expect, it } from "vitest";
import type { StationFailure } from "../../contract/failures.js";
import type { ReplyValue } from "../../contract/messages.js";
import type { PackRequest, PackUpdate } from "../../contract/packMessages.js";
import { validateFromUi } from "../../contract/validate.js";
import type { Result } from "../../core/result.js";
import type { CoastDocument } from "../../geo/coastDocument.js";
import type { AreaNeed } from "../../geo/pack/areaNeeds.js";
import { tilePointOf } from "../../geo/tiles/webMercator.js";
import { hgtFile } from "../../geo/terrain/testing/hgtFile.js";
import { startMapService } from "../maps/stationMaps.js";
import { writePmTiles } from "../maps/testing/tileFiles.js";
import { createPlacesStore } from "../placesStore.js";
import { startTerrainService } from "../terrain/stationTerrain.js";
import { createTideStore } from "../tideStore.js";
import { FakeClock } from "../../core/fakeClock.js";
import { createPackService } from "./packService.js";
import { importPack, listPacks } from "./packStore.js";

const NOON_MS = Date.parse("2026-12-01T12:00:00Z");
const COAST = JSON.parse(readFileSync("missions/coast/channel.json", "utf8")) as CoastDocument;
const BOX = { southDeg: 50.7, westDeg: 1.5, northDeg: 50.8, eastDeg: 1.7 };
const AREA = { kind: "box", bounds: BOX } as const;

/** Heights of 4 m south of 50.75 N, and none north of it. */
const HEIGHTS = hgtFile((northDeg) => (northDeg <= 0.75 + 1e-9 ? 4 : -32_768));

/** A map that states the whole world, and has one column of tiles at zoom 12: from 1.58 to 1.67 E. */
function mapIn(folder: string): string {
  const file = path.join(folder, "opal.pmtiles");
  const column = 2066;
  const rows = [1374, 1375, 1376, 1377].map((row) => ({ zoom: 12, column, row, bytes: Buffer.from("tile") }));
  writePmTiles(file, { tiles: rows, encoding: "png", metadata: { name: "Opal", attribution: "© OpenStreetMap" } });
  return file;
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open() {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "vigie-pack-service-"));
  const lines: string[] = [];
  const updates: PackUpdate[] = [];
  const log = (line: string): void => void lines.push(line);
  const [terrainFiles, mapFiles] = [[HEIGHTS, "/nowhere.tif"], [mapIn(dataFolder)]];
  const tide = createTideStore({ log, clock: new FakeClock() });
  const places = createPlacesStore({ log });
  await Promise.all([tide.load(), places.load()]);
  const terrain = startTerrainService({ files: terrainFiles, log, onRead: () => undefined });
  const maps = startMapService({ files: mapFiles, cacheFolder: dataFolder, log });
  const service = createPackService({
    ...{ dataFolder, log, unixMs: () => NOON_MS, publish: (update) => void updates.push(update) },
    sources: () => ({
      ...{ terrainFiles, mapFiles, terrain, maps, dataFolder },
      coast: { document: COAST, origin: { kind: "built-in" } },
      ...{ tides: tide.known(), places: places.known() },
    }),
  });
  opened.push(service.dispose, maps.dispose);
  const ask = (request: PackRequest) => service.answer(request);
  return { dataFolder, lines, updates, service, ask };
}
const needsOf = (answer: Result<ReplyValue, StationFailure>): readonly AreaNeed[] =>
  answer.ok && answer.value.kind === "area-needs" ? answer.value.needs : [];
const failed = (failure: object) => ({ ok: false, error: { kind: "pack", failure } });
const made = (dataFolder: string, name: string) => path.join(dataFolder, "made-packs", `${name}.vigiepack`);

describe("what an area needs", () => {
  it("is told with what is there of it: heights without their voids, maps without the tiles that they lack", async () => {
    const { ask } = await open();
    const needs = needsOf(await ask({ kind: "get-area-needs", area: AREA }));
    const told = needs.map(({ kind, state, coveredPercent, pieces }) => [
      ...[kind, state, coveredPercent],
      pieces.map(({ name, basis, isPackable }) => `${name} ${basis}${isPackable ? " packable" : ""}`).join(),
    ]);
    const tileWest = 2066 / 4096;
    // The share of the box that the one column of tiles covers, by hand: 360 / 4096 of 0.2 degrees.
    const [westDeg, eastDeg] = [tileWest * 360 - 180, (2067 / 4096) * 360 - 180];
    expect(tilePointOf({ latitudeDeg: 50.75, longitudeDeg: (westDeg + eastDeg) / 2 }, 12).column).toBeCloseTo(
      2066.5,
      6,
    );
    expect(told).toEqual([
      ["coast", "present", 100, `${COAST.source} bounds`],
      // Half of the box has heights; next to a void there is none.
      ["terrain", "partly", 50, "N50E001.hgt content packable"],
      ["map", "partly", Math.floor((100 * (eastDeg - westDeg)) / 0.2), "Opal content packable"],
      ["tide", "present", 100, "channel.json content"],
      ["names", "present", 100, "channel.json content"],
      ["zones", "missing", 0, ""],
    ]);
    expect(needs[2]?.pieces[0]).toMatchObject({ attribution: "© OpenStreetMap", zoom: { lookedAt: 12, deepest: 12 } });
  });

  it("is told along a stretch of coast, and refused where there is none", async () => {
    const { ask } = await open();
    const ends = {
      from: { latitudeDeg: 50.7264, longitudeDeg: 1.6147 },
      to: { latitudeDeg: 50.9581, longitudeDeg: 1.852 },
    };
    const stretch = { kind: "stretch", ...ends, landwardM: 3000, seawardM: 8000 } as const;
    const answer = await ask({ kind: "get-area-needs", area: stretch });
    expect(answer).toMatchObject({ ok: true, value: { kind: "area-needs", coastKm: expect.closeTo(55, -2) } });
    expect(needsOf(answer)[0]).toMatchObject({ kind: "coast", state: "present" });
    const inland = { ...stretch, to: { latitudeDeg: 50, longitudeDeg: 3 } };
    expect(await ask({ kind: "get-area-needs", area: inland })).toEqual(
      failed({ kind: "far-from-coast", which: "to" }),
    );
  });
});

describe("a pack made on a screen", () => {
  it("holds the chosen files, lies in a named place, and tells of its progress", async () => {
    const { ask, dataFolder, updates } = await open();
    const answer = await ask({
      kind: "make-pack",
      name: "Opal",
      area: AREA,
      pieceIds: ["terrain-0", "map-0", "coast"],
    });
    expect(answer).toMatchObject({
      ok: true,
      value: { kind: "pack", file: made(dataFolder, "Opal"), manifest: { name: "Opal", madeAtUnixMs: NOON_MS } },
    });
    const members = unzipSync(readFileSync(made(dataFolder, "Opal")));
    // The built-in coast comes with every installation.
    expect(Object.keys(members).toSorted()).toEqual(["N50E001.hgt", "manifest.json", "opal.pmtiles"]);
    expect(updates[0]?.work).toMatchObject({ what: "make", name: "Opal", bytesDone: 0 });
    const total = statSync(HEIGHTS).size + statSync(path.join(dataFolder, "opal.pmtiles")).size;
    expect(updates.map(({ work }) => work?.bytesTotal ?? total)).toEqual(updates.map(() => total));
    const done = updates.map(({ work }) => work?.bytesDone ?? total);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-2)).toBeGreaterThan(total / 2);
    expect(updates.at(-1)).toEqual({ kind: "pack-work", work: undefined });
  });

  it("is refused with a name that is taken or is none, and without files; nothing is written then", async () => {
    const { ask, dataFolder } = await open();
    mkdirSync(path.join(dataFolder, "made-packs"));
    writeFileSync(made(dataFolder, "Opal"), "older");
    const make = (name: string, pieceIds: readonly string[] = ["map-0"]) =>
      ask({ kind: "make-pack", name, area: AREA, pieceIds });
    expect(await make("Opal")).toEqual(failed({ kind: "name-taken", name: "Opal" }));
    expect(await make("../Opal")).toEqual({ ok: false, error: { kind: "bad-name", problem: "dot" } });
    expect(await make("New", ["coast", "map-7", "/etc/passwd"])).toEqual(failed({ kind: "nothing-chosen" }));
    expect(readdirSync(path.join(dataFolder, "made-packs"))).toEqual(["Opal.vigiepack"]);
    expect(readFileSync(made(dataFolder, "Opal"), "utf8")).toBe("older");
  });

  it("stopped, it leaves nothing; a second work at once is refused", async () => {
    const { ask, dataFolder, service, updates } = await open();
    const first = ask({ kind: "make-pack", name: "Opal", area: AREA, pieceIds: ["terrain-0", "map-0"] });
    await expect.poll(() => updates.length, { interval: 0 }).toBeGreaterThan(0);
    expect(service.snapshot().work).toMatchObject({ what: "make" });
    expect(await ask({ kind: "check-pack", name: "Opal" })).toEqual(failed({ kind: "busy" }));
    await ask({ kind: "stop-pack-work" });
    expect(await first).toEqual(failed({ kind: "stopped" }));
    expect(readdirSync(path.join(dataFolder, "made-packs"))).toEqual([]);
    expect(service.snapshot().work).toBeUndefined();
  });
});

/** A whole pack, as bytes. */
async function aPack(): Promise<Uint8Array> {
  const { ask, dataFolder } = await open();
  await ask({ kind: "make-pack", name: "Opal", area: AREA, pieceIds: ["terrain-0", "map-0"] });
  return readFileSync(made(dataFolder, "Opal"));
}
type Ask = Awaited<ReturnType<typeof open>>["ask"];
async function send(ask: Ask, file: Uint8Array, uploadId = "u1", partBytes = 10_000): Promise<unknown> {
  for (let offsetBytes = 0; ; offsetBytes += partBytes) {
    const bytes = new Uint8Array(file.subarray(offsetBytes, offsetBytes + partBytes));
    const answer = await ask({ kind: "put-pack-part", uploadId, totalBytes: file.length, offsetBytes, bytes });
    if (!answer.ok || offsetBytes + partBytes >= file.length) return answer;
  }
}
const packsIn = (dataFolder: string): readonly string[] => readdirSync(path.join(dataFolder, "packs"));

describe("a pack that a screen sends", () => {
  it("is shown before it is taken, and taken when a person says so", async () => {
    const { ask, dataFolder, service } = await open();
    const inside = { name: "Opal", files: [{ kind: "terrain" }, { kind: "map" }] };
    expect(await send(ask, await aPack())).toMatchObject({ ok: true, value: { kind: "pack", manifest: inside } });
    expect(await listPacks(dataFolder)).toEqual([]);
    expect(await ask({ kind: "import-pack", uploadId: "u1" })).toMatchObject({ ok: true, value: { manifest: inside } });
    expect(await service.states()).toMatchObject([{ name: "Opal", state: "whole", madeAtUnixMs: NOON_MS }]);
    expect(packsIn(dataFolder)).toEqual(["Opal"]);
    // It is taken once.
    expect(await ask({ kind: "import-pack", uploadId: "u1" })).toMatchObject({
      ok: false,
      error: { kind: "not-found" },
    });
  });

  it("leaves nothing when it is dropped, out of order, or followed by another", async () => {
    const { ask, dataFolder, service } = await open();
    const file = await aPack();
    await send(ask, file);
    expect(packsIn(dataFolder)).toHaveLength(1);
    await ask({ kind: "drop-pack", uploadId: "u1" });
    expect(packsIn(dataFolder)).toEqual([]);
    const part = { kind: "put-pack-part", uploadId: "u2", totalBytes: 100, bytes: new Uint8Array(10) } as const;
    expect(await ask({ ...part, offsetBytes: 0 })).toEqual({ ok: true, value: { kind: "done" } });
    for (const offsetBytes of [20, 10])
      expect(await ask({ ...part, offsetBytes })).toMatchObject({ ok: false, error: { kind: "bad-request" } });
    expect(packsIn(dataFolder)).toEqual([]);
    await ask({ ...part, offsetBytes: 0 });
    await ask({ ...part, uploadId: "u3", offsetBytes: 0 });
    expect(packsIn(dataFolder)).toHaveLength(1);
    expect(await ask({ ...part, offsetBytes: 10 })).toMatchObject({ ok: false });
    await service.dispose();
    expect(packsIn(dataFolder)).toEqual([]);
  });

  it("of two screens that send at once the later one stays, and nothing of the other", async () => {
    const { ask, dataFolder, service } = await open();
    const part = { kind: "put-pack-part", totalBytes: 20, bytes: new Uint8Array(10) } as const;
    const both = [0, 10].flatMap((offsetBytes) =>
      ["u1", "u2"].map((uploadId) => ask({ ...part, uploadId, offsetBytes })),
    );
    const answers = await Promise.all(both);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false, false]);
    // The second was whole, and no pack.
    expect(answers[3]).toEqual(failed({ kind: "no-pack" }));
    expect(packsIn(dataFolder)).toEqual([]);
    await service.dispose();
  });

  it.each<readonly [string, (whole: Uint8Array) => Uint8Array, object]>([
    ["no pack", () => Buffer.from("a picture of a beach"), { kind: "no-pack" }],
    ["half of one", (whole) => whole.subarray(0, whole.length / 2), { kind: "cut-off" }],
    [
      "one whose manifest lies about a file",
      (whole) => zipSync({ ...unzipSync(whole), "more.tif": new Uint8Array(9) }),
      { kind: "deceiving", name: "more.tif" },
    ],
    [
      "one with a path out of it",
      (whole) => zipSync({ ...unzipSync(whole), "../evil.tif": new Uint8Array(9) }),
      { kind: "deceiving", name: "../evil.tif" },
    ],
  ])("is refused when it is %s, and does not stay", async (_name, change, failure) => {
    const { ask, dataFolder } = await open();
    expect(await send(ask, change(await aPack()))).toEqual(failed(failure));
    expect(packsIn(dataFolder)).toEqual([]);
  });

  it("is refused at the import when a file in it is another, and the one that was there stays", async () => {
    const { ask, dataFolder, service } = await open();
    const file = await aPack();
    await send(ask, file);
    await ask({ kind: "import-pack", uploadId: "u1" });
    const members = unzipSync(file);
    const map = Buffer.from(members["opal.pmtiles"]!);
    map[map.length - 1]! ^= 1;
    await send(ask, zipSync({ ...members, "opal.pmtiles": map }), "u2");
    expect(await ask({ kind: "import-pack", uploadId: "u2" })).toEqual(
      failed({ kind: "file-differs", name: "opal.pmtiles" }),
    );
    expect(await service.states()).toMatchObject([{ name: "Opal", state: "whole" }]);
    expect(packsIn(dataFolder)).toEqual(["Opal"]);
  });

  it("one that is larger than the disk is refused with its first part", async () => {
    const { ask, dataFolder } = await open();
    const part = { kind: "put-pack-part", uploadId: "u", offsetBytes: 0, bytes: new Uint8Array(10) } as const;
    expect(await ask({ ...part, totalBytes: 1e18 })).toMatchObject(failed({ kind: "no-space", neededBytes: 2e18 }));
    expect(packsIn(dataFolder)).toEqual([]);
  });
});

describe("an imported pack", () => {
  it("is checked whole: a rotten bit is found, and shows from then on", async () => {
    const { ask, dataFolder, service } = await open();
    const file = path.join(dataFolder, "sent.vigiepack");
    writeFileSync(file, await aPack());
    await importPack(file, dataFolder, { shouldStop: () => false, onFile: () => undefined });
    expect(await ask({ kind: "check-pack", name: "Opal" })).toMatchObject({ ok: true, value: { kind: "pack" } });
    const map = path.join(dataFolder, "packs", "Opal", "opal.pmtiles");
    const bytes = readFileSync(map);
    bytes[200]! ^= 1;
    writeFileSync(map, bytes);
    expect(await service.states()).toMatchObject([{ state: "touched" }]);
    expect(await ask({ kind: "check-pack", name: "Opal" })).toEqual(
      failed({ kind: "file-differs", name: "opal.pmtiles" }),
    );
    expect(await service.states()).toMatchObject([{ state: "broken" }]);
    expect(await ask({ kind: "check-pack", name: "Other" })).toEqual(failed({ kind: "no-such-pack", name: "Other" }));
    expect(existsSync(map)).toBe(true);
  });
});

describe("requests about packs", () => {
  const valid: readonly PackRequest[] = [
    { kind: "get-area-needs", area: AREA },
    { kind: "make-pack", name: "a", area: AREA, pieceIds: ["map-0"] },
    { kind: "put-pack-part", uploadId: "u", totalBytes: 5, offsetBytes: 0, bytes: new Uint8Array(5) },
    { kind: "import-pack", uploadId: "u" },
    { kind: "drop-pack", uploadId: "u" },
    { kind: "check-pack", name: "a" },
    { kind: "stop-pack-work" },
  ];
  it.each(valid)("are taken: $kind", (request) => {
    expect(validateFromUi({ kind: "request", requestId: 1, request })).toMatchObject({ ok: true });
  });
  const part = { kind: "put-pack-part", uploadId: "u", offsetBytes: 0 };
  it.each([
    ["off the earth", { kind: "get-area-needs", area: { kind: "box", bounds: { ...BOX, northDeg: 91 } } }],
    ["a pack of 5 GB", { ...part, totalBytes: 5e9, bytes: new Uint8Array(5) }],
    ["a part of 9 MB", { ...part, totalBytes: 5, bytes: new Uint8Array(9e6) }],
    ["with more", { kind: "check-pack", name: "a", more: 1 }],
  ])("are refused: %s", (_name, request) => {
    expect(validateFromUi({ kind: "request", requestId: 1, request })).toMatchObject({ ok: false });
  });
});
