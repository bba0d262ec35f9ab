import type { AreaNeed, NeedKind, NeedPiece } from "../../geo/pack/areaNeeds.js";
import { megabytes } from "./packLine.js";

const WHAT: Readonly<Record<NeedKind, string>> = {
  coast: "coast line",
  terrain: "heights",
  map: "map",
  tide: "tide",
  names: "names of places",
  zones: "airspace",
};

export const HOW_TO_GET: Readonly<Record<NeedKind, string>> = {
  coast: "load land areas as GeoJSON in Settings, or put them in a pack: vigie pack make --coast FILE.geojson",
  terrain:
    "name a file of heights with --terrain FILE (GeoTIFF, .hgt, DTED, tiles of heights), or import a pack that has one",
  map: "name a map with --map FILE (PMTiles, MBTiles, GeoTIFF, a picture with a world file), or import a pack that has one",
  tide: "built in from Dieppe to Dunkirk only: put constituents in a pack (--tide), or use the tables of the port",
  names: "built in for the Channel's coast only: put names in a pack: vigie pack make --names FILE.json",
  zones: "Vigie knows no airspace and checks none: look at the official chart and the NOTAMs",
};

/** What is there of an area, a line each, and for what is not how to get it. */
export const needLines = (needs: readonly AreaNeed[]): readonly string[] =>
  needs.flatMap(({ kind, state, coveredPercent, pieces }) => [
    `${WHAT[kind]}: ${state}${state === "partly" ? `, ${coveredPercent} %` : ""}`,
    ...pieces.map((piece) => `  ${pieceLine(piece)}`),
    ...(state === "missing" || state === "partly" ? [`  to get it: ${HOW_TO_GET[kind]}`] : []),
  ]);

const BASIS: Readonly<Record<NeedPiece["basis"], string>> = {
  content: "",
  bounds: " by its frame (gaps in it are not known)",
  online: " over the network only",
  drawing: "a drawing, which counts as no map",
};

function pieceLine(piece: NeedPiece): string {
  const { name, coveredPercent, basis, zoom, resolutionM, pack, dataDate, ageYears, isOld, sizeBytes, attribution } =
    piece;
  const zoomWords = zoom ? ` at zoom ${zoom.lookedAt}${zoom.lookedAt < zoom.deepest ? ` of ${zoom.deepest}` : ""}` : "";
  return [
    `${name}: ${basis === "drawing" ? "" : `${coveredPercent} %`}${BASIS[basis]}${zoomWords}`,
    ...(resolutionM === undefined ? [] : [`${resolutionM.toFixed(resolutionM < 10 ? 1 : 0)} m`]),
    dataDate === undefined || ageYears === undefined
      ? "data of an unknown date"
      : `data of ${dataDate} (${ageYears.toFixed(1)} years${isOld ? ", old" : ""})`,
    ...(sizeBytes === undefined ? [] : [megabytes(sizeBytes)]),
    ...(pack === undefined ? [] : [`pack ${pack}`]),
    attribution ?? "licence not stated",
  ].join(", ");
}
