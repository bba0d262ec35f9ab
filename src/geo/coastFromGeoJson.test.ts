import { describe, expect, it } from "vitest";
import { createCoast } from "./coast.js";
import { coastFromGeoJson } from "./coastFromGeoJson.js";

const ring = [
  [1.5, 50.6],
  [1.6, 50.6],
  [1.6, 50.7],
  [1.5, 50.7],
  [1.5, 50.6],
];
const feature = (geometry: unknown): unknown => ({ type: "Feature", properties: {}, geometry });
const collection = (...geometries: unknown[]): string =>
  JSON.stringify({ type: "FeatureCollection", bbox: [1.4, 50.5, 1.6, 50.8], features: geometries.map(feature) });
const mistakeIn = (text: string) => {
  const document = coastFromGeoJson(text, "mine.geojson");
  return document.ok ? undefined : document.error;
};

describe("a coast line of one's own", () => {
  it("replaces the built-in one, and where it was cut is not waterline", () => {
    const document = coastFromGeoJson(collection({ type: "Polygon", coordinates: [ring] }), "mine.geojson");
    if (!document.ok) throw new Error(document.error.problem);
    expect(document.value).toMatchObject({
      source: "mine.geojson",
      error: { medianM: 43, p90M: 118, worstM: 466 },
      harbours: [],
    });
    const coast = createCoast(document.value);
    expect(coast.landOrSea({ latitudeDeg: 50.65, longitudeDeg: 1.55 }).surface).toBe("land");
    expect(coast.landOrSea({ latitudeDeg: 50.65, longitudeDeg: 1.45 }).surface).toBe("sea");
    const nearCut = coast.landOrSea({ latitudeDeg: 50.65, longitudeDeg: 1.599 });
    if (nearCut.surface === "unknown") throw new Error("inside the box");
    expect(nearCut.waterlineDistanceM).toBeGreaterThan(5000);
  });

  it("takes MultiPolygons, holes, bare geometries and a stated error", () => {
    const hole = [
      [1.54, 50.64],
      [1.56, 50.64],
      [1.56, 50.66],
      [1.54, 50.64],
    ];
    const text = JSON.stringify({
      type: "MultiPolygon",
      coordinates: [
        [ring, hole],
        [
          [
            [1.3, 50.6],
            [1.4, 50.6],
            [1.4, 50.7],
            [1.3, 50.6],
          ],
        ],
      ],
      "vigie:error": { medianM: 1, p90M: 2, worstM: 5 },
    });
    const document = coastFromGeoJson(text, "mine.geojson");
    if (!document.ok) throw new Error(document.error.problem);
    expect(document.value.land).toHaveLength(2);
    expect(document.value.land[0]?.holes).toHaveLength(1);
    expect(document.value.error.worstM).toBe(5);
    expect(document.value.box).toEqual({ westDeg: 1.3, eastDeg: 1.6, southDeg: 50.6, northDeg: 50.7 });
    expect(createCoast(document.value).landOrSea({ latitudeDeg: 50.645, longitudeDeg: 1.555 }).surface).toBe("sea");
  });

  it("is refused with the feature and the coordinate", () => {
    expect(mistakeIn("{")?.where).toMatch(/^line/);
    expect(mistakeIn(collection())?.problem).toContain("no land");
    expect(
      mistakeIn(collection({ type: "Polygon", coordinates: [ring] }, { type: "LineString", coordinates: ring })),
    ).toMatchObject({
      where: "features[1].geometry",
      problem: expect.stringContaining("LineString"),
    });
    expect(
      mistakeIn(collection({ type: "Polygon", coordinates: [[...ring.slice(0, 2), [1.6, "x"], [1.5, 50.7]]] })),
    ).toMatchObject({
      where: "features[0].geometry.coordinates[0][2]",
    });
    expect(
      mistakeIn(
        collection({
          type: "Polygon",
          coordinates: [
            [
              [50.6, 150],
              [50.7, 150],
              [50.7, 151],
            ],
          ],
        }),
      )?.where,
    ).toBe("features[0].geometry.coordinates[0][0]");
    expect(mistakeIn(collection({ type: "Polygon", coordinates: [ring.slice(0, 2)] }))?.problem).toContain("3 corners");
    expect(
      mistakeIn(
        JSON.stringify({
          type: "Polygon",
          coordinates: [
            [
              [0, 0],
              [50, 0],
              [50, 50],
            ],
          ],
        }),
      )?.problem,
    ).toContain("5 degrees");
    expect(mistakeIn(JSON.stringify({ type: "Polygon", bbox: [1, 2], coordinates: [ring] }))?.where).toBe("bbox");
    expect(mistakeIn(JSON.stringify({ type: "Polygon", "vigie:error": 5, coordinates: [ring] }))?.where).toBe(
      "vigie:error",
    );
    expect(mistakeIn(JSON.stringify({ type: "FeatureCollection", features: [feature(null)] }))?.problem).toContain(
      "no land area",
    );
  });
});

