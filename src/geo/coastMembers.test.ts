import { describe, expect, it } from "vitest";
import { COAST_DOCUMENT_CHARS_MAX, checkedCoastDocument } from "./coastDocumentCheck.js";
import { coastFromGeoJson } from "./coastFromGeoJson.js";
import { lineProblem } from "./coastLimits.js";
import { at, coastOf, rectangle } from "./testing/coasts.js";

const ring = [
  [1.5, 50.6],
  [1.6, 50.6],
  [1.6, 50.7],
];
const read = (members: object = {}) =>
  coastFromGeoJson(JSON.stringify({ type: "Polygon", coordinates: [ring], ...members }), "mine.geojson");
const documentOf = (members: object = {}) => {
  const document = read(members);
  if (!document.ok) throw new Error(document.error.problem);
  return document.value;
};
const mistakeIn = (members: object) => {
  const document = read(members);
  return document.ok ? undefined : document.error;
};

describe("what a coast line of one's own says about itself", () => {
  it("nothing: it is yours, named by its file", () => {
    expect(documentOf()).toEqual({
      ...{ attribution: "your own coast line", source: "mine.geojson", licence: "not stated", date: "not stated" },
      error: { medianM: 43, p90M: 118, worstM: 466 },
      box: { westDeg: 1.5, eastDeg: 1.6, southDeg: 50.6, northDeg: 50.7 },
      land: [{ outline: [at(50.6, 1.5), at(50.6, 1.6), at(50.7, 1.6)], holes: [] }],
      harbours: [],
      relief: undefined,
    });
  });

  it("its words are shown, shortened to 200 letters; empty ones and what is no text are not", () => {
    expect(documentOf({ attribution: "A", name: "N", licence: "L", date: "D" })).toMatchObject({
      ...{ attribution: "A", source: "N", licence: "L", date: "D" },
    });
    expect(documentOf({ attribution: "", name: 5, licence: null, date: "x".repeat(300) })).toMatchObject({
      ...{ attribution: "your own coast line", source: "mine.geojson", licence: "not stated", date: "x".repeat(200) },
    });
  });

  it.each([
    [{ medianM: 0, p90M: 0, worstM: 0 }, true],
    [{ medianM: 2, p90M: 2, worstM: 2 }, true],
    [{ medianM: 2, p90M: 5, worstM: 99_999 }, true],
    [{ medianM: 2, p90M: 5, worstM: 100_000 }, false],
    [{ medianM: 5, p90M: 2, worstM: 9 }, false],
    [{ medianM: 2, p90M: 9, worstM: 5 }, false],
    [{ medianM: -1, p90M: 2, worstM: 5 }, false],
    [{ medianM: "1", p90M: 2, worstM: 5 }, false],
    [{ medianM: 1, p90M: 2 }, false],
    [{ medianM: 1, worstM: 2 }, false],
    [null, false],
    [[1, 2, 3], false],
  ])("its error %j: believed %s", (error, isGood) => {
    if (isGood) expect(documentOf({ "vigie:error": error }).error).toEqual(error);
    else
      expect(mistakeIn({ "vigie:error": error })).toEqual({
        ...{ kind: "bad-file", path: "mine.geojson", where: "vigie:error" },
        problem: "medianM ≤ p90M ≤ worstM in metres were expected",
      });
  });

  it.each<readonly [unknown, boolean]>([
    [[1, 50, 2, 51], true],
    [[1, 50, 6, 55], true],
    [[-180, -90, -176, -86], true],
    [[176, 86, 180, 90], true],
    [[1, 50, 6.1, 51], false],
    [[1, 50, 2, 55.1], false],
    [[2, 50, 1, 51], false],
    [[1, 51, 2, 50], false],
    [[1, 50, 1, 51], false],
    [[1, 50, 2, 50], false],
    [[-181, 50, -179, 51], false],
    [[179, 50, 181, 51], false],
    [[1, -91, 2, -89], false],
    [[1, 89, 2, 91], false],
    [[1, 50, 2], false],
    [[1, 50, 2, 51, 3], false],
    [["1", 50, 2, 51], false],
    [[1, 50, 2, "51"], false],
    ["1,50,2,51", false],
    [null, false],
  ])("where it is valid, %j: %s", (bbox, isGood) => {
    if (!isGood) {
      expect(mistakeIn({ bbox })?.where).toBe("bbox");
      return;
    }
    const { westDeg, southDeg, eastDeg, northDeg } = documentOf({ bbox }).box;
    expect([westDeg, southDeg, eastDeg, northDeg]).toEqual(bbox);
  });

  it("an area larger than five degrees has no box to blame", () => {
    const wide = [[1, 50], [6.1, 50], [6, 51]]; // prettier-ignore
    expect(mistakeIn({ coordinates: [wide] })).toMatchObject({
      ...{ where: undefined, problem: "larger than 5 degrees; cut it to the area you fly" },
    });
    expect(documentOf({ coordinates: [[[1, 50], [6, 50], [6, 55]]] }).box.eastDeg).toBe(6); // prettier-ignore
  });

  it.each<readonly [object, string | undefined, string]>([
    [{ type: "LineString" }, undefined, "not LineString: a line does not say on which side the land is"],
    [{ type: "MultiLineString" }, undefined, "not MultiLineString: a line does not say"],
    [{ type: "Point" }, undefined, "land must be Polygon or MultiPolygon, not Point"],
    [{ type: "MultiPolygon", coordinates: 5 }, "coordinates", "a list of polygons was expected"],
    [{ type: "MultiPolygon", coordinates: [[ring], 5] }, "coordinates[1]", "a polygon without rings"],
    [{ type: "MultiPolygon", coordinates: [[ring], [ring.slice(1)]] }, "coordinates[1][0]", "3 corners"],
    [{ type: "MultiPolygon", coordinates: [] }, undefined, "there is no land area in it"],
    [{ coordinates: [] }, "coordinates", "a polygon without rings"],
    [{ type: "Feature", geometry: { type: "Polygon", coordinates: [[]] } }, "geometry.coordinates[0]", "3 corners"],
  ])("%j is refused with its place", (members, where, problem) => {
    expect(mistakeIn(members)).toMatchObject({ where, problem: expect.stringContaining(problem) });
    expect(mistakeIn({ type: "Point" })?.problem).not.toContain("side");
  });
});

