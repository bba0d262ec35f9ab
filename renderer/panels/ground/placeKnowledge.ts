/** What the station knows of a place, file by file. */
import type { CoastOrigin, GroundFile, GroundFiles } from "../../../src/contract/groundMessages.js";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import { nearestPlace } from "../../../src/geo/places/nearestPlace.js";
import type { Position } from "../../../src/geo/position.js";
import { type GeoBounds, isInBounds } from "../../../src/geo/tiles/geoBounds.js";
import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { Format } from "../../app/format.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { useShownMap } from "../../scene/map/useShownMap.js";
import { useGroundHere } from "./groundHere.js";

/** Of a file what a person asks for: which, how fine, how old. */
type KnownFile = Pick<GroundFile, "name"> & Partial<Pick<GroundFile, "resolutionM" | "dataDate" | "pack">>;

/** Each undefined where nothing is known of the place itself: a file of another place counts as none. */
export type PlaceKnowledge = {
  readonly coast: { readonly errorM: number; readonly date: string; readonly origin: CoastOrigin } | undefined;
  /** The finest first: it answers where several do. */
  readonly heights: readonly KnownFile[] | undefined;
  /** The one that is shown. */
  readonly map: KnownFile | undefined;
  readonly hasTide: boolean;
  readonly hasNames: boolean;
};

/** Undefined without a place, and until the station has answered for it. */
export function usePlaceKnowledge(place: Position | undefined): PlaceKnowledge | undefined {
  const station = useStation();
  const here = useGroundHere(station, place);
  const coast = useWhole(station.coast);
  const terrainFiles = useWhole(station.terrain.files);
  const inventory = useWhole(station.terrain.inventory);
  const places = useWhole(station.places)?.places ?? [];
  const map = useShownMap(station.maps);
  if (!place || !here) return undefined;
  return {
    coast: coastAt(place, coast, inventory),
    heights: here.hasHeight ? heightsAt(place, terrainFiles, inventory) : undefined,
    map: mapAt(place, map, inventory),
    hasTide: here.hasTide,
    hasNames: nearestPlace(places, place) !== undefined,
  };
}

const isHere = (place: Position, bounds: GeoBounds | undefined): boolean => !bounds || isInBounds(bounds, place);

function coastAt(place: Position, coast: CoastDocument | undefined, inventory: GroundFiles | undefined) {
  if (!coast || !isInBounds(coast.box, place)) return undefined;
  return { errorM: coast.error.p90M, date: coast.date, origin: inventory?.coast ?? ({ kind: "none" } as const) };
}

/** Until the list of files has come, their names. */
function heightsAt(
  place: Position,
  names: readonly string[],
  inventory: GroundFiles | undefined,
): readonly KnownFile[] {
  if (!inventory) return names.map((name) => ({ name }));
  return inventory.files
    .filter(({ kind, isUsed, bounds }) => kind === "terrain" && isUsed && isHere(place, bounds))
    .toSorted((one, other) => (one.resolutionM ?? Infinity) - (other.resolutionM ?? Infinity));
}

function mapAt(
  place: Position,
  map: MapDescription | undefined,
  inventory: GroundFiles | undefined,
): KnownFile | undefined {
  if (!map || !isHere(place, map.bounds)) return undefined;
  return inventory?.files.find(({ kind, name }) => kind === "map" && name === map.name) ?? { name: map.name };
}

/** "N50E001.hgt (93 m, 2023-05)"; what nobody has said is left out. */
export function fileWords(format: Format, { name, resolutionM, dataDate }: KnownFile): string {
  const facts = [resolutionM === undefined ? "" : format.lengthText(resolutionM), dataDate ?? ""].filter(
    (fact) => fact !== "",
  );
  return facts.length === 0 ? name : `${name} (${facts.join(", ")})`;
}
