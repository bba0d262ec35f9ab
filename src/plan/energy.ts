/**
 * Estimate of a flight's time and energy: straight hops, constant wind, and a simple power curve from the aircraft file.
 * Corners cost time according to their angle; the last 10 m of a landing are slow, as multicopters land.
 */
import { RAD_PER_DEG } from "../geo/angles.js";
import type { EnuPoint } from "../geo/position.js";
import type { Aircraft, Wind } from "./aircraft.js";
import { flightPath } from "./flightPath.js";
import type { Hop } from "./flightPath.js";
import { missionItemsOf, type Plan } from "./plan.js";

/** Fractions are of the aircraft's full battery. */
export type FlightEstimate = {
  /** Metres over ground, from take-off to touch-down. */
  readonly distanceM: number;
  readonly timeS: number;
  readonly energyFraction: number;
  /**
   * Battery left after landing if the aircraft turned home at the worst moment of the flight; below the aircraft's reserve
   * this is a danger. 1 for a plan without flight.
   */
  readonly worstReturnFraction: number;
  /** False when on some hop the wind is stronger than the aircraft's air speed; the other values are then meaningless. */
  readonly isFlyable: boolean;
  readonly basis: HeightBasis;
};

/**
 * What the estimate takes the ground for. "as-planned": no item counts its height from the ground, and no file of heights was asked.
 * "flat-assumed": some do, and the ground is taken to be as high as home all along. "terrain": as files know it, all along;
 * "terrain-in-part": where they know it, level between those places.
 */
export type HeightBasis = "as-planned" | "flat-assumed" | "terrain" | "terrain-in-part";

/** A part of a flight that costs time and energy. */
export type CostedHop = Pick<Hop, "from" | "to" | "groundSpeedMps" | "waitS" | "kind"> & {
  /** Metres round the circle of a loiter at the end. */
  readonly roundM?: number;
  /** Over ground that goes up and down: each of its climbs costs energy, however gentle. */
  readonly isFollowingGround?: boolean;
  /** Parts of the flight that would begin at its end, were the aircraft to turn home; absent, home is not asked for there. */
  readonly home?: readonly CostedHop[];
};

type Cost = { readonly timeS: number; readonly energyWh: number; readonly isFlyable: boolean };

const SLOW_LANDING_BELOW_M = 10;
const S_PER_H = 3600;

/** Over ground as high as home: with files of heights see `energyOverGround.ts`. */
export function estimateFlight(plan: Plan, aircraft: Aircraft, wind: Wind): FlightEstimate {
  const hops = flightPath(plan).map((hop) => ({ ...hop, home: wayHome(hop.to) }));
  const isAboveGround = missionItemsOf(plan).some((item) => item.altitude?.datum === "terrain");
  return { ...estimateHops(hops, aircraft, wind), basis: isAboveGround ? "flat-assumed" : "as-planned" };
}

export function estimateHops(
  hops: readonly CostedHop[],
  aircraft: Aircraft,
  wind: Wind,
): Omit<FlightEstimate, "basis"> {
  let timeS = 0;
  let energyWh = 0;
  let distanceM = 0;
  let worstWh = Number.NEGATIVE_INFINITY;
  let isFlyable = true;
  for (const [i, hop] of hops.entries()) {
    const cost = hopCost(hop, turnAfterRad(hop, hops[i + 1]), aircraft, wind);
    timeS += cost.timeS;
    energyWh += cost.energyWh;
    distanceM += groundLengthM(hop) + (hop.roundM ?? 0);
    isFlyable &&= cost.isFlyable;
    if (!hop.home) continue;
    const home = hop.home.map((part) => hopCost(part, part.kind === "return" ? Math.PI : 0, aircraft, wind));
    isFlyable &&= home.every((part) => part.isFlyable);
    worstWh = Math.max(worstWh, energyWh + home.reduce((sumWh, part) => sumWh + part.energyWh, 0));
  }
  return {
    distanceM,
    timeS,
    energyFraction: energyWh / aircraft.capacityWh,
    worstReturnFraction: hops.length === 0 ? 1 : 1 - worstWh / aircraft.capacityWh,
    isFlyable,
  };
}

/** Returning from here: straight home at the present height, then down. */
function wayHome(from: EnuPoint): readonly CostedHop[] {
  const over = { eastM: 0, northM: 0, upM: Math.max(0, from.upM) };
  const common = { groundSpeedMps: undefined, waitS: 0 };
  return [
    { ...common, from, to: over, kind: "return" },
    { ...common, from: over, to: { ...over, upM: 0 }, kind: "land" },
  ];
}

function hopCost(hop: CostedHop, turnRad: number, aircraft: Aircraft, wind: Wind): Cost {
  const lengthM = groundLengthM(hop);
  const riseM = hop.to.upM - hop.from.upM;
  const travel = travelOver(hop, lengthM, aircraft, wind);
  const acrossS =
    lengthM === 0 ? 0 : lengthM / travel.groundSpeedMps + turnLossS(travel.groundSpeedMps, turnRad, aircraft);
  const verticalS = riseM >= 0 ? riseM / aircraft.climbRateMps : descentS(-riseM, hop.kind === "land", aircraft);
  const flyingS = Math.max(acrossS, verticalS);
  const powerW = Math.max(
    powerAt(travel.airSpeedMps, aircraft) + (hop.isFollowingGround ? climbingW(riseM, flyingS, aircraft) : 0),
    riseM > 0 && verticalS >= acrossS ? aircraft.climbPowerW : 0,
  );
  // Hovering in wind needs air speed: staying over one point means flying at the wind's speed.
  const round = roundCost(hop, aircraft, wind);
  const energyWh = (powerW * flyingS + powerAt(wind.speedMps, aircraft) * hop.waitS) / S_PER_H + round.energyWh;
  return { timeS: flyingS + hop.waitS + round.timeS, energyWh, isFlyable: travel.isFlyable && round.isFlyable };
}