describe("how much of a line can be worked with", () => {
  it("a hundred thousand corners, those of the holes included", () => {
    // Far apart from each other, so that only their number counts.
    const areas = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        outline: rectangle(i * 1e-3, i * 1e-3, i * 1e-3 + 1e-4, i * 1e-3 + 1e-4),
        holes: [rectangle(i * 1e-3 + 2e-5, i * 1e-3 + 2e-5, i * 1e-3 + 3e-5, i * 1e-3 + 3e-5)],
      }));
    expect(lineProblem(areas(12_500))).toBeUndefined();
    expect(lineProblem(areas(12_501))).toBe("more than 100000 corners: simplify the line");
  });

  /** Two combs of n teeth each, one lying, one upright: every tooth crosses every other one four times. */
  const weave = (countOfUpright: number, countOfLying: number) => [
    ...Array.from({ length: countOfUpright }, (_, i) => ({ outline: rectangle(i, -1, i + 0.5, 200), holes: [] })),
    ...Array.from({ length: countOfLying }, (_, i) => ({ outline: rectangle(-1, i, 200, i + 0.5), holes: [] })),
  ];
  it("a thousand crossings, as overlapping areas have them", () => {
    expect(lineProblem(weave(10, 25))).toBeUndefined();
    expect(lineProblem(weave(11, 25))).toBe("the line crosses itself more than 1000 times");
    // Holes cross too.
    const holes = weave(11, 25).map(({ outline }) => outline);
    expect(lineProblem([{ outline: rectangle(-2, -2, 201, 201), holes }])).toContain("crosses itself");
  });

  it("edges that only touch, as neighbours do, are no crossings", () => {
    const chequered = Array.from({ length: 900 }, (_, i) => {
      const [x, y] = [i % 30, Math.floor(i / 30)];
      return { outline: rectangle(x, y, x + 1, y + 1), holes: [] };
    });
    expect(lineProblem(chequered)).toBeUndefined();
  });

  it("crossings are found whichever way the edges run", () => {
    const lying = Array.from({ length: 30 }, (_, i) => rectangle(-1, i, 200, i + 0.5));
    const slanted = Array.from({ length: 10 }, (_, i) => [
      at(-1, i),
      at(-1, i + 0.2),
      at(200, i + 1.5),
      at(200, i + 1),
    ]);
    for (const turn of [false, true]) {
      const rings = [...lying, ...slanted].map((one) => (turn ? [...one].reverse() : one));
      expect(lineProblem(rings.map((outline) => ({ outline, holes: [] })))).toContain("crosses itself");
    }
    const apart = slanted.map((one) => one.map(({ latitudeDeg, longitudeDeg }) => at(latitudeDeg, longitudeDeg + 300)));
    const rings = [...lying, ...apart];
    expect(lineProblem(rings.map((outline) => ({ outline, holes: [] })))).toBeUndefined();
  });
});

