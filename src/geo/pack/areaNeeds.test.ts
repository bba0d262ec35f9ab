import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { createCoast } from "../coast.js";
import type { CoastDocument } from "../coastDocument.js";
import { destination, geodesicDistanceM } from "../geodesic.js";
import { at, coastOf, rectangle, straightCoast } from "../testing/coasts.js";
import { type GeoBounds, isInBounds } from "../tiles/geoBounds.js";
import { areaNeeds, type GroundPiece, type NeedKind } from "./areaNeeds.js";
import { groundArea } from "./askedArea.js";
import type { GroundArea } from "./groundArea.js";

const NOW_MS = Date.parse("2026-12-01T12:00:00Z");
const BOX: GeoBounds = { southDeg: 50.7, westDeg: 1.5, northDeg: 50.8, eastDeg: 1.7 };
const areaOf = (bounds = BOX): GroundArea => {
  const area = groundArea({ kind: "box", bounds }, undefined);
  if (!area.ok) throw new Error(area.error.kind);
  return area.value;
};
const piece = (id: string, bounds: GeoBounds, change: Partial<GroundPiece> = {}): GroundPiece => ({
  ...{ id, kind: "terrain", name: id, pack: undefined, dataDate: undefined, attribution: undefined },
  ...{ sizeBytes: 1, resolutionM: 5, basis: "bounds", zoom: undefined, isPackable: true },
  knows: (place) => isInBounds(bounds, place),
  ...change,
});
const needOf = (pieces: readonly GroundPiece[], kind: NeedKind = "terrain", area = areaOf()) => {
  const need = areaNeeds(area, pieces, NOW_MS).find((one) => one.kind === kind);
  if (!need) throw new Error(kind);
  return need;
};

describe("what is there of an area", () => {
  it("is said of every kind of need, also of those that nothing is there for", () => {
    expect(areaNeeds(areaOf(), [], NOW_MS)).toEqual(
      ["coast", "terrain", "map", "tide", "names", "zones"].map((kind) => ({
        ...{ kind, state: "missing", coveredPercent: 0, pieces: [] },
      })),
    );
  });

  it("is all of it with a file of just these bounds, and not with one that ends a metre short", () => {
    expect(needOf([piece("all", BOX)])).toMatchObject({ state: "present", coveredPercent: 100 });
    expect(needOf([piece("short", { ...BOX, eastDeg: BOX.eastDeg - 1e-5 })])).toMatchObject({
      ...{ state: "partly", coveredPercent: 99 },
    });
  });

  it("is the share of two files together, of which what both have counts once", () => {
    const west = piece("west", { ...BOX, eastDeg: 1.6 });
    const middle = piece("middle", { ...BOX, westDeg: 1.55, eastDeg: 1.65 });
    expect(needOf([west, middle])).toMatchObject({
      ...{ state: "partly", coveredPercent: 75 },
      pieces: [
        { name: "west", coveredPercent: 50 },
        { name: "middle", coveredPercent: 50 },
      ],
    });
    expect(needOf([west, piece("east", { ...BOX, westDeg: 1.6 })])).toMatchObject({ state: "present" });
  });

  it("counts the shares of the area equally from south to north", () => {
    // By area, the half of a box from 60 to 70 N lies south of asin((sin 60 + sin 70) / 2) = 64.5 N.
    const high = areaOf({ southDeg: 60, westDeg: 0, northDeg: 70, eastDeg: 5 });
    const half = piece("half", { southDeg: 60, westDeg: 0, northDeg: 64.515, eastDeg: 5 });
    expect(needOf([half], "terrain", high).coveredPercent).toBe(50);
    // 0.5 x R2 x 5 degrees x (sin 70 - sin 60), by hand.
    expect(high.areaKm2).toBeCloseTo(6371.007 ** 2 * ((5 * Math.PI) / 180) * 0.073_667_2, -2);
  });

  it("says little as 1 %, and leaves out what is of another place", () => {
    const corner = piece("corner", { ...BOX, eastDeg: 1.5001, northDeg: 50.7001 });
    const away = piece("away", { southDeg: 10, westDeg: 10, northDeg: 11, eastDeg: 11 });
    expect(needOf([corner, away])).toMatchObject({ coveredPercent: 1, pieces: [{ name: "corner" }] });
  });

  it("is old where it is whole only with old data; a year alone counts from its first day", () => {
    const dated = (id: string, dataDate: string, bounds = BOX) => piece(id, bounds, { dataDate });
    expect(needOf([dated("old", "2016")])).toMatchObject({ state: "old", pieces: [{ isOld: true }] });
    expect(needOf([dated("young", "2016-12-02")])).toMatchObject({ state: "present", pieces: [{ isOld: false }] });
    expect(needOf([dated("old", "2010"), dated("young", "2025", { ...BOX, eastDeg: 1.6 })]).state).toBe("old");
    expect(needOf([dated("old", "2010"), dated("young", "2025")]).state).toBe("present");
    expect(needOf([piece("map", BOX, { kind: "map", dataDate: "2023-11" })], "map").state).toBe("old");
    expect(needOf([piece("undated", BOX)])).toMatchObject({ state: "present", pieces: [{ ageYears: undefined }] });
  });

  it("what comes over the network is listed and counts as nothing", () => {
    const online = piece("server", BOX, { kind: "map", basis: "online" });
    expect(needOf([online], "map")).toMatchObject({
      state: "missing",
      coveredPercent: 0,
      pieces: [{ name: "server" }],
    });
  });

  it("an area across the antimeridian is one area", () => {
    const fiji = areaOf({ southDeg: -17, westDeg: 179.5, northDeg: -16, eastDeg: -179.5 });
    const east = piece("east", { southDeg: -17, westDeg: -180, northDeg: -16, eastDeg: -179.5 });
    expect(needOf([east], "terrain", fiji).coveredPercent).toBe(50);
  });

  it.each([
    [{ ...BOX, eastDeg: BOX.westDeg }, "area-too-small"],
    [{ ...BOX, northDeg: BOX.southDeg - 1 }, "area-too-small"],
    [{ ...BOX, eastDeg: 30 }, "area-too-large"],
  ] as const)("no area: %j", (bounds, kind) => {
    expect(groundArea({ kind: "box", bounds }, undefined)).toEqual({ ok: false, error: { kind } });
  });
});