/** Round a circle at the speed asked for: the wind is from every side in turn, its square adds to that of the speed in the mean. */
function roundCost({ roundM = 0, groundSpeedMps }: CostedHop, aircraft: Aircraft, wind: Wind): Cost {
  if (roundM === 0) return { timeS: 0, energyWh: 0, isFlyable: true };
  const speedMps = groundSpeedMps ?? aircraft.cruiseSpeedMps;
  const timeS = roundM / speedMps;
  const energyWh = (powerAt(Math.hypot(speedMps, wind.speedMps), aircraft) * timeS) / S_PER_H;
  return { timeS, energyWh, isFlyable: wind.speedMps <= aircraft.maxAirSpeedMps };
}

/** What a climb adds to the power of level flight, spread over the time of the hop; a descent gives nothing back. */
function climbingW(riseM: number, flyingS: number, { climbPowerW, hoverPowerW, climbRateMps }: Aircraft): number {
  if (riseM <= 0 || flyingS === 0) return 0;
  return (Math.max(0, climbPowerW - hoverPowerW) * (riseM / climbRateMps)) / flyingS;
}

/** Wind triangle: the ground speed wanted along the track, or the most that the aircraft's maximum air speed allows. */
function travelOver(hop: CostedHop, lengthM: number, aircraft: Aircraft, wind: Wind) {
  const wantedMps = hop.groundSpeedMps ?? aircraft.cruiseSpeedMps;
  if (lengthM === 0) {
    return {
      groundSpeedMps: wantedMps,
      airSpeedMps: wind.speedMps,
      isFlyable: wind.speedMps <= aircraft.maxAirSpeedMps,
    };
  }
  const alongEast = (hop.to.eastM - hop.from.eastM) / lengthM;
  const alongNorth = (hop.to.northM - hop.from.northM) / lengthM;
  const towardsRad = (wind.fromDeg + 180) * RAD_PER_DEG;
  const tailMps = wind.speedMps * (Math.sin(towardsRad) * alongEast + Math.cos(towardsRad) * alongNorth);
  const crossSquared = Math.max(0, wind.speedMps ** 2 - tailMps ** 2);
  const spareSquared = aircraft.maxAirSpeedMps ** 2 - crossSquared;
  const mostMps = spareSquared > 0 ? tailMps + Math.sqrt(spareSquared) : 0;
  // Below 0.5 m/s over ground the aircraft makes no headway worth planning with.
  const isFlyable = mostMps >= 0.5;
  const groundSpeedMps = isFlyable ? Math.min(wantedMps, mostMps) : 0.5;
  return { groundSpeedMps, airSpeedMps: Math.sqrt((groundSpeedMps - tailMps) ** 2 + crossSquared), isFlyable };
}

/** From hover power to cruise power up to cruise speed, above it rising with the cube of the air speed (drag). */
function powerAt(airSpeedMps: number, { hoverPowerW, cruisePowerW, cruiseSpeedMps }: Aircraft): number {
  const ratio = airSpeedMps / cruiseSpeedMps;
  const flying = hoverPowerW + (cruisePowerW - hoverPowerW) * Math.min(1, ratio);
  return flying + Math.max(0, ratio ** 3 - 1) * 0.5 * cruisePowerW;
}

/** Seconds lost by braking for a corner and accelerating again; a right angle is flown at half speed, a reversal after a stop. */
function turnLossS(groundSpeedMps: number, turnRad: number, { accelerationMps2 }: Aircraft): number {
  const cornerMps = groundSpeedMps * Math.cos(turnRad / 2) ** 2;
  return (groundSpeedMps - cornerMps) ** 2 / (groundSpeedMps * accelerationMps2);
}

function descentS(dropM: number, isLanding: boolean, { descentRateMps, landingRateMps }: Aircraft): number {
  if (!isLanding) return dropM / descentRateMps;
  const slowM = Math.min(dropM, SLOW_LANDING_BELOW_M);
  return (dropM - slowM) / descentRateMps + slowM / landingRateMps;
}

const groundLengthM = ({ from, to }: Pick<Hop, "from" | "to">): number =>
  Math.hypot(to.eastM - from.eastM, to.northM - from.northM);

/**
 * The turn into the next hop, to either side and so up to a full turn, as only the square of its half's cosine counts; a
 * stop counts as a reversal. Without meaning after a hop straight up or down.
 */
function turnAfterRad(hop: CostedHop, next: CostedHop | undefined): number {
  if (!next || groundLengthM(next) === 0 || hop.waitS > 0) return Math.PI;
  const bearing = ({ from, to }: CostedHop): number => Math.atan2(to.eastM - from.eastM, to.northM - from.northM);
  return bearing(next) - bearing(hop);
}
