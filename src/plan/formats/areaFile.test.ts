import { describe, expect, it } from "vitest";
import { readAreaFile, type AreaDocument } from "./areaFile.js";

const at = (longitudeDeg: number, latitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
const RING = [
  [1, 50],
  [1.1, 50],
  [1.1, 50.1],
] as const;
const CORNERS = RING.map(([east, north]) => at(east, north));
const closed = (ring: readonly (readonly number[])[]) => [...ring, ring[0]!];
const polygon = { type: "Polygon", coordinates: [closed(RING)] };
const shifted = (byDeg: number) => RING.map(([east, north]) => [east + byDeg, north]);
const feature = (geometry: unknown, properties: unknown = {}) => ({ type: "Feature", geometry, properties });

function read(document: unknown): AreaDocument {
  const area = readAreaFile(typeof document === "string" ? document : JSON.stringify(document), "a.geojson");
  if (!area.ok) throw new Error(`${area.error.where}: ${area.error.problem}`);
  return area.value;
}
function mistakeOf(document: unknown): string | undefined {
  const area = readAreaFile(typeof document === "string" ? document : JSON.stringify(document), "a.geojson");
  return area.ok ? undefined : `${area.error.where ?? "-"}: ${area.error.problem}`;
}

describe("an area in GeoJSON", () => {
  it("is a Polygon, alone or in a feature, with nothing else said about it", () => {
    const bare = { name: undefined, area: CORNERS, home: undefined, isTraining: false };
    for (const document of [polygon, feature(polygon), { type: "FeatureCollection", features: [feature(polygon)] }])
      expect(read(document)).toEqual(bare);
    expect(read({ type: "MultiPolygon", coordinates: [polygon.coordinates] })).toEqual(bare);
    expect(readAreaFile("[]", "b.geojson")).toMatchObject({
      ok: false,
      error: { kind: "bad-file", path: "b.geojson" },
    });
  });

  it("may have a name, a home and be for training", () => {
    const properties = { name: "Plage", "vigie:home": [1.05, 50.05, 4], "vigie:training": true };
    expect(read(feature(polygon, properties))).toEqual({
      name: "Plage",
      area: CORNERS,
      home: { position: at(1.05, 50.05), altitudeAmslM: 4 },
      isTraining: true,
    });
    expect(read(feature(polygon, { name: "", "vigie:training": "yes" }))).toMatchObject({
      name: undefined,
      isTraining: false,
    });
    expect(read(feature(polygon, { name: 7 })).name).toBeUndefined();
  });

  it("leaves points and lines beside it", () => {
    const features = [feature({ type: "Point", coordinates: [1, 50] }), feature(polygon, { name: "a" })];
    expect(read({ type: "FeatureCollection", features })).toMatchObject({ name: "a", area: CORNERS });
  });

  it.each([
    ["without an area", { type: "Point", coordinates: [1, 50] }, "-: there is no area (Polygon) in it"],
    [
      "with two",
      {
        type: "FeatureCollection",
        features: [feature(polygon), feature({ ...polygon, coordinates: [closed(shifted(1))] })],
      },
      "features[1].geometry: one area at a time; there are 2",
    ],
    [
      "with two in one",
      { type: "MultiPolygon", coordinates: [polygon.coordinates, [closed(shifted(1))]] },
      "-: one area at a time; this MultiPolygon has 2",
    ],
    [
      "with two in one feature",
      feature({ type: "MultiPolygon", coordinates: [polygon.coordinates, [closed(shifted(1))]] }),
      "geometry: one area at a time; this MultiPolygon has 2",
    ],
    [
      "with a hole",
      { type: "Polygon", coordinates: [closed(RING), closed(RING)] },
      "coordinates[1]: areas with holes cannot be swept yet: leave the hole out, or cut the area in two",
    ],
    [
      "with a hole in the second part",
      feature({ type: "MultiPolygon", coordinates: [polygon.coordinates, [closed(RING), closed(RING)]] }),
      "geometry.coordinates[1][1]: areas with holes cannot be swept yet: leave the hole out, or cut the area in two",
    ],
    ["of no polygons", { type: "MultiPolygon", coordinates: [] }, "coordinates: a list of polygons was expected"],
    ["of no list", { type: "MultiPolygon", coordinates: 7 }, "coordinates: a list of polygons was expected"],
    [
      "of two corners",
      {
        type: "Polygon",
        coordinates: [
          [
            [1, 50],
            [2, 50],
          ],
        ],
      },
      "coordinates[0]: an area needs 3 corners, this one has 2",
    ],
    ["that is a plan", { fileType: "Plan" }, "fileType: this is a plan, no area: it can be checked and flown as it is"],
    ["of another type", { type: 7 }, "type: this is no GeoJSON: no type"],
  ])("%s is refused with its place", (_, document, mistake) => {
    expect(mistakeOf(document)).toBe(mistake);
  });

  const homeOf = (home: unknown): string => mistakeOf(feature(polygon, { "vigie:home": home })) ?? "read";
  it("has a home of longitude, latitude and height above the sea", () => {
    for (const home of [
      [180, 90, 100_000],
      [-180, -90, -1000],
    ])
      expect(homeOf(home)).toBe("read");
    const where = 'properties["vigie:home"]: longitude, latitude and height above sea level were expected';
    for (const home of [
      7,
      [1, 50],
      [1, 50, 4, 5],
      [1, 50, "4"],
      [180.1, 50, 4],
      [-180.1, 50, 4],
      [1, 90.1, 4],
      [1, -90.1, 4],
      [1, 50, 100_001],
      [1, 50, -1001],
    ])
      expect(homeOf(home)).toBe(where);
    const collection = { type: "FeatureCollection", features: [feature(polygon, { "vigie:home": 7 })] };
    expect(mistakeOf(collection)).toBe(`features[0].${where}`);
  });
});

describe("other files with an area in them", () => {
  it.each([
    ["PK\u0003\u0004...", "this is a ZIP archive, perhaps KMZ: unpack it and give the KML inside"],
    [
      "\ufeff  QGC WPL 110\n",
      "this is a Mission Planner mission (QGC WPL), no area: it can be checked and flown as it is",
    ],
    ["qgc\twpl 110", "this is a Mission Planner mission (QGC WPL), no area: it can be checked and flown as it is"],
    ["\u0000\u0000'\n...", "this is a shapefile: convert it to GeoJSON first"],
  ])("%j is named", (text, problem) => {
    expect(mistakeOf(text)).toBe(`-: ${problem}`);
  });

  it("are known by their first characters only", () => {
    expect(mistakeOf('{"a": "PK\u0003\u0004"}'.replace("\u0003\u0004", ""))).toBe("type: this is no GeoJSON: no type");
    expect(mistakeOf({ type: "QGC WPL 110", coordinates: [] })).toBe("-: there is no area (Polygon) in it");
  });
});

describe("an area in KML", () => {
  const coordinates = (text: string) => `<coordinates>${text}</coordinates>`;
  const TRIANGLE = "1,50,0 1.1,50,0\n\t1.1,50.1";
  const kml = (inside: string) => `<kml>\n${inside}\n</kml>`;
  const outlined = (inside: string, more = "") =>
    `<Polygon><outerBoundaryIs><LinearRing>${inside}</LinearRing></outerBoundaryIs>${more}</Polygon>`;

  it("is the outline of its Polygon, closed or not", () => {
    const bare = { name: undefined, area: CORNERS, home: undefined, isTraining: false };
    expect(read(kml(outlined(coordinates(TRIANGLE))))).toEqual(bare);
    expect(read(kml(outlined(coordinates(` ${TRIANGLE} 1,50,0 `))))).toEqual(bare);
    expect(read(`\ufeff\n ${kml(outlined(coordinates(TRIANGLE)))}`)).toEqual(bare);
    expect(read(outlined(coordinates(TRIANGLE)))).toEqual(bare);
    expect(read(kml(`<Polygon>${coordinates(TRIANGLE)}</Polygon >`))).toEqual(bare);
    expect(read(kml(outlined(`<coordinates id="a">${TRIANGLE}</coordinates >`)))).toEqual(bare);
  });

  it("has longitudes within 180 degrees", () => {
    const around = read(kml(outlined(coordinates("359,50 358,50 358,51"))));
    expect(around.area.map(({ longitudeDeg }) => longitudeDeg)).toEqual([-1, -2, -2]);
    expect(mistakeOf(kml(outlined(coordinates("361,50 358,50 358,51"))))).toContain('not "361,50"');
  });

  it("in two halves at 180 degrees is one", () => {
    const west = outlined(coordinates("179.9,-17 180,-17 180,-17.1 179.9,-17.1"));
    const east = outlined(coordinates("-180,-17 -179.9,-17 -179.9,-17.1 -180,-17.1"));
    // Four corners of the whole and the two on the seam.
    expect(read(kml(west + east)).area).toHaveLength(6);
  });

  it.each([
    ["<name> Plage </name>", "Plage"],
    ["<name>Plage &amp; dunes &lt;&gt; &quot;&apos; &eacute;</name>", "Plage & dunes <> \"' &eacute;"],
    ["<name><![CDATA[ <Plage> ]]></name>", "<Plage>"],
    ["<k:name>Plage</k:name>", "Plage"],
    ["<name></name>", undefined],
    ["", undefined],
  ])("has the name of its Placemark: %s", (name, expected) => {
    expect(read(kml(`<Placemark>${name}${outlined(coordinates(TRIANGLE))}</Placemark>`)).name).toBe(expected);
    expect(read(kml(`<k:Placemark>${name}${outlined(coordinates(TRIANGLE))}</k:Placemark>`)).name).toBe(expected);
  });

  it("has no name where only the document has one", () => {
    expect(read(kml(`<name>All</name>${outlined(coordinates(TRIANGLE))}`)).name).toBeUndefined();
    const other = "<Placemark><name>Other</name></Placemark>";
    expect(read(kml(`${other}<Placemark>${outlined(coordinates(TRIANGLE))}</Placemark>`)).name).toBeUndefined();
  });

  it("is not what stands in a comment, whose lines count all the same", () => {
    const comment = `<!-- ${outlined(coordinates("nothing"))}\n\n -->`;
    expect(read(kml(comment + outlined(coordinates(TRIANGLE)))).area).toEqual(CORNERS);
    expect(mistakeOf(kml(`${comment}\n${outlined(coordinates("nothing"))}`))).toMatch(/^line 5: /);
    expect(mistakeOf(kml(`${outlined(coordinates("nothing"))}<!-- ${"x\n".repeat(3)}`))).toMatch(/^line 2: /);
    expect(mistakeOf(`<kml><!-- ${outlined(coordinates(TRIANGLE))}`)).toBe("-: there is no area (Polygon) in it");
  });

  it.each([
    ["no Polygon", "<Placemark><Point/></Placemark>", "-: there is no area (Polygon) in it"],
    ["no coordinates", "\n<Polygon></Polygon>", "line 3: a Polygon without coordinates"],
    ["two corners", `\n${outlined(coordinates("1,50 2,50 1,50"))}`, "line 3: an area needs 3 corners, this one has 2"],
    ["no latitude", outlined(`\n${coordinates("1,50 2 3,50")}`), 'line 3: longitude,latitude were expected, not "2"'],
    ["an empty latitude", outlined(coordinates("1,50 2, 3,50")), 'line 2: longitude,latitude were expected, not "2,"'],
    [
      "a latitude beyond the pole",
      outlined(coordinates("1,90.1")),
      'line 2: longitude,latitude were expected, not "1,90.1"',
    ],
    [
      "words",
      outlined(coordinates("x".repeat(50))),
      `line 2: longitude,latitude were expected, not "${"x".repeat(40)}"`,
    ],
    [
      "a hole",
      outlined(coordinates(TRIANGLE), "<innerBoundaryIs></innerBoundaryIs>"),
      "-: areas with holes cannot be swept yet: leave the hole out, or cut the area in two",
    ],
    [
      "two areas",
      outlined(coordinates(TRIANGLE)) + outlined(coordinates("2,50 2.1,50 2.1,51")),
      "-: one area at a time; there are 2",
    ],
  ])("with %s is refused with its line", (_, inside, mistake) => {
    expect(mistakeOf(kml(inside))).toBe(mistake);
  });

  it("that is another XML is refused", () => {
    for (const text of ["<gpx></gpx>", "<kmlx>", "<Polygonal />"])
      expect(mistakeOf(text)).toBe("line 1: this is XML and no KML: an area is a GeoJSON or KML file with a Polygon");
  });

  it("has half a million corners at most", () => {
    const many = (count: number) => mistakeOf(kml(outlined(coordinates("1,50 ".repeat(count)))));
    expect(many(500_001)).toBe("line 2: more than 500000 corners");
  });
});
