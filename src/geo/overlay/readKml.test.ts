import { describe, expect, it } from "vitest";
import { overlayTiles, TILE_EXTENT } from "./overlayTile.js";
import { pictureTransform } from "./pictureTransform.js";
import { readGeoJsonOverlay } from "./readGeoJsonOverlay.js";
import { readKml } from "./readKml.js";

const kml = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Zones</name>${inside}</Document></kml>`;
function read(inside: string) {
  const overlay = readKml(kml(inside), "zones.kml");
  if (!overlay.ok) throw new Error(JSON.stringify(overlay.error));
  return overlay.value;
}
const problemOf = (text: string) => {
  const overlay = readKml(text, "zones.kml");
  return overlay.ok ? undefined : overlay.error;
};
const point = (name: string, more = ""): string =>
  `<Placemark><name>${name}</name>${more}<Point><coordinates>1.6,50.7,0</coordinates></Point></Placemark>`;
const LINE = "<LineString><coordinates>1.6,50.7 1.7,50.8</coordinates></LineString>";

describe("a KML drawing", () => {
  it("has points, lines and areas with holes, by name", () => {
    const ring = (from: number, to: number): string =>
      `<LinearRing><coordinates>${from},${from} ${to},${from} ${to},${to} ${from},${from}</coordinates></LinearRing>`;
    const area = `<Polygon><outerBoundaryIs>${ring(1, 5)}</outerBoundaryIs><innerBoundaryIs>${ring(2, 3)}</innerBoundaryIs></Polygon>`;
    const overlay = read(
      `<Folder>${point("Cap &amp; <![CDATA[<Nez>]]>")}</Folder><Placemark><name>M</name><MultiGeometry>${LINE}${area}</MultiGeometry></Placemark>`,
    );
    expect(overlay.name).toBe("Zones");
    expect(overlay.features.map(({ name, shape }) => [name, shape])).toEqual([
      ["Cap & <Nez>", "point"],
      ["M", "line"],
      ["M", "area"],
    ]);
    expect(overlay.features[2]?.parts.map((part) => part.length)).toEqual([3, 3]);
    expect(overlay.features[1]?.parts).toEqual([
      [
        { longitudeDeg: 1.6, latitudeDeg: 50.7 },
        { longitudeDeg: 1.7, latitudeDeg: 50.8 },
      ],
    ]);
  });

  it("looks as its styles say: named ones, those of a map of styles, its own before them", () => {
    const styles =
      '<Style id="a"><LineStyle><color>80ff0011</color><width>4</width></LineStyle><PolyStyle><color>7f00ff00</color></PolyStyle></Style>' +
      '<StyleMap id="m"><Pair><key>normal</key><styleUrl>#a</styleUrl></Pair><Pair><key>highlight</key><styleUrl>#b</styleUrl></Pair></StyleMap>';
    const own = "<Style><LineStyle><width>1</width></LineStyle><PolyStyle><fill>0</fill></PolyStyle></Style>";
    const overlay = read(
      `${styles}<Placemark><styleUrl>#m</styleUrl>${LINE}</Placemark><Placemark><styleUrl>#a</styleUrl>${own}${LINE}</Placemark>` +
        `<Placemark><styleUrl>http://example.org/styles.kml#a</styleUrl>${LINE}</Placemark>` +
        point("P", "<Style><IconStyle><color>ff0000ff</color></IconStyle></Style>"),
    );
    expect(overlay.features.map(({ look }) => look)).toEqual([
      { stroke: "#1100ff80", strokePx: 4, fill: "#00ff007f" },
      { stroke: "#1100ff80", strokePx: 1, fill: undefined },
      { stroke: "#ffb000ff", strokePx: 2, fill: "#ffb00040" },
      { stroke: "#ff0000ff", strokePx: 2, fill: "#ffb00040" },
    ]);
  });

  it("leaves out what its author has switched off, with all in it, and follows no link", () => {
    const overlay = read(
      `<Folder><visibility>0</visibility>${point("hidden")}</Folder>${point("off", "<visibility>0</visibility>")}${point("on")}` +
        "<NetworkLink><Link><href>https://example.org/more.kml</href></Link></NetworkLink>",
    );
    expect(overlay.features.map(({ name }) => name)).toEqual(["on"]);
    expect(overlay.links).toEqual(["https://example.org/more.kml"]);
  });

  it("has pictures in boxes, turned", () => {
    const box = "<north>50.8</north><south>50.7</south><east>1.7</east><west>1.6</west><rotation>90</rotation>";
    const { pictures } = read(
      `<GroundOverlay><name>Scan</name><Icon><href>files/scan.png</href></Icon><LatLonBox>${box}</LatLonBox></GroundOverlay>`,
    );
    expect(pictures).toMatchObject([{ name: "Scan", href: "files/scan.png", northDeg: 50.8, rotationDeg: 90 }]);
    const [picture] = pictures;
    if (!picture) throw new Error("there is one");
    const at = (column: number, row: number, rotationDeg: number) => {
      const t = pictureTransform({ ...picture, rotationDeg }, { columns: 10, rows: 10 });
      return [t.x0 + column * t.xPerColumn + row * t.xPerRow, t.y0 + column * t.yPerColumn + row * t.yPerRow];
    };
    expect(at(0, 0, 0)).toEqual([expect.closeTo(1.6, 9), expect.closeTo(50.8, 9)]);
    expect(at(10, 10, 0)).toEqual([expect.closeTo(1.7, 9), expect.closeTo(50.7, 9)]);
    expect(at(5, 5, 33)).toEqual([expect.closeTo(1.65, 9), expect.closeTo(50.75, 9)]);
    // A quarter turn against the clock: the upper left corner is the lower left one, as far from the middle on the ground.
    const [east = 0, north = 0] = at(0, 0, 90);
    const shorter = Math.cos((50.75 * Math.PI) / 180);
    expect((1.65 - east) * shorter).toBeCloseTo(0.05, 9);
    expect(50.75 - north).toBeCloseTo(0.05 * shorter, 9);
  });

  it.each([
    ["a DTD", '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa">]><kml>&a;</kml>', "line 1", "a DTD is not read"],
    ["an entity of its own", "<kml>\n&pwn;</kml>", "line 2", "undefined entity"],
    ["an element that is not closed", "<kml><Document></kml>", "line 1", "unexpected close tag"],
    ["no XML", "hello", "line 1", ""],
    ["XML of another kind", "<gpx></gpx>", "line 1", "this is XML and no KML"],
    [
      "a place off the earth",
      kml("<Placemark><Point><coordinates>1,95</coordinates></Point></Placemark>"),
      "line 2",
      "1,95",
    ],
    ["elements within elements without end", "<a>".repeat(70), "line 1", "nested deeper than 64"],
  ])("is refused with its line: %s", (_, text, where, problem) => {
    expect(problemOf(text)).toMatchObject({ kind: "bad-file", path: "zones.kml", where });
    expect(problemOf(text)?.problem).toContain(problem);
  });
});

