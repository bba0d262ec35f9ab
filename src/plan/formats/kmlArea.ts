/**
 * Areas of a KML file (OGC 07-147r2): the outline of each Polygon, with the name of its Placemark. Styles, points and lines are
 * ignored. Nothing is fetched, and only XML's five predefined entities are expanded.
 */
import type { Position } from "../../geo/position.js";
import type { ShapeProblem } from "../../geo/geoJsonShape.js";
import { wrapLongitudeDeg } from "../../geo/longitudes.js";

type KmlArea = {
  readonly name: string | undefined;
  readonly area: readonly Position[];
  readonly hasHoles: boolean;
};

const COORDINATES_LIMIT = 500_000;

export const isKmlText = (text: string): boolean => /^\ufeff?\s*</.test(text.slice(0, 1000));

/** Every area of the file, or the first mistake, with its line number. */
export function kmlAreas(text: string): readonly KmlArea[] | ShapeProblem {
  // Comments are replaced by spaces instead of removed, so that line numbers in error messages stay right.
  const kml = text.replace(/<!--[\s\S]*?(-->|$)/g, (comment) => comment.replace(/[^\n]/g, " "));
  if (!/<(?:\w+:)?kml[\s>]/.test(kml) && !/<(?:\w+:)?(Placemark|Polygon)[\s>]/.test(kml)) {
    return { where: "line 1", problem: "this is XML and no KML: an area is a GeoJSON or KML file with a Polygon" };
  }
  const areas: KmlArea[] = [];
  for (const match of kml.matchAll(/<((?:\w+:)?)Polygon[\s>][\s\S]*?<\/\1Polygon\s*>/g)) {
    const area = areaOf(kml, match[0], match.index);
    if ("problem" in area) return area;
    areas.push(area);
  }
  return areas;
}

const lineOf = (text: string, index: number): string => `line ${text.slice(0, index).split("\n").length}`;

function areaOf(kml: string, polygon: string, index: number): KmlArea | ShapeProblem {
  const outer = /<((?:\w+:)?)outerBoundaryIs[\s>][\s\S]*?<\/\1outerBoundaryIs\s*>/.exec(polygon);
  const inside = outer?.[0] ?? polygon;
  const coordinates = /<((?:\w+:)?)coordinates(?:\s[^>]*)?>([\s\S]*?)<\/\1coordinates\s*>/.exec(inside);
  const where = lineOf(kml, index);
  if (!coordinates) return { where, problem: "a Polygon without coordinates" };
  const at = index + (outer?.index ?? 0) + coordinates.index;
  const corners = cornersOf(coordinates[2] ?? "", lineOf(kml, at));
  if ("problem" in corners) return corners;
  const area = opened(corners);
  if (area.length < 3) return { where, problem: `an area needs 3 corners, this one has ${area.length}` };
  return { name: nameBefore(kml, index), area, hasHoles: /innerBoundaryIs[\s>]/.test(polygon) };
}

/** The ring without its closing corner. */
function opened(corners: readonly Position[]): readonly Position[] {
  const [first, last] = [corners[0], corners.at(-1)];
  const isClosed = first?.latitudeDeg === last?.latitudeDeg && first?.longitudeDeg === last?.longitudeDeg;
  return isClosed ? corners.slice(0, -1) : corners;
}

/** "longitude,latitude[,height]" with spaces or line ends between. */
function cornersOf(words: string, where: string): readonly Position[] | ShapeProblem {
  const tuples = words.trim().split(/\s+/);
  if (tuples.length > COORDINATES_LIMIT) return { where, problem: `more than ${COORDINATES_LIMIT} corners` };
  const corners: Position[] = [];
  for (const tuple of tuples) {
    const [east, north] = tuple.split(",").map((word) => (word === "" ? Number.NaN : Number(word)));
    const isPlace = east !== undefined && north !== undefined && Math.abs(east) <= 360 && Math.abs(north) <= 90;
    if (!isPlace) return { where, problem: `longitude,latitude were expected, not "${tuple.slice(0, 40)}"` };
    corners.push({ latitudeDeg: north, longitudeDeg: wrapLongitudeDeg(east) });
  }
  return corners;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The name of the Placemark that contains the Polygon at `index`. */
function nameBefore(kml: string, index: number): string | undefined {
  const start = Math.max(kml.lastIndexOf("<Placemark", index), kml.lastIndexOf(":Placemark", index));
  if (start < 0) return undefined;
  const name = /<(?:\w+:)?name>\s*(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))/.exec(kml.slice(start, index));
  const words = (name?.[1] ?? name?.[2] ?? "")
    .trim()
    .replace(/&(\w+);/g, (whole, entity: string) =>
      Object.hasOwn(ENTITIES, entity) ? (ENTITIES[entity] ?? whole) : whole,
    );
  return words === "" ? undefined : words;
}