describe("a kept coast document read back", () => {
  const kept = JSON.parse(JSON.stringify(coastOf([{ outline: rectangle(1.5, 50.6, 1.6, 50.7), holes: [rectangle(1.52, 50.62, 1.53, 50.63)] }]))); // prettier-ignore
  const whereOf = (change: object) => {
    const checked = checkedCoastDocument(JSON.stringify({ ...kept, ...change }), "coast.json");
    return checked.ok ? "good" : checked.error.where;
  };
  const corner = (latitudeDeg: unknown, longitudeDeg: unknown) => ({
    land: [{ outline: [...rectangle(1.5, 50.6, 1.6, 50.7), { latitudeDeg, longitudeDeg }], holes: [] }],
  });

  it.each<readonly [object, string]>([
    [{}, "good"],
    [{ relief: null }, "good"],
    [{ relief: 0 }, "relief"],
    [{ harbours: {} }, "harbours"],
    [{ harbours: [{}] }, "harbours"],
    [{ attribution: undefined }, "attribution"],
    [{ licence: 1 }, "licence"],
    [{ date: null }, "date"],
    [{ source: "x".repeat(1000) }, "good"],
    [{ source: "x".repeat(1001) }, "source"],
    [{ error: { medianM: 0, p90M: 1e5, worstM: 1e5 } }, "good"],
    [{ error: { medianM: -1, p90M: 2, worstM: 3 } }, "error"],
    [{ error: { medianM: 1, p90M: 100_001, worstM: 3 } }, "error"],
    [{ error: { medianM: 1, p90M: 2, worstM: "3" } }, "error"],
    [{ error: [] }, "error"],
    [{ error: null }, "error"],
    [{ box: { westDeg: -180, eastDeg: 180, southDeg: -90, northDeg: 90 } }, "good"],
    [{ box: { westDeg: -181, eastDeg: 180, southDeg: -90, northDeg: 90 } }, "box"],
    [{ box: { westDeg: -180, eastDeg: 181, southDeg: -90, northDeg: 90 } }, "box"],
    [{ box: { westDeg: -180, eastDeg: 180, southDeg: -91, northDeg: 90 } }, "box"],
    [{ box: { westDeg: -180, eastDeg: 180, southDeg: -90, northDeg: 91 } }, "box"],
    [{ land: {} }, "land"],
    [{ land: [] }, "land"],
    [{ land: [null] }, "land"],
    [{ land: [{ outline: rectangle(1, 50, 2, 51).slice(2), holes: [] }] }, "land"],
    [{ land: [{ outline: rectangle(1, 50, 2, 51).slice(1), holes: [] }] }, "good"],
    [{ land: [{ outline: rectangle(1, 50, 2, 51), holes: [rectangle(1, 50, 2, 51).slice(2)] }] }, "land"],
    [corner(50.65, 1.55), "good"],
    [corner(90.1, 1.55), "land"],
    [corner(50.65, 180.1), "land"],
    [corner("50", 1.55), "land"],
    [corner(50.65, null), "land"],
    [{ land: [{ outline: [...rectangle(1, 50, 2, 51), null], holes: [] }] }, "land"],
  ])("%j: %s", (change, where) => {
    expect(whereOf(change)).toBe(where);
  });

  it("is refused whole, with what is wrong", () => {
    expect(checkedCoastDocument(JSON.stringify({ ...kept, box: 1 }), "coast.json")).toEqual({
      ok: false,
      error: {
        ...{ kind: "bad-file", path: "coast.json", where: "box" },
        problem: "this is no coast line that this station has kept",
      },
    });
    expect(checkedCoastDocument("[]", "coast.json")).toMatchObject({ ok: false, error: { where: "line 1" } });
  });

  it("is held to the same limits as a line that is read", () => {
    const outlines = [
      ...Array.from({ length: 11 }, (_, i) => rectangle(i, -1, i + 0.5, 80)),
      ...Array.from({ length: 25 }, (_, i) => rectangle(-1, i, 100, i + 0.5)),
    ];
    const land = outlines.map((outline) => ({ outline, holes: [] }));
    expect(checkedCoastDocument(JSON.stringify({ ...kept, land }), "coast.json")).toMatchObject({
      error: { where: undefined, problem: "the line crosses itself more than 1000 times" },
    });
    const long = JSON.stringify({ ...kept, padding: "x".repeat(COAST_DOCUMENT_CHARS_MAX) });
    expect(checkedCoastDocument(long, "coast.json")).toMatchObject({ error: { problem: "larger than 16 MB" } });
  });
});