describe("a stretch of coast", () => {
  const straight = createCoast(straightCoast());
  const asked = { kind: "stretch", from: at(50.7, 1.62), to: at(50.8, 1.58), landwardM: 1000, seawardM: 3000 } as const;

  it("is the strip along the waterline, as wide over land and over sea as was asked", () => {
    const area = groundArea(asked, straight);
    if (!area.ok) throw new Error(area.error.kind);
    const { samples, coastKm = 0, areaKm2, bounds } = area.value;
    // By GeographicLib along the meridian of the waterline; the edges of the line are a kilometre long.
    const lengthKm = geodesicDistanceM(at(50.7, 1.6), at(50.8, 1.6)) / 1000;
    expect(Math.abs(coastKm - lengthKm)).toBeLessThan(2);
    const offs = samples.map((place) => geodesicDistanceM(place, at(place.latitudeDeg, 1.6)));
    samples.forEach((place, i) => expect(offs[i]).toBeLessThan(place.longitudeDeg > 1.6 ? 1010 : 3030));
    expect(Math.max(...offs)).toBeGreaterThan(2850);
    // Without the round ends: 4 km wide.
    expect(areaKm2).toBeGreaterThan(4 * coastKm * 0.97);
    expect(areaKm2).toBeLessThan(4 * coastKm + (Math.PI / 2) * (9 + 1) + 1);
    expect(isInBounds(bounds, destination(at(50.75, 1.6), 270, 2900))).toBe(true);
  });

  it("follows a real coast: from Boulogne to Calais round the capes", () => {
    const text = readFileSync("missions/coast/channel.json", "utf8");
    const coast = createCoast(JSON.parse(text) as CoastDocument);
    const ends = { from: at(50.7264, 1.6147), to: at(50.9581, 1.852) };
    const area = groundArea({ kind: "stretch", ...ends, landwardM: 3000, seawardM: 8000 }, coast);
    if (!area.ok) throw new Error(area.error.kind);
    // 33 km as the crow flies; the coast path is about 45 km, and the harbours' moles come on top.
    expect(area.value.coastKm).toBeGreaterThan(40);
    expect(area.value.coastKm).toBeLessThan(75);
    const griNez = at(50.8706, 1.585);
    const nearest = Math.min(...area.value.samples.map((place) => geodesicDistanceM(place, griNez)));
    expect(nearest).toBeLessThan(700);
    expect(area.value.samples.length).toBeGreaterThan(600);
  });

  it.each([
    ["without a coast", asked, undefined, { kind: "no-coast" }],
    ["from far inland", { ...asked, from: at(50.7, 1.9) }, straight, { kind: "far-from-coast", which: "from" }],
    ["to far inland", { ...asked, to: at(50.7, 1.9) }, straight, { kind: "far-from-coast", which: "to" }],
    ["of no length", { ...asked, to: asked.from }, straight, { kind: "same-place" }],
    [
      "to an island",
      { ...asked, to: at(50.8, 1.47) },
      createCoast(
        coastOf([
          { outline: rectangle(1.6, 50.6, 1.8, 50.9), holes: [] },
          { outline: rectangle(1.45, 50.79, 1.48, 50.81), holes: [] },
        ]),
      ),
      { kind: "other-coast" },
    ],
  ] as const)("is none %s", (_name, stretch, coast, error) => {
    expect(groundArea(stretch, coast)).toEqual({ ok: false, error });
  });
});
