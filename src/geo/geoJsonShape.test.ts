import { describe, expect, it } from "vitest";
import { featuresOf, isShapeProblem, ringsOf } from "./geoJsonShape.js";
import type { JsonObject } from "./jsonText.js";
import { at } from "./testing/coasts.js";

const polygon = { type: "Polygon", coordinates: [[[1, 50], [2, 50], [2, 51]]] }; // prettier-ignore
const triangle = [
  [1, 50],
  [2, 50],
  [2, 51],
];

describe("the geometries of a GeoJSON document", () => {
  it("are found bare, in a feature, in a collection and in a collection of geometries", () => {
    const feature = { type: "Feature", properties: { name: "north" }, geometry: polygon };
    const found = (document: JsonObject) => {
      const features = featuresOf(document);
      if (isShapeProblem(features)) throw new Error(features.problem);
      return features.map(({ where, type, properties, coordinates }) => [
        where,
        type,
        properties,
        coordinates === polygon.coordinates,
      ]);
    };
    expect(found(polygon)).toEqual([["", "Polygon", {}, true]]);
    expect(found(feature)).toEqual([["geometry", "Polygon", { name: "north" }, true]]);
    expect(found({ type: "FeatureCollection", features: [feature, { ...feature, properties: null }] })).toEqual([
      ["features[0].geometry", "Polygon", { name: "north" }, true],
      ["features[1].geometry", "Polygon", {}, true],
    ]);
    const both = { type: "GeometryCollection", geometries: [polygon, { type: "Point", coordinates: [1, 2] }] };
    expect(found(both)).toEqual([
      ["geometries[0]", "Polygon", {}, true],
      ["geometries[1]", "Point", {}, false],
    ]);
    // Those of a feature have its properties.
    expect(found({ type: "Feature", properties: { name: "both" }, geometry: both })).toEqual([
      ["geometry.geometries[0]", "Polygon", { name: "both" }, true],
      ["geometry.geometries[1]", "Point", { name: "both" }, false],
    ]);
  });

  it("a feature without a geometry has none (RFC 7946 3.2)", () => {
    expect(featuresOf({ type: "Feature", geometry: null })).toEqual([]);
    expect(featuresOf({ type: "Feature" })).toEqual([]);
  });

  it.each<readonly [JsonObject, string | undefined, string]>([
    [{}, "type", "no GeoJSON"],
    [{ type: 5 }, "type", "no GeoJSON"],
    [{ type: "FeatureCollection" }, "features", "a list was expected"],
    [{ type: "GeometryCollection", geometries: {} }, "geometries", "a list was expected"],
    [{ type: "FeatureCollection", features: [polygon, 7] }, "features[1]", "a GeoJSON object was expected"],
    [{ type: "Feature", geometry: "x" }, "geometry", "a GeoJSON object was expected"],
    [{ type: "Feature", geometry: { type: 1 } }, "geometry.type", "no GeoJSON"],
    [{ type: "FeatureCollection", features: [{ type: "Feature", geometry: { type: "GeometryCollection" } }] }, "features[0].geometry.geometries", "a list"], // prettier-ignore
  ])("%j is refused with its place", (document, where, problem) => {
    const found = featuresOf(document);
    expect(found).toMatchObject({ where, problem: expect.stringContaining(problem) });
  });
});

describe("the rings of a polygon", () => {
  const corners = [at(50, 1), at(50, 2), at(51, 2)];

  it("are read longitude first, and lose the closing corner", () => {
    expect(ringsOf([triangle], "c")).toEqual([corners]);
    expect(ringsOf([[...triangle, triangle[0]]], "c")).toEqual([corners]);
    // Only one that is the same in both.
    expect(ringsOf([[...triangle, [1, 51]]], "c")).toEqual([[...corners, at(51, 1)]]);
    expect(ringsOf([[...triangle, [3, 50]]], "c")).toEqual([[...corners, at(50, 3)]]);
    expect(ringsOf([triangle, triangle], "c")).toEqual([corners, corners]);
  });

  it("may go past the antimeridian, and have a third coordinate", () => {
    const past = [[179.5, 10, 3], [180.005, 10, 4], [180.005, 11, 5]]; // prettier-ignore
    const rings = ringsOf([past], "c");
    if (isShapeProblem(rings)) throw new Error(rings.problem);
    expect(rings[0]?.map(({ longitudeDeg }) => Math.round(longitudeDeg * 1000) / 1000)).toEqual([
      ...[179.5, -179.995, -179.995],
    ]);
  });

  it.each<readonly [unknown, string, string]>([
    [undefined, "c", "a polygon without rings"],
    [[], "c", "a polygon without rings"],
    ["x", "c", "a polygon without rings"],
    [[5], "c[0]", "a list of corners"],
    [[triangle, {}], "c[1]", "a list of corners"],
    [[triangle.slice(1)], "c[0]", "3 corners, this one has 2"],
    [[[triangle[0], triangle[1], triangle[0]]], "c[0]", "3 corners, this one has 2"],
    [[[]], "c[0]", "3 corners, this one has 0"],
    [[[[1, 50]]], "c[0]", "3 corners, this one has 1"],
    [[[...triangle, 7]], "c[0][3]", "longitude and latitude were expected, not 7"],
    [[[...triangle, [1]]], "c[0][3]", "not [1]"],
    [[[...triangle, ["1", 50]]], "c[0][3]", 'not ["1",50]'],
    [[[...triangle, [1, "50"]]], "c[0][3]", 'not [1,"50"]'],
    [[[...triangle, [1, 90.1]]], "c[0][3]", "not [1,90.1]"],
    [[[...triangle, [1, -90.1]]], "c[0][3]", "not [1,-90.1]"],
    [[[...triangle, [360.1, 50]]], "c[0][3]", "not [360.1,50]"],
    [[[...triangle, [-360.1, 50]]], "c[0][3]", "not [-360.1,50]"],
    [[[...triangle, ["x".repeat(60), 1]]], "c[0][3]", `not ["${"x".repeat(35)}...`],
    [[[...triangle, ["x".repeat(34), 1]]], "c[0][3]", `not ["${"x".repeat(34)}",1]`],
  ])("%j are refused with their place", (coordinates, where, problem) => {
    expect(ringsOf(coordinates, "c")).toMatchObject({ where, problem: expect.stringContaining(problem) });
  });

  it("at the poles and at 360° are still on earth", () => {
    expect(ringsOf([[[0, 90], [360, -90], [-360, 0]]], "c")).toMatchObject([{ length: 3 }]); // prettier-ignore
  });

  it("have half a million corners at most", () => {
    const many = (count: number) => ringsOf([Array.from({ length: count }, (_, i) => [i * 1e-6, (i % 2) * 1e-6])], "c");
    expect(many(500_000)).toMatchObject([{ length: 500_000 }]);
    expect(many(500_001)).toMatchObject({ where: "c[0]", problem: "more than 500000 corners" });
  });
});