describe("a coast line of any size", () => {
  const shore = (count: number): number[][] => {
    let corners = [
      [1, 50],
      [2, 50],
      [1.5, 50.9],
    ];
    // Repeated midpoint displacement gives a line as ragged as a real shore.
    for (let seed = 7; corners.length < count;) {
      corners = corners.flatMap(([east, north], i) => {
        const [nextEast, nextNorth] = corners[(i + 1) % corners.length]!;
        seed = (seed * 16_807) % 2_147_483_647;
        const aside = (seed / 2_147_483_647 - 0.5) * 0.35;
        const middle = [(east! + nextEast!) / 2 + (nextNorth! - north!) * aside];
        middle.push((north! + nextNorth!) / 2 - (nextEast! - east!) * aside);
        return [[east!, north!], middle];
      });
    }
    return corners;
  };
  const polygons = (...areas: number[][][]): string => polygonsOf(areas);
  const polygonsOf = (areas: number[][][]): string =>
    JSON.stringify({ type: "MultiPolygon", coordinates: areas.map((area) => [area]) });

  it("takes the fifty thousand corners of a ragged shore, and answers from it", () => {
    const document = coastFromGeoJson(polygons(shore(40_000)), "mine.geojson");
    if (!document.ok) throw new Error(document.error.problem);
    expect(document.value.land[0]?.outline).toHaveLength(49_152);
    expect(createCoast(document.value).landOrSea({ latitudeDeg: 50.3, longitudeDeg: 1.5 }).surface).toBe("land");
  });

  it("takes more areas than a stack has places", () => {
    const small = (i: number): number[][] => {
      const [east, north] = [1 + (i % 180) * 1e-3, 50 + Math.floor(i / 180) * 1e-3];
      return [
        [east, north],
        [east + 5e-4, north],
        [east, north + 5e-4],
      ];
    };
    const document = coastFromGeoJson(polygonsOf(Array.from({ length: 32_000 }, (_, i) => small(i))), "mine.geojson");
    expect(document).toMatchObject({ ok: true });
    expect(mistakeIn(polygonsOf(Array.from({ length: 150_000 }, (_, i) => small(i))))?.problem).toContain("corners");
  });

  it.each(["north", "east"])("refuses a comb whose teeth point %s: it would hold up whoever draws it", (way) => {
    const teeth = Array.from({ length: 20_000 }, (_, i) => [1 + i * 1e-5, 50 + (Math.floor((i + 1) / 2) % 2) * 0.5]);
    const comb = way === "north" ? teeth : teeth.map(([east, north]) => [north! - 49, east! + 49]);
    expect(mistakeIn(polygons(comb))?.problem).toContain("back and forth");
  });

  it("refuses a line that crosses itself everywhere", () => {
    const star = Array.from({ length: 500 }, (_, i) => [Math.cos(i * 2.4), 50 + Math.sin(i * 2.4)]);
    expect(mistakeIn(polygons(star))?.problem).toContain("crosses itself");
  });

  it("is refused by its size before anything is read of it", () => {
    expect(mistakeIn(`${" ".repeat(15_000_000)}{`)?.problem).toBe("larger than 15 MB");
  });
});
