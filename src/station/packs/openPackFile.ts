import path from "node:path";
import { decodeText } from "../../core/decodeText.js";
import { err, ok, type Result } from "../../core/result.js";
import { coastFromGeoJson } from "../../geo/coastFromGeoJson.js";
import { wrapLongitudeDeg } from "../../geo/longitudes.js";
import { areaAround } from "../../geo/pack/packArea.js";
import { FILE_BYTES_MAX, isDataDate, type PackFileKind } from "../../geo/pack/packManifest.js";
import { readPlaces } from "../../geo/places/placesDocument.js";
import type { Position } from "../../geo/position.js";
import { readTide } from "../../geo/tide/tideDocument.js";
import type { GeoBounds } from "../../geo/tiles/geoBounds.js";
import { readBytes } from "../../io/fileStore.js";
import { openMap } from "../maps/openMap.js";
import { readTerrainFile } from "../terrain/readTerrainFile.js";
import type { PackFileProblem } from "./packProblem.js";

/** What a file says of itself. */
export type PackFileFacts = {
  readonly bounds: GeoBounds;
  /** Empty where the file does not say. */
  readonly attribution: string;
  readonly dataDate: string | undefined;
};

/** Opens a file as the station will, so that one that is of no use is found before it is carried anywhere. */
export function openPackFile(kind: PackFileKind, file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
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
  const map = await openMap(file, path.dirname(file));
  if (!map.ok) return err({ kind: "map", problem: map.error });
  await map.value.close();
  if (!map.value.standsAlone) return err({ kind: "map", problem: { kind: "needs-world-file" } });
  const { bounds, attribution } = map.value.description;
  return ok({ bounds, attribution, dataDate: undefined });
}

async function openedTerrain(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const read = await readTerrainFile(file);
  if (!read.ok) return err({ kind: "terrain", problem: read.error });
  return ok({ bounds: read.value.bounds, attribution: "", dataDate: undefined });
}

async function openedCoast(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const bytes = await readBytes(file, FILE_BYTES_MAX.coast);
  if (!bytes.ok) return err({ kind: "coast", problem: bytes.error });
  const coast = coastFromGeoJson(decodeText(bytes.value), path.basename(file));
  if (!coast.ok) return err({ kind: "coast", problem: coast.error });
  const { box, attribution, licence, date } = coast.value;
  return ok({ bounds: box, attribution: `${attribution}, ${licence}`, dataDate: isDataDate(date) ? date : undefined });
}

async function openedTide(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const bytes = await readBytes(file, FILE_BYTES_MAX.tide);
  const tide = bytes.ok ? readTide(decodeText(bytes.value), path.basename(file)) : bytes;
  if (!tide.ok) return err({ kind: "tide", problem: tide.error });
  const { attribution, ports } = tide.value;
  return ok({ bounds: boundsOf(ports.map(({ position }) => position)), attribution, dataDate: undefined });
}

async function openedNames(file: string): Promise<Result<PackFileFacts, PackFileProblem>> {
  const bytes = await readBytes(file, FILE_BYTES_MAX.names);
  const names = bytes.ok ? readPlaces(decodeText(bytes.value), path.basename(file)) : bytes;
  if (!names.ok) return err({ kind: "names", problem: names.error });
  const { attribution, places } = names.value;
  return ok({ bounds: boundsOf(places.map(({ position }) => position)), attribution, dataDate: undefined });
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
