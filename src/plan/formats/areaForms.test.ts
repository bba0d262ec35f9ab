/** Area files as they occur: split at the antimeridian, as KML, with other features beside the area, with very many corners. */
import { describe, expect, it } from "vitest";
import { planFromArea } from "../makeSortie.js";
import { parallelSweep } from "../patterns/parallelSweep.js";
import { aRequest, metres } from "../testing/planBuilders.js";
import type { Position } from "../../geo/position.js";
import { readAreaFile, type AreaDocument } from "./areaFile.js";

function read(text: string): AreaDocument {
  const area = readAreaFile(text, "x.geojson");
  if (!area.ok) throw new Error(`${area.error.where}: ${area.error.problem}`);
  return area.value;
}
const mistakeOf = (text: string) => {
  const area = readAreaFile(text, "x.geojson");
  return area.ok ? undefined : { where: area.error.where, problem: area.error.problem };
};
const polygon = (...ring: readonly (readonly [number, number])[]) => ({
  type: "Polygon",
  coordinates: [[...ring, ring[0]]],
});
const box = (west: number, east: number, south = -17.01, north = -17) =>
  polygon([west, north], [east, north], [east, south], [west, south]);
const surfaceM2 = (area: readonly Position[]): number => {
  const sweep = parallelSweep(area, { legHeadingDeg: 90, trackSpacingM: 50, turnaroundM: 0 });
  if (!sweep.ok) throw new Error(sweep.error.kind);
  return sweep.value.areaM2;
};

describe("case 21: areas across 180 degrees", () => {
  const wide = surfaceM2(read(JSON.stringify(box(10.99, 11.01))).area);
  it.each([
    ["drawn on beyond 180", box(179.99, 180.01)],
    ["with the sign turned", box(179.99, -179.99)],
    ["beyond -180", box(-180.01, -179.99)],
    ["beginning in the west", box(-179.99, 179.99)],
    [
      "cut in two, as RFC 7946 wants it",
      { type: "MultiPolygon", coordinates: [box(179.99, 180).coordinates, box(-180, -179.99).coordinates] },
    ],
    [
      "cut into two features",
      {
        type: "FeatureCollection",
        features: [box(-180, -179.99), box(179.99, 180)].map((geometry) => ({
          type: "Feature",
          properties: {},
          geometry,
        })),
      },
    ],
  ])("%s is one area of the right size", (_name, document) => {
    const { area } = read(JSON.stringify(document));
    expect(surfaceM2(area) / wide).toBeCloseTo(1, 3);
    for (const { longitudeDeg } of area) expect(Math.abs(longitudeDeg)).toBeLessThanOrEqual(180);
  });
  it("keeps the corners of both halves in order", () => {
    const halves = [
      polygon([179.99, -17], [179.98, -17.01], [180, -17.01], [180, -17.005]),
      polygon([-180, -17.005], [-180, -17.01], [-179.99, -17.01], [-179.98, -17]),
    ];
    const joined = read(
      JSON.stringify({ type: "MultiPolygon", coordinates: halves.map(({ coordinates }) => coordinates) }),
    );
    expect(joined.area).toHaveLength(6);
    const sum = halves.map((half) => surfaceM2(read(JSON.stringify(half)).area)).reduce((a, b) => a + b);
    expect(surfaceM2(joined.area) / sum).toBeCloseTo(1, 4);
  });
  it("two areas that do not meet are two", () => {
    const apart = {
      type: "MultiPolygon",
      coordinates: [box(179.99, 180).coordinates, box(-179.98, -179.97).coordinates],
    };
    expect(mistakeOf(JSON.stringify(apart))?.problem).toBe("one area at a time; this MultiPolygon has 2");
  });
});

