/** Scenes drawn at random from a seed, so that detector and tracker cannot be tuned to them. */
import { type Rng, seededRng } from "../../src/core/rng.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Position } from "../../src/geo/position.js";
import type { Scenario } from "../scenario.js";
import { openActors } from "./actors.js";
import { drawActors } from "./drawnActors.js";
import { type Beach, drawBeach, round } from "./drawnBeach.js";
import { between, RANGES, wholeBetween } from "./drawnRanges.js";

/** `area`: corners of the search area, not closed; every actor that counts is inside it. */
type DrawnScene = { readonly scenario: Scenario; readonly area: readonly Position[] };

/** Search area in metres: from the waterline out to sea; the next, along it to each side of home. */
const SEAWARD_M = 45;
const ALONG_M = 115;
const BEHIND_HOME_M = 20;
/** Distance of the road from home, seaward or inland. */
const ROAD_FROM_HOME_M = 12;
/** Duration of a sortie over the area, and the minimum distance between actors meanwhile: closer ones look like one. */
const WATCHED_S = 300;
const APART_M = 2.6;
const MOST_TRIES = 200;

function temperaturesFrom(rng: Rng): Scenario["temperatures"] {
  const seaC = between(rng, RANGES.seaC);
  const wetSandC = seaC - between(rng, RANGES.wetSandBelowSeaK);
  const drySandC = wetSandC - between(rng, RANGES.drySandBelowWetK);
  const grassC = drySandC - between(rng, RANGES.grassBelowDryK);
  const roadC = wetSandC + between(rng, RANGES.roadAboveWetK);
  return {
    seaC: round(seaC, 1),
    wetSandC: round(wetSandC, 1),
    drySandC: round(drySandC, 1),
    grassC: round(grassC, 1),
    roadC: round(roadC, 1),
  };
}

function weatherFrom(rng: Rng): Pick<Scenario, "wind" | "navigation" | "temperatures" | "camera"> {
  const meanMps = between(rng, RANGES.windMeanMps);
  return {
    wind: {
      fromDeg: wholeBetween(rng, RANGES.windFromDeg) % 360,
      meanMps: round(meanMps, 1),
      gustMps: round(meanMps * between(rng, RANGES.gustRatio), 1),
    },
    navigation: {
      horizontalM: round(between(rng, RANGES.horizontalM), 2),
      verticalM: round(between(rng, RANGES.verticalM), 2),
      attitudeDeg: round(between(rng, RANGES.attitudeDeg), 2),
    },
    temperatures: temperaturesFrom(rng),
    camera: { widthPx: 640, heightPx: 512, hfovDeg: 42, framesPerS: 25, netdK: round(between(rng, RANGES.netdK), 3) },
  };
}

/** No actor comes too close to another or leaves the area, since a score could not tell them apart. */
function isFair(scenario: Scenario, beach: Beach): boolean {
  const actorsAt = openActors(scenario, scenario.seed);
  const middle = beach.offsetOf({ inlandM: 0, alongM: 0 });
  const shore = beach.offsetOf({ inlandM: 0, alongM: 100 });
  const alongM = (eastM: number, northM: number): number =>
    ((eastM - middle.eastM) * (shore.eastM - middle.eastM) +
      (northM - middle.northM) * (shore.northM - middle.northM)) /
    100;
  for (let s = 0; s <= WATCHED_S; s += 4) {
    const solid = actorsAt(s).filter(({ kind }) => kind === "person" || kind === "boat" || kind === "vehicle");
    for (const [i, one] of solid.entries()) {
      if (Math.abs(alongM(one.eastM, one.northM)) > ALONG_M) return false;
      for (const other of solid.slice(0, i)) {
        const clearM =
          one.kind === "person" && other.kind === "person" ? APART_M : (one.widthM + other.widthM) / 2 + 0.8;
        if (Math.hypot(one.eastM - other.eastM, one.northM - other.northM) < clearM) return false;
      }
    }
  }
  return true;
}

function draw(seed: number, beach: Beach, rng: Rng): Scenario {
  const roadInlandM = beach.homeInlandM + between(rng, [-ROAD_FROM_HOME_M, ROAD_FROM_HOME_M]);
  const roadEnd = (alongM: number) => beach.offsetOf({ inlandM: roadInlandM, alongM });
  return {
    name: `Drawn night ${seed}`,
    teaches: "Drawn from a seed: a beach of this coast with boats, people, vehicles and what only looks warm.",
    seed,
    clock: "arming",
    home: { ...beach.home, altitudeAmslM: round(between(rng, RANGES.homeAltitudeAmslM), 1) },
    ...weatherFrom(rng),
    waterline: beach.waterline,
    roads: [{ line: [roadEnd(-420), roadEnd(420)], widthM: round(between(rng, [5, 7]), 1) }],
    actors: drawActors(beach, roadInlandM, rng),
  };
}

/** The area's corners, in order. */
function areaOf(beach: Beach): readonly Position[] {
  const frame = localFrameAt(beach.home);
  const corners = [
    [-SEAWARD_M, -ALONG_M],
    [-SEAWARD_M, ALONG_M],
    [beach.homeInlandM + BEHIND_HOME_M, ALONG_M],
    [beach.homeInlandM + BEHIND_HOME_M, -ALONG_M],
  ] as const;
  return corners.map(([inlandM, alongM]) => {
    const { position } = frame.toPosition({ ...beach.offsetOf({ inlandM, alongM }), upM: 0 });
    return { latitudeDeg: round(position.latitudeDeg, 6), longitudeDeg: round(position.longitudeDeg, 6) };
  });
}

/**
 * A scene on that coast; the same seed and coast give the same scene. Throws where the coast has no suitable stretch. All values are
 * within `RANGES`; the scenario has the form of a file in `missions/scenarios`.
 */
export function generateScenario(seed: number, coast: CoastDocument): DrawnScene {
  const rng = seededRng(seed);
  const beach = drawBeach(coast, rng);
  for (let i = 0; i < MOST_TRIES; i++) {
    const scenario = draw(seed, beach, rng);
    if (isFair(scenario, beach)) return { scenario, area: areaOf(beach) };
  }
  throw new Error(`seed ${seed} gives no scene in ${MOST_TRIES} draws in which all stay apart`);
}
