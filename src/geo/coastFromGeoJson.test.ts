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
