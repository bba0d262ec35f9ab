/** What is known of a place on the map. Pure; what is not known is undefined, never 0. */
import type { ShoreAnswer } from "../../../src/geo/coast.js";
import { geoidHeightM } from "../../../src/geo/geoid.js";
import { SEA_LEVEL_SIGMA_M } from "../../../src/geo/ground/homeGround.js";
import { legsOf, type MeasuredLeg } from "../../../src/geo/measure.js";
import type { Position } from "../../../src/geo/position.js";
import type { KnownHeight } from "../../../src/geo/terrain/knownHeight.js";
import type { KnownTide } from "../../../src/geo/tide/tideModel.js";

export type PlaceSources = {
  readonly shore: ShoreAnswer | undefined;
  /** Of the ground, where a file knows it. */
  readonly ground: KnownHeight | undefined;
  readonly tide: KnownTide | undefined;
  readonly home: { readonly position: Position; readonly altitudeAmslM: number } | undefined;
  readonly aircraft: Position | undefined;
};

type PlaceHeight = {
  readonly amslM: number;
  readonly ellipsoidM: number;
  readonly aboveHomeM: number | undefined;
  /** 95 %. */
  readonly plusMinusM: number;
  readonly from: "file" | "tide" | "sea";
  /** Name of the file. */
  readonly file: string;
};

type PlaceFacts = {
  readonly height: PlaceHeight | undefined;
  readonly fromHome: MeasuredLeg | undefined;
  readonly fromAircraft: MeasuredLeg | undefined;
};

/** 95 % of a normal error, in sigmas. */
const SIGMAS_OF_95 = 1.96;

export function placeFacts(position: Position, sources: PlaceSources): PlaceFacts {
  const { home, aircraft } = sources;
  return {
    height: heightOf(position, sources),
    fromHome: home && legsOf([home.position, position])[0],
    fromAircraft: aircraft && legsOf([aircraft, position])[0],
  };
}

/** The same rule as that of `vigie where`: on the sea it is the tide's, else mean sea level with an error that covers the tide. */
function heightOf(position: Position, { shore, ground, tide, home }: PlaceSources): PlaceHeight | undefined {
  const told = (amslM: number, sigmaM: number, from: PlaceHeight["from"], file = ""): PlaceHeight => ({
    amslM,
    ellipsoidM: amslM + geoidHeightM(position),
    aboveHomeM: home && amslM - home.altitudeAmslM,
    plusMinusM: sigmaM * SIGMAS_OF_95,
    ...{ from, file },
  });
  if (shore?.surface === "sea" && shore.waterlineDistanceM > shore.plusMinusM)
    return tide ? told(tide.heightAmslM, tide.sigma.amslM, "tide") : told(0, SEA_LEVEL_SIGMA_M, "sea");
  return ground && told(ground.heightAmslM, ground.sigmaM, "file", ground.source);
}
