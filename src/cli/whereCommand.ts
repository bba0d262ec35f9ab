import { nearPlaceText, placeTexts } from "../contract/placeTexts.js";
import { err, ok, type Result } from "../core/result.js";
import { DEG_PER_RAD } from "../geo/angles.js";
import type { ShoreAnswer } from "../geo/coast.js";
import type { ReliefGrid } from "../geo/coastDocument.js";
import { geoidHeightM } from "../geo/geoid.js";
import { SEA_LEVEL_SIGMA_M } from "../geo/ground/homeGround.js";
import { type NearPlace, nearestPlace } from "../geo/places/nearestPlace.js";
import { placeName, type PlaceKind } from "../geo/places/place.js";
import type { Position } from "../geo/position.js";
import { roughHeightAt } from "../geo/roughHeight.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import type { Tide } from "../geo/tide/tideModel.js";
import { readArguments } from "./arguments.js";
import { type CommandGround, commandGround, type CommandHeights, commandHeights } from "./commandGround.js";
import { type CommandIo, nodeIo } from "./commandIo.js";
import { numberList } from "./numberList.js";
import { EXIT_DONE, EXIT_FAILED, EXIT_WRONG_USE } from "./output.js";
import { type TideHere, tideHereOf, tideLines } from "./whereTide.js";

export const whereHelp = "vigie where LATITUDE,LONGITUDE [--terrain FILE]... [--no-packs] [--at TIME] [--json]";

/** 95 % of a normal error, as one sigma. */
const SIGMAS_OF_95 = 1.96;

/** What is known of a place; what is not known is absent. */
type Place = TideHere & {
  readonly heightAmslM?: number;
  readonly heightEllipsoidM?: number;
  readonly sigmaM?: number;
  readonly source?: string;
  /** The imported pack that the source came with. */
  readonly sourcePack?: string;
  readonly slopeDeg?: number;
  readonly surface?: "land" | "sea" | "waterline";
  readonly waterlineDistanceM?: number;
  readonly waterlineSigmaM?: number;
  readonly nearestPlace?: {
    readonly name: string;
    readonly kind: PlaceKind;
    readonly distanceM: number;
    /** True, from the place to the position. */
    readonly bearingDeg: number;
    readonly isApproximate: boolean;
  };
};

/**
 * Exit 0: what is known is printed; 1: a file of heights cannot be used; 2: wrong use. `nowUnixMs`: when the tide is asked for
 * without `--at`. `dataFolder`: whose imported packs are used; none without.
 */
export async function runWhere(
  argv: readonly string[],
  io: CommandIo = nodeIo,
  nowUnixMs: number = Date.now(),
  dataFolder?: string,
): Promise<number> {
  const wanted = readWords(argv, nowUnixMs);
  if (!wanted.ok) {
    io.stderr(`vigie where: ${wanted.error}`);
    io.stderr(`usage: ${whereHelp}`);
    return EXIT_WRONG_USE;
  }
  const { position, terrain, isJson, unixTimeMs, isWithoutPacks } = wanted.value;
  const ofPacks = isWithoutPacks ? undefined : dataFolder;
  const heights = await commandHeights("vigie where", { given: terrain, dataFolder: ofPacks, places: [position] }, io);
  if (!heights) return EXIT_FAILED;
  const told = await toldOf({ position, unixTimeMs }, heights, await commandGround(io, ofPacks));
  for (const line of isJson ? [JSON.stringify(told.place)] : told.lines()) io.stdout(line);
  return EXIT_DONE;
}

type Told = { readonly place: Place; readonly lines: () => readonly string[] };

async function toldOf(
  { position, unixTimeMs }: Pick<Wanted, "position" | "unixTimeMs">,
  { model, packOf }: CommandHeights,
  { coast, places, tideAt }: CommandGround,
): Promise<Told> {
  const shore = coast?.landOrSea(position) ?? { surface: "unknown" };
  const near = nearestPlace(places, position);
  const tide = await tideAt(position, unixTimeMs);
  const { isRough, ...height } = heightOrRough({ position, shore, tide }, model, coast?.document.relief);
  const sourcePack = height.source === undefined ? undefined : packOf(height.source);
  const ofPack = sourcePack === undefined ? {} : { sourcePack };
  const place = { ...height, ...ofPack, ...shoreOf(shore), ...tideHereOf(tide), ...(near && nameOf(near)) };
  return {
    place,
    lines: () => [...linesOf(place, isRough), ...tideLines(tide), ...(near ? [placeLine(near)] : [])],
  };
}

type Wanted = {
  readonly position: Position;
  readonly terrain: readonly string[];
  readonly unixTimeMs: number;
  readonly isWithoutPacks: boolean;
  readonly isJson: boolean;
};

