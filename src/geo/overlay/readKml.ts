/** KML 2.2 and 2.3 (OGC 12-007r2): placemarks, ground overlays, folders. Nothing that a file points to is fetched. */
import { err, ok, type Result } from "../../core/result.js";
import type { BadFile } from "../badFile.js";
import type { ShapeProblem } from "../geoJsonShape.js";
import { wrapLongitudeDeg } from "../longitudes.js";
import type { Position } from "../position.js";
import { lookOfPlacemark, namedLooks } from "./kmlLook.js";
import { type Overlay, OVERLAY_POSITIONS_MAX, type OverlayFeature, type OverlayPicture } from "./overlay.js";
import { childOf, childrenOf, readXml, textOf, type XmlElement } from "./xmlTree.js";

const NAME_CHARS_MAX = 80;
/** Elements that hold others. */
const CONTAINERS: readonly string[] = ["kml", "Document", "Folder"];

export function readKml(text: string, path: string): Result<Overlay, BadFile> {
  const root = readXml(text);
  const read = root.ok ? overlayOf(root.value) : root;
  return read.ok ? read : err({ kind: "bad-file", path, ...read.error });
}

function overlayOf(root: XmlElement): Result<Overlay, ShapeProblem> {
  if (!CONTAINERS.includes(root.name)) return err({ where: `line ${root.line}`, problem: "this is XML and no KML" });
  const reader = new KmlReader(root);
  const problem = reader.read(root);
  return problem ? err(problem) : ok(reader.overlay(nameOf(childOf(root, "Document") ?? root)));
}

const nameOf = (element: XmlElement): string =>
  (textOf(element, "name") ?? "").replace(/\s+/g, " ").slice(0, NAME_CHARS_MAX);

class KmlReader {
  readonly #looks: ReturnType<typeof namedLooks>;
  readonly #features: OverlayFeature[] = [];
  readonly #pictures: OverlayPicture[] = [];
  readonly #links: string[] = [];
  #countOfPositions = 0;

  constructor(root: XmlElement) {
    this.#looks = namedLooks(root);
  }

  overlay(name: string): Overlay {
    return { name, features: this.#features, pictures: this.#pictures, links: this.#links };
  }

  /** The first mistake in an element or one inside it. What its author has switched off is left out, with all that is in it. */
  read(element: XmlElement): ShapeProblem | undefined {
    if (textOf(element, "visibility") === "0") return undefined;
    if (element.name === "NetworkLink")
      this.#links.push(textOf(childOf(element, "Link") ?? childOf(element, "Url"), "href") ?? "");
    else if (element.name === "GroundOverlay") return this.#onPicture(element);
    else if (element.name === "Placemark") return this.#onPlacemark(element);
    if (!CONTAINERS.includes(element.name)) return undefined;
    for (const child of element.children) {
      const problem = this.read(child);
      if (problem) return problem;
    }
    return undefined;
  }

  #onPlacemark(placemark: XmlElement): ShapeProblem | undefined {
    for (const geometry of placemark.children) {
      const problem = this.#onGeometry(geometry, placemark);
      if (problem) return problem;
    }
    return undefined;
  }

  #onGeometry(geometry: XmlElement, placemark: XmlElement): ShapeProblem | undefined {
    switch (geometry.name) {
      case "MultiGeometry":
        return firstProblem(geometry.children, (child) => this.#onGeometry(child, placemark));
      case "Point":
        return this.#add("point", placemark, [geometry]);
      case "LineString":
      case "LinearRing":
        return this.#add("line", placemark, [geometry]);
      case "Polygon":
        return this.#add("area", placemark, ringsOf(geometry));
      default:
        return undefined;
    }
  }