describe("case 14: areas that are no GeoJSON", () => {
  const kml = (inside: string): string =>
    `<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n<!-- <Polygon> -->${inside}</Document></kml>`;
  const ring = "<coordinates>\n 1.6,50.77,0 1.61,50.77 1.61,50.78,12\n 1.6,50.77,0 </coordinates>";
  it("KML with a Polygon is read, with its name", () => {
    const { name, area } = read(
      kml(`<Placemark><name>Plage &amp; dunes</name><Point><coordinates>1,2</coordinates></Point></Placemark>
      <Placemark><name><![CDATA[Forêt]]></name><Polygon><outerBoundaryIs><LinearRing>${ring}</LinearRing></outerBoundaryIs></Polygon></Placemark>`),
    );
    expect(name).toBe("Forêt");
    expect(area).toEqual([
      { latitudeDeg: 50.77, longitudeDeg: 1.6 },
      { latitudeDeg: 50.77, longitudeDeg: 1.61 },
      { latitudeDeg: 50.78, longitudeDeg: 1.61 },
    ]);
  });
  it("prefixes and attributes are no matter", () => {
    const text = `<k:kml xmlns:k="x"><k:Placemark id="1"><k:Polygon id="p"><k:outerBoundaryIs><k:LinearRing>${ring.replaceAll("coordinates", "k:coordinates")}</k:LinearRing></k:outerBoundaryIs></k:Polygon></k:Placemark></k:kml>`;
    expect(read(text).area).toHaveLength(3);
  });
  it.each([
    ["KML without an area", kml("<Placemark><Point/></Placemark>"), undefined, /no area/],
    [
      "KML with two",
      kml(`<Polygon>${ring}</Polygon><Polygon>${ring}</Polygon>`),
      undefined,
      /one area at a time; there are 2/,
    ],
    [
      "KML with a word for a corner",
      kml("<Polygon>\n<coordinates>1,2 north</coordinates></Polygon>"),
      "line 4",
      /"north"/,
    ],
    ["another XML", "<gpx></gpx>", "line 1", /no KML/],
    ["KMZ", "PK\u0003\u0004xx", undefined, /KMZ/],
    ["a mission", "QGC WPL 110\n", undefined, /Mission Planner mission/],
    ["a plan", '{"fileType":"Plan"}', "fileType", /this is a plan/],
    ["a text", "hello", undefined, /this is a text of another kind/],
    ["a picture", "\u2030PNG\r\n\u001a\n[[[[", undefined, /this is a picture/],
    ["features without a place alone", '{"type":"Feature","geometry":null,"properties":{}}', undefined, /no area/],
  ])("%s is told in plain words", (_name, text, where, problem) => {
    const mistake = mistakeOf(text);
    expect(mistake?.where).toBe(where);
    expect(mistake?.problem).toMatch(problem);
    expect(mistake?.problem).not.toMatch(/Unexpected token|is not valid JSON/);
  });
  it("findings 4 B: a feature without geometry beside the area is left", () => {
    const features = [
      { type: "Feature", geometry: null, properties: {} },
      { type: "Feature", geometry: box(1, 1.01, 50, 50.01), properties: { name: "a" } },
    ];
    expect(read(JSON.stringify({ type: "FeatureCollection", features })).name).toBe("a");
  });
});

describe("case 08: an outline with every corner of a map", () => {
  const round = (corners: number, noiseM = 0): readonly Position[] =>
    Array.from({ length: corners }, (_, i) => {
      const turnRad = (2 * Math.PI * i) / corners;
      const radiusM = 700 + 60 * Math.sin(9 * turnRad) + noiseM * (i % 2);
      return metres(radiusM * Math.cos(turnRad), radiusM * Math.sin(turnRad));
    });
  const sortieOf = (area: readonly Position[]) => {
    const sortie = planFromArea(aRequest({ area }));
    if (!sortie.ok) throw new Error(sortie.error.kind);
    return sortie.value;
  };
  it.each([8000, 40_000])(
    "of %i corners is planned as one of a few hundred, with the same surface and figures",
    (corners) => {
      const [many, few] = [sortieOf(round(corners, 0.3)), sortieOf(round(399))];
      const sweep = many.plan.items.find((item) => item.kind === "sweep");
      expect(sweep?.kind === "sweep" && sweep.area.length).toBeLessThan(500);
      expect(many.figures.areaM2 / few.figures.areaM2).toBeCloseTo(1, 2);
      expect(many.figures.coverageFraction).toBeGreaterThan(0.99);
      expect(many.figures.legs).toBe(few.figures.legs);
    },
  );
  it("a hand-drawn area keeps every corner", () => {
    const area = round(300);
    const sweep = sortieOf(area).plan.items.find((item) => item.kind === "sweep");
    expect(sweep?.kind === "sweep" && sweep.area).toBe(area);
  });
  it("is refused in plain words where every strip is cut to pieces", () => {
    const ragged = Array.from({ length: 6000 }, (_, i) => {
      const turnRad = (2 * Math.PI * i) / 6000;
      return metres((2000 + 60 * (i % 2)) * Math.cos(turnRad), (2000 + 60 * (i % 2)) * Math.sin(turnRad));
    });
    expect(planFromArea(aRequest({ area: ragged }))).toMatchObject({ ok: false, error: { kind: "too-many-legs" } });
  });
});