function readWords(argv: readonly string[], nowUnixMs: number): Result<Wanted, string> {
  // A southern latitude is no option.
  const [first = ""] = argv;
  const words = /^-\d/.test(first) ? [...argv.slice(1), "--", first] : argv;
  const parsed = readArguments(words, {
    terrain: { type: "string", multiple: true },
    at: { type: "string" },
    "no-packs": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  if (!parsed.ok) return parsed;
  const { positionals, values } = parsed.value;
  const numbers = numberList(positionals.join(" "), [
    [-90, 90],
    [-180, 180],
  ]);
  if (!numbers) return err("one place is needed: LATITUDE,LONGITUDE in degrees, such as 50.8715,1.5835");
  const [latitudeDeg = 0, longitudeDeg = 0] = numbers;
  const unixTimeMs = values.at === undefined ? nowUnixMs : timeOf(values.at);
  if (unixTimeMs === undefined) return err("--at needs a time of 1970 to 2099, such as 2026-12-01T04:30Z");
  const { terrain = [], json: isJson, "no-packs": isWithoutPacks } = values;
  return ok({ position: { latitudeDeg, longitudeDeg }, terrain, unixTimeMs, isWithoutPacks, isJson });
}

/** A day, or a time with its zone: one without would be another time on another machine. */
function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)) return undefined;
  const unixTimeMs = Date.parse(text);
  return unixTimeMs >= 0 && unixTimeMs < Date.UTC(2100, 0) ? unixTimeMs : undefined;
}

type Spot = { readonly position: Position; readonly shore: ShoreAnswer; readonly tide: Tide };

/** On the sea the surface is the tide's; where that is not known, mean sea level with an error that covers the tide. */
function heightOf({ position, shore, tide }: Spot, model: TerrainModel | undefined): Place {
  const isSea = shore.surface === "sea" && shore.waterlineDistanceM > shore.plusMinusM;
  if (isSea && tide.kind === "known") {
    const { heightAmslM, sigma } = tide;
    return withEllipsoid({ heightAmslM, sigmaM: sigma.amslM, source: "tide" }, position);
  }
  if (isSea) return withEllipsoid({ heightAmslM: 0, sigmaM: SEA_LEVEL_SIGMA_M, source: "mean sea level" }, position);
  const ground = model?.heightAt(position);
  if (!ground) return {};
  const { heightAmslM, sigmaM, slope, source } = ground;
  const slopeDeg = Math.atan(Math.hypot(slope.eastRatio, slope.northRatio)) * DEG_PER_RAD;
  return { ...withEllipsoid({ heightAmslM, sigmaM, source: source.name }, position), slopeDeg };
}

/** As the files know it, else by the relief. */
function heightOrRough(spot: Spot, model: TerrainModel | undefined, relief: ReliefGrid | undefined) {
  const height = heightOf(spot, model);
  const rough = height.source === undefined ? roughHeightAt(relief, spot.shore, spot.position) : undefined;
  return { ...(rough ? withEllipsoid(rough, spot.position) : height), isRough: rough !== undefined };
}

type Height = { readonly heightAmslM: number; readonly sigmaM: number; readonly source: string };

const withEllipsoid = ({ heightAmslM, sigmaM, source }: Height, position: Position): Place => ({
  ...{ heightAmslM, heightEllipsoidM: heightAmslM + geoidHeightM(position), sigmaM, source },
});

function shoreOf(shore: ShoreAnswer): Place {
  if (shore.surface === "unknown") return {};
  const { surface, waterlineDistanceM, plusMinusM } = shore;
  const isInBand = waterlineDistanceM <= plusMinusM;
  return {
    surface: isInBand ? "waterline" : surface,
    ...{ waterlineDistanceM, waterlineSigmaM: plusMinusM / SIGMAS_OF_95 },
  };
}

function nameOf({ place, distanceM, bearingDeg }: NearPlace): Place {
  const { kind, isApproximate } = place;
  return { nearestPlace: { name: placeName(place, "en"), kind, distanceM, bearingDeg, isApproximate } };
}

/** As the screens say it, in English like the rest of the command line. */
function placeLine(near: NearPlace): string {
  const words = nearPlaceText(
    (key, facts = {}) => placeTexts.en[key].replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => facts[name] ?? "?"),
    near,
    { language: "en", unit: { name: "km", m: 1000 } },
  );
  return `nearest place: ${words.replaceAll("\u00a0", " ")}`;
}

/** `isRough`: of a height that is good to tens of metres no more is printed, and that no file knows better. */
function linesOf(place: Place, isRough: boolean): readonly string[] {
  const { heightAmslM, heightEllipsoidM, sigmaM, source, slopeDeg, surface, waterlineDistanceM, waterlineSigmaM } =
    place;
  const pack = place.sourcePack === undefined ? "" : ` (pack ${place.sourcePack})`;
  const metres = (value = 0): string => `${value.toFixed(1)} m`;
  const heightMetres = (value = 0): string => (isRough ? `about ${10 * Math.round(value / 10)} m` : metres(value));
  const height =
    heightAmslM === undefined
      ? "height: not known (no file of heights covers the place)"
      : `height: ${heightMetres(heightAmslM)} above mean sea level (EGM96), ${heightMetres(heightEllipsoidM)} above the ellipsoid, 1 sigma ${metres(sigmaM)}, from ${source ?? ""}${pack}${isRough ? " (no file of heights covers the place)" : ""}`;
  const shore =
    surface === undefined
      ? "surface: not known (outside the coast's map)"
      : `surface: ${surface}, ${metres(waterlineDistanceM)} from the waterline, 1 sigma ${metres(waterlineSigmaM)}`;
  return [height, ...(slopeDeg === undefined ? [] : [`slope: ${slopeDeg.toFixed(1)} degrees`]), shore];
}