  #add(shape: OverlayFeature["shape"], placemark: XmlElement, rings: readonly XmlElement[]): ShapeProblem | undefined {
    const parts: (readonly Position[])[] = [];
    const leastOf = { point: 1, line: 2, area: 3 }[shape];
    for (const ring of rings) {
      const read = positionsOf(ring);
      if ("problem" in read) return read;
      this.#countOfPositions += read.length;
      if (this.#countOfPositions > OVERLAY_POSITIONS_MAX)
        return { where: `line ${ring.line}`, problem: `more than ${OVERLAY_POSITIONS_MAX} corners` };
      if (read.length >= leastOf) parts.push(shape === "area" ? opened(read) : read);
    }
    const look = lookOfPlacemark(placemark, this.#looks, shape === "point");
    if (parts.length > 0) this.#features.push({ name: nameOf(placemark), shape, parts, look });
    return undefined;
  }

  #onPicture(element: XmlElement): ShapeProblem | undefined {
    const href = textOf(childOf(element, "Icon"), "href");
    const box = boxOf(childOf(element, "LatLonBox"));
    const where = `line ${element.line}`;
    if (href === undefined) return { where, problem: "a GroundOverlay without a picture" };
    if (!box)
      return { where, problem: "a GroundOverlay whose LatLonBox is no box on earth (gx:LatLonQuad is not read)" };
    this.#pictures.push({ name: nameOf(element), href, ...box });
    return undefined;
  }
}

function boxOf(box: XmlElement | undefined): Omit<OverlayPicture, "name" | "href"> | undefined {
  const side = (name: string, limitDeg: number): number => {
    const deg = Number(textOf(box, name) ?? Number.NaN);
    return Math.abs(deg) <= limitDeg ? deg : Number.NaN;
  };
  const [northDeg, southDeg] = [side("north", 90), side("south", 90)];
  const [eastDeg, westDeg] = [side("east", 180), side("west", 180)];
  const rotationDeg = Number(textOf(box, "rotation") ?? 0);
  const isBox = northDeg > southDeg && eastDeg > westDeg && Number.isFinite(rotationDeg);
  return isBox ? { southDeg, westDeg, northDeg, eastDeg, rotationDeg } : undefined;
}

function firstProblem(
  elements: readonly XmlElement[],
  read: (element: XmlElement) => ShapeProblem | undefined,
): ShapeProblem | undefined {
  for (const element of elements) {
    const problem = read(element);
    if (problem) return problem;
  }
  return undefined;
}

/** The outline, then the holes. */
const ringsOf = (polygon: XmlElement): readonly XmlElement[] =>
  ["outerBoundaryIs", "innerBoundaryIs"]
    .flatMap((side) => childrenOf(polygon, side))
    .flatMap((boundary) => childrenOf(boundary, "LinearRing"));

/** "longitude,latitude[,height]" with spaces or line ends between. */
function positionsOf(geometry: XmlElement): readonly Position[] | ShapeProblem {
  const element = childOf(geometry, "coordinates");
  const words = element?.text.trim() ?? "";
  const positions: Position[] = [];
  if (words === "") return positions;
  for (const tuple of words.split(/\s+/)) {
    const [east, north] = tuple.split(",").map((word) => (word === "" ? Number.NaN : Number(word)));
    const isPlace = east !== undefined && north !== undefined && Math.abs(east) <= 360 && Math.abs(north) <= 90;
    if (!isPlace)
      return {
        where: `line ${element?.line ?? geometry.line}`,
        problem: `longitude,latitude were expected, not "${tuple.slice(0, 40)}"`,
      };
    positions.push({ latitudeDeg: north, longitudeDeg: wrapLongitudeDeg(east) });
  }
  return positions;
}

/** The ring without its closing corner. */
function opened(corners: readonly Position[]): readonly Position[] {
  const [first, last] = [corners[0], corners.at(-1)];
  const isClosed = first?.latitudeDeg === last?.latitudeDeg && first?.longitudeDeg === last?.longitudeDeg;
  return isClosed ? corners.slice(0, -1) : corners;
}
