import { describe, expect, it } from "vitest";
import { areaAround } from "./packArea.js";
import { packManifestText, readPackManifest, type PackManifest } from "./packManifest.js";

const FILE = {
  path: "calais.pmtiles",
  kind: "map",
  sizeBytes: 12,
  sha256: "0123456789abcdef".repeat(4),
  attribution: "© OpenStreetMap contributors",
  dataDate: "2026-10",
} as const;
const MANIFEST: PackManifest = {
  name: "Opal coast",
  area: { southDeg: 50.5, westDeg: 1.5, northDeg: 51.1, eastDeg: 2.6 },
  madeAtUnixMs: Date.UTC(2026, 11, 1, 12),
  files: [FILE, { ...FILE, path: "N50E001.hgt", kind: "terrain", dataDate: undefined }],
};

const withMembers = (members: object): string =>
  JSON.stringify({ ...(JSON.parse(packManifestText(MANIFEST)) as object), ...members });
const withFile = (members: object): string => withMembers({ files: [{ ...FILE, ...members }] });

describe("the manifest of a pack", () => {
  it("is read as it was written", () => {
    expect(readPackManifest(packManifestText(MANIFEST), "p")).toEqual({ ok: true, value: MANIFEST });
    expect(packManifestText(MANIFEST)).toContain('"madeAt": "2026-12-01T12:00:00.000Z"');
  });

  it.each([
    ...[
      "../a",
      "a/b",
      "a\\b",
      "/etc/passwd",
      "C:a",
      "C:\\a",
      "a\0b",
      "..",
      ".",
      "",
      " a",
      "con",
      "aux.hgt",
      ".hidden",
      "a\u202eb",
    ],
    7,
  ])("refuses a path that is no plain file name: %j", (path) => {
    expect(readPackManifest(withFile({ path }), "p")).toMatchObject({ ok: false, error: { where: "files[0].path" } });
    expect(readPackManifest(withMembers({ name: path }), "p")).toMatchObject({ ok: false, error: { where: "name" } });
  });

  it.each([
    [{ kind: "program" }, "kind"],
    [{ sizeBytes: 0 }, "sizeBytes"],
    [{ sizeBytes: 1.5 }, "sizeBytes"],
    [{ sizeBytes: -1 }, "sizeBytes"],
    [{ sizeBytes: "12" }, "sizeBytes"],
    [{ sizeBytes: 10e9 }, "sizeBytes"],
    [{ sizeBytes: 2 ** 30 + 1, kind: "terrain" }, "sizeBytes"],
    [{ sha256: "ABC" }, "sha256"],
    [{ sha256: FILE.sha256.toUpperCase() }, "sha256"],
    [{ attribution: "" }, "attribution"],
    [{ attribution: "a\nb" }, "attribution"],
    [{ attribution: "\u001b[2J" }, "attribution"],
    [{ dataDate: "yesterday" }, "dataDate"],
    [{ dataDate: "2026-13" }, "dataDate"],
  ])("refuses a file with %j", (members, member) => {
    expect(readPackManifest(withFile(members), "p")).toMatchObject({
      ok: false,
      error: { kind: "bad-file", path: "p", where: `files[0].${member}` },
    });
  });

  it.each([
    [{ format: "zip" }, "format"],
    [{ version: 2 }, "version"],
    [{ area: { southDeg: 51, westDeg: 1, northDeg: 50, eastDeg: 2 } }, "area"],
    [{ area: undefined }, "area"],
    [{ madeAt: "today" }, "madeAt"],
    [{ madeAt: "2026-99-01T12:00:00Z" }, "madeAt"],
    [{ files: [] }, "files"],
    [{ files: [null] }, "files[0]"],
    [{ files: [FILE, { ...FILE, path: "Calais.PMTiles" }] }, "files[1].path"],
    [{ files: [{ ...FILE, path: "Manifest.json" }] }, "files[0].path"],
    [{ files: ["a", "b"].map((path) => ({ ...FILE, path, sizeBytes: 2.5e9 })) }, "files"],
    [{ files: Array.from({ length: 501 }, (_, i) => ({ ...FILE, path: `${i}` })) }, "files"],
  ])("refuses %j", (members, where) => {
    expect(readPackManifest(withMembers(members), "p")).toMatchObject({ ok: false, error: { where } });
  });

  it("refuses what is no JSON", () => {
    expect(readPackManifest("PK", "p")).toMatchObject({ ok: false, error: { kind: "bad-file" } });
  });
});

describe("the area of a pack", () => {
  const box = (westDeg: number, eastDeg: number) => ({ southDeg: 50, northDeg: 51, westDeg, eastDeg });
  const whole = { southDeg: -90, northDeg: 90, westDeg: -180, eastDeg: 180 };
  it.each([
    [[box(1, 2), { ...box(1.5, 3), southDeg: 49 }], { ...box(1, 3), southDeg: 49 }],
    [[box(1, 2), whole], box(1, 2)],
    [[whole], whole],
    [[], whole],
    [[box(179, -179), box(-179.5, -178)], box(179, -178)],
    [[box(-179, -178), box(179, 180)], box(179, -178)],
  ])("around %j", (all, area) => {
    expect(areaAround(all)).toEqual(area);
  });
});
