import path from "node:path";
import { decodeText } from "../../core/decodeText.js";
import { err, ok, type Result } from "../../core/result.js";
import { coastFromGeoJson } from "../../geo/coastFromGeoJson.js";
import { wrapLongitudeDeg } from "../../geo/longitudes.js";
import { areaAround } from "../../geo/pack/packArea.js";
import { FILE_BYTES_MAX, type GroundFileKind, isDataDate } from "../../geo/pack/packManifest.js";
import { readPlaces } from "../../geo/places/placesDocument.js";
import type { Position } from "../../geo/position.js";
import { readTide } from "../../geo/tide/tideDocument.js";
import type { GeoBounds } from "../../geo/tiles/geoBounds.js";
import { readBytes } from "../../io/fileStore.js";
import { openMapFile } from "../maps/openMaps.js";
import type { MapFileProblem, MapRemark, OpenMap } from "../maps/mapFile.js";
import { readTerrainFile } from "../terrain/readTerrainFile.js";
import type { PackFileProblem } from "./packProblem.js";

/** What a file says of itself. */
export type PackFileFacts = {
  readonly bounds: GeoBounds;
  /** Empty where the file does not say. */
  readonly attribution: string;
  readonly dataDate: string | undefined;
  /** Paths of the files beside it that it is read with; there are none but for maps. */
  readonly besides: readonly string[];
};

/** Opens a file as the station will, so that one that is of no use is found before it is carried anywhere. */
export function openPackFile(kind: GroundFileKind, file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  switch (kind) {
    case "map":
      return openedMap(file);
    case "terrain":
      return openedTerrain(file);
    case "coast":
      return openedCoast(file);
    case "tide":
      return openedTide(file);
    case "names":
      return openedNames(file);
  }
}

async function openedMap(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  // A `.map.json` names a server, which a pack must do without.
  if (path.extname(file).toLowerCase() === ".json") return err({ kind: "map", problem: { kind: "no-map" } });
  const opened = await openMapFile(file, path.dirname(file));
  if (!opened.ok) return err({ kind: "map", problem: opened.error });
  const { maps, remarks } = opened.value;
  await Promise.all(maps.map(({ close }) => close()));
  const problem = notAsNamed(remarks) ?? outsideFolder(file, maps);
  if (problem) return err({ kind: "map", problem });
  const bounds = areaAround(maps.map(({ description }) => description.bounds));
  const attribution = maps[0]?.description.attribution ?? "";
  return ok({
    bounds,
    attribution,
    dataDate: undefined,
    besides: [...new Set(maps.flatMap(({ besides }) => besides))],
  });
}

/** A picture that is there and cannot be used, which `--map` would only remark: what is carried to others should be whole. */
function notAsNamed(remarks: readonly MapRemark[]): MapFileProblem | undefined {
  const leftOut = remarks.flatMap((remark) => (remark.kind === "picture-left-out" ? [remark.problem] : []));
  return leftOut.find(({ kind }) => kind !== "picture-not-there");
}

function outsideFolder(file: string, maps: readonly OpenMap[]): MapFileProblem | undefined {
  const folder = path.dirname(file);
  const outside = maps.flatMap(({ besides }) => besides).find((beside) => path.dirname(beside) !== folder);
  return outside === undefined ? undefined : { kind: "picture-in-folder", picture: path.relative(folder, outside) };
}

async function openedTerrain(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const read = await readTerrainFile(file);
  if (!read.ok) return err({ kind: "terrain", problem: read.error });
  return ok({ bounds: read.value.bounds, attribution: "", dataDate: undefined, besides: [] });
}

async function openedCoast(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const bytes = await readBytes(file, FILE_BYTES_MAX.coast);
  if (!bytes.ok) return err({ kind: "coast", problem: bytes.error });
  const coast = coastFromGeoJson(decodeText(bytes.value), path.basename(file));
  if (!coast.ok) return err({ kind: "coast", problem: coast.error });
  const { box, attribution, licence, date } = coast.value;
  const dataDate = isDataDate(date) ? date : undefined;
  return ok({ bounds: box, attribution: `${attribution}, ${licence}`, dataDate, besides: [] });
}

async function openedTide(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const bytes = await readBytes(file, FILE_BYTES_MAX.tide);
  const tide = bytes.ok ? readTide(decodeText(bytes.value), path.basename(file)) : bytes;
  if (!tide.ok) return err({ kind: "tide", problem: tide.error });
  const { attribution, ports } = tide.value;
  return ok({ bounds: boundsOf(ports.map(({ position }) => position)), attribution, dataDate: undefined, besides: [] });
}

async function openedNames(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const bytes = await readBytes(file, FILE_BYTES_MAX.names);
  const names = bytes.ok ? readPlaces(decodeText(bytes.value), path.basename(file)) : bytes;
  if (!names.ok) return err({ kind: "names", problem: names.error });
  const { attribution, places } = names.value;
  return ok({
    bounds: boundsOf(places.map(({ position }) => position)),
    attribution,
    dataDate: undefined,
    besides: [],
  });
}

/** Ports and names say something of the places around them. Less than their reach to every side, and more than none. */
const AROUND_DEG = 0.3;

const boundsOf = (places: readonly Position[]): GeoBounds =>
  areaAround(
    places.map(({ latitudeDeg, longitudeDeg }) => ({
      southDeg: Math.max(-90, latitudeDeg - AROUND_DEG),
      northDeg: Math.min(90, latitudeDeg + AROUND_DEG),
      westDeg: wrapLongitudeDeg(longitudeDeg - AROUND_DEG),
      eastDeg: wrapLongitudeDeg(longitudeDeg + AROUND_DEG),
    })),
  );
