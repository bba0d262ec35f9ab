import { RAD_PER_DEG } from "../../src/geo/angles.js";
import type { Scenario } from "../scenario.js";
import type { Ground } from "./ground.js";
import { fractalNoise, hash32, valueNoise } from "./noise.js";

/** Apparent temperature of static ground, °C; at sea that of the sand below, which the swash may uncover. */
export type LandSurface = (eastM: number, northM: number) => number;

// The beach from the waterline up, metres inland.
const WET_SAND_ENDS_M = 24;
const GRASS_BEGINS_M = 82;
const EDGE_M = 5;
const WET_EDGE_M = 2;
const WET_BLEND_M = 2.5;
const WRACK_AT_M = 31;
const WRACK_REACH_M = 1.1;
const ALWAYS_UNDER_WATER_M = -8;

function smoothStep(from: number, to: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

type Road = NonNullable<Scenario["roads"]>[number];

const ROAD_EDGE_M = 0.4;

/** 1 on the road, 0 beside it, with a gradual edge. Bends are round, the two ends cut straight. */
function roadCoverOf(road: Road): LandSurface {
  const halfM = road.widthM / 2;
  const reachM = halfM + ROAD_EDGE_M;
  const segments = road.line.slice(1).map((b, i) => {
    const a = road.line[i] ?? b;
    const lengthM = Math.max(1e-9, Math.hypot(b.eastM - a.eastM, b.northM - a.northM));
    const [dE, dN] = [(b.eastM - a.eastM) / lengthM, (b.northM - a.northM) / lengthM];
    return { a, lengthM, dE, dN, isFirst: i === 0, isLast: i === road.line.length - 2 };
  });
  return (eastM, northM) => {
    let nearestM = Number.POSITIVE_INFINITY;
    for (const { a, lengthM, dE, dN, isFirst, isLast } of segments) {
      const acrossM = Math.abs((eastM - a.eastM) * dN - (northM - a.northM) * dE);
      if (acrossM > reachM) continue;
      const alongM = (eastM - a.eastM) * dE + (northM - a.northM) * dN;
      const roundM = Math.max(0, isFirst ? 0 : -alongM, isLast ? 0 : alongM - lengthM);
      const cutM = Math.max(isFirst ? -alongM : -lengthM, isLast ? alongM - lengthM : -lengthM);
      nearestM = Math.min(nearestM, Math.max(Math.hypot(acrossM, roundM), cutM + halfM));
    }
    return 1 - smoothStep(halfM - ROAD_EDGE_M, reachM, nearestM);
  };
}

/** Wet sand: water in shallow runnels along the shore stays warmer than the ridges between. */
function wetSandC(along: number, inlandM: number, temperatures: Scenario["temperatures"], seed: number): number {
  const runnel = fractalNoise(along / 45, inlandM / 7, 3, seed + 1);
  const pool = smoothStep(0.05, 0.3, runnel) * 0.35 * (temperatures.seaC - temperatures.wetSandC);
  // A film of water remains just above the reach of the waves.
  const film = (1 - smoothStep(2, 9, inlandM)) * 0.5 * (temperatures.seaC - temperatures.wetSandC);
  return temperatures.wetSandC + Math.max(pool, film) + 0.45 * fractalNoise(along / 3.5, inlandM / 1.1, 3, seed + 2);
}

function drySandC(eastM: number, northM: number, temperatures: Scenario["temperatures"], seed: number): number {
  const hollows = 0.45 * fractalNoise(eastM / 22, northM / 22, 3, seed + 3);
  const trodden = 0.4 * fractalNoise(eastM / 1.6, northM / 1.6, 2, seed + 4);
  return temperatures.drySandC + hollows + trodden;
}

function grassC(eastM: number, northM: number, temperatures: Scenario["temperatures"], seed: number): number {
  const tufts = 1.1 * fractalNoise(eastM / 2.6, northM / 2.6, 4, seed + 5);
  // Bushes cool more slowly than open ground.
  const bush = smoothStep(0.25, 0.5, fractalNoise(eastM / 13, northM / 13, 3, seed + 6));
  return temperatures.grassC + tufts + 0.9 * bush;
}

/** Temperature of the ground around home at night, with a texture from the seed. */
export function landSurfaceOf(scenario: Scenario, ground: Ground, seed: number): LandSurface {
  const key = hash32(seed ^ 0x1a2d);
  const temperatures = scenario.temperatures;
  // The direction of the runnels is taken from the shore near home and used everywhere.
  const shore = scenario.waterline ? shoreDirection(ground) : { eastM: 0, northM: 1 };
  const roadCovers = (scenario.roads ?? []).map(roadCoverOf);
  return (eastM, northM) => {
    const inlandM = ground.inlandM(eastM, northM);
    // No wave uncovers the sand this far out, so its temperature does not matter.
    if (inlandM < ALWAYS_UNDER_WATER_M) return temperatures.wetSandC;
    const along = eastM * shore.eastM + northM * shore.northM;
    // The noise moves the edges by less than EDGE_M: further inland than that nothing but grass is left.
    const isAllGrass = inlandM > GRASS_BEGINS_M + EDGE_M + 1.5;
    const edgeM = isAllGrass ? inlandM : inlandM + EDGE_M * fractalNoise(eastM / 18, northM / 18, 3, key);
    const isNearWetEdge = Math.abs(edgeM - WET_SAND_ENDS_M) < WET_BLEND_M + WET_EDGE_M;
    const wetEdgeM = isNearWetEdge ? WET_EDGE_M * fractalNoise(eastM / 3, northM / 3, 2, key + 9) : 0;
    const wet = 1 - smoothStep(WET_SAND_ENDS_M - WET_BLEND_M, WET_SAND_ENDS_M + WET_BLEND_M, edgeM + wetEdgeM);
    const grass = smoothStep(GRASS_BEGINS_M - 1.5, GRASS_BEGINS_M + 1.5, edgeM);
    let temperatureC = 0;
    if (wet > 0) temperatureC += wet * wetSandC(along, Math.max(0, inlandM), temperatures, key);
    if (grass > 0) temperatureC += grass * grassC(eastM, northM, temperatures, key);
    const dry = 1 - wet - grass;
    if (dry > 0) temperatureC += dry * drySandC(eastM, northM, temperatures, key);
    // Wrack line of the last high water: a thin, warm line of seaweed.
    const isWrack = Math.abs(edgeM - WRACK_AT_M) < WRACK_REACH_M;
    if (isWrack) {
      const line = smoothStep(WRACK_REACH_M, 0.2, Math.abs(edgeM - WRACK_AT_M));
      temperatureC += 0.45 * (line * smoothStep(-0.1, 0.4, valueNoise(along / 6, 0, key + 7)));
    }
    for (const roadCover of roadCovers) {
      const cover = roadCover(eastM, northM);
      if (cover > 0)
        temperatureC +=
          cover * (temperatures.roadC + 0.2 * fractalNoise(eastM / 5, northM / 5, 2, key + 8) - temperatureC);
    }
    return temperatureC;
  };
}

function shoreDirection(ground: Ground): { readonly eastM: number; readonly northM: number } {
  // The gradient of the distance points inland; the shore is perpendicular to it.
  const gradientE = ground.inlandM(1, 0) - ground.inlandM(-1, 0);
  const gradientN = ground.inlandM(0, 1) - ground.inlandM(0, -1);
  const norm = Math.hypot(gradientE, gradientN) || 1;
  return { eastM: -gradientN / norm, northM: gradientE / norm };
}

/** Slow swell and slicks of open water, kelvin relative to the sea's temperature. */
export function seaPatternK(eastM: number, northM: number, scenarioS: number, seed: number): number {
  const slick = 0.3 * fractalNoise(eastM / 55, northM / 55, 2, seed + 11);
  const swellTurn = 75 * RAD_PER_DEG;
  const along = eastM * Math.sin(swellTurn) + northM * Math.cos(swellTurn);
  const across = eastM * Math.cos(swellTurn) - northM * Math.sin(swellTurn);
  return slick + 0.22 * valueNoise((along - 3.2 * scenarioS) / 5, across / 19, seed + 12);
}