describe("a GeoJSON drawing", () => {
  const drawn = (geometry: object, properties: object = {}) =>
    readGeoJsonOverlay(JSON.stringify({ type: "Feature", properties, geometry }), "zones.geojson");

  it("has colours and names by the simplestyle words, and plain ones without them", () => {
    const overlay = drawn(
      {
        type: "LineString",
        coordinates: [
          [1, 50],
          [2, 51],
        ],
      },
      { name: "Chenal", stroke: "#0f0", "stroke-width": 3, "stroke-opacity": 0.5 },
    );
    expect(overlay.ok && overlay.value.features).toMatchObject([
      { name: "Chenal", shape: "line", look: { stroke: "#00ff0080", strokePx: 3 } },
    ]);
  });

  it("is refused where it is none, by its place", () => {
    expect(drawn({ type: "LineString", coordinates: [["a", 50]] })).toMatchObject({
      ok: false,
      error: { where: "geometry" },
    });
    expect(drawn({ type: "Circle", coordinates: [] })).toMatchObject({ ok: false });
    expect(readGeoJsonOverlay("{", "z.geojson")).toMatchObject({ ok: false, error: { kind: "bad-file" } });
  });
});

describe("the part of a drawing in a tile", () => {
  const WORLD_LINE = `<Placemark><name>L</name><LineString><coordinates>-170,10 170,10</coordinates></LineString></Placemark>`;
  const HUGE = "-90,-60 90,-60 90,60 -90,60";
  const AREA = `<Placemark><name>A</name><Polygon><outerBoundaryIs><LinearRing><coordinates>${HUGE}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`;

  it("is cut a little outside the tile, however far it reaches", () => {
    const tileOf = overlayTiles(read(WORLD_LINE + AREA));
    const tile = tileOf({ zoom: 12, column: 2048, row: 1933 });
    expect(tile?.shapes.map(({ shape }) => shape)).toEqual(["line", "area"]);
    for (const { parts } of tile?.shapes ?? [])
      for (const { x, y } of parts.flat()) {
        expect(Math.abs(x - TILE_EXTENT / 2)).toBeLessThanOrEqual(TILE_EXTENT / 2 + 128);
        expect(Math.abs(y - TILE_EXTENT / 2)).toBeLessThanOrEqual(TILE_EXTENT / 2 + 128);
      }
    expect(tile?.shapes[1]?.parts[0]).toHaveLength(4);
    // Rows count from the north: nothing lies at 80 degrees.
    expect(tileOf({ zoom: 12, column: 2048, row: 300 })).toBeUndefined();
  });

  it("is named in one tile only", () => {
    const tileOf = overlayTiles(read(WORLD_LINE + AREA));
    const names = [0, 1].flatMap((row) => [0, 1].flatMap((column) => tileOf({ zoom: 1, column, row })?.names ?? []));
    expect(names.map(({ name }) => name).toSorted()).toEqual(["A", "L"]);
  });

  it("comes back in as another run where a line leaves and returns", () => {
    const zigzag = "<Placemark><LineString><coordinates>-10,5 30,5 30,-5 -10,-5</coordinates></LineString></Placemark>";
    const tile = overlayTiles(read(zigzag))({ zoom: 4, column: 8, row: 8 });
    expect(tile?.shapes[0]?.parts).toHaveLength(1);
    const both = overlayTiles(read(zigzag.replace("-10,-5", "-10,5 -10,-5 30,-5")))({ zoom: 3, column: 3, row: 3 });
    expect(both?.shapes[0]?.parts.length).toBeGreaterThan(0);
  });
});
