/**
 * Estimate of a flight's time and energy: straight hops, constant wind, and a simple power curve from the aircraft file.
 * Corners cost time according to their angle; the last 10 m of a landing are slow, as multicopters land.
 */
import { RAD_PER_DEG } from "../geo/angles.js";
import type { EnuPoint } from "../geo/position.js";
import type { Aircraft, Wind } from "./aircraft.js";
import { flightPath } from "./flightPath.js";
import type { Hop } from "./flightPath.js";
import type { Plan } from "./plan.js";

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
};

type Cost = { readonly timeS: number; readonly energyWh: number; readonly isFlyable: boolean };

const SLOW_LANDING_BELOW_M = 10;
const S_PER_H = 3600;

export function estimateFlight(plan: Plan, aircraft: Aircraft, wind: Wind): FlightEstimate {
  const hops = flightPath(plan);
  let timeS = 0;
  let energyWh = 0;
  let distanceM = 0;
  let worstWh = Number.NEGATIVE_INFINITY;
  let isFlyable = true;
  for (const [i, hop] of hops.entries()) {
    const cost = hopCost(hop, turnAfterRad(hop, hops[i + 1]), aircraft, wind);
    timeS += cost.timeS;
    energyWh += cost.energyWh;
    distanceM += groundLengthM(hop);
    isFlyable &&= cost.isFlyable;
    const home = wayHome(hop.to, aircraft, wind);
    isFlyable &&= home.isFlyable;
    worstWh = Math.max(worstWh, energyWh + home.energyWh);
  }
  return {
    distanceM,
    timeS,
    energyFraction: energyWh / aircraft.capacityWh,
    worstReturnFraction: hops.length === 0 ? 1 : 1 - worstWh / aircraft.capacityWh,
    isFlyable,
  };
}

/** Cost of returning from here: straight home at the present height, then down. */
function wayHome(from: EnuPoint, aircraft: Aircraft, wind: Wind): Omit<Cost, "timeS"> {
  const over = { eastM: 0, northM: 0, upM: Math.max(0, from.upM) };
  const common = { groundSpeedMps: undefined, waitS: 0, itemIndex: -1 };
  const across = hopCost({ ...common, from, to: over, kind: "return" }, Math.PI, aircraft, wind);
  const down = hopCost({ ...common, from: over, to: { ...over, upM: 0 }, kind: "land" }, 0, aircraft, wind);
  return { energyWh: across.energyWh + down.energyWh, isFlyable: across.isFlyable && down.isFlyable };
}

function hopCost(hop: Hop, turnRad: number, aircraft: Aircraft, wind: Wind): Cost {
  const lengthM = groundLengthM(hop);
  const riseM = hop.to.upM - hop.from.upM;
  const travel = travelOver(hop, lengthM, aircraft, wind);
  const acrossS =
    lengthM === 0 ? 0 : lengthM / travel.groundSpeedMps + turnLossS(travel.groundSpeedMps, turnRad, aircraft);
  const verticalS = riseM >= 0 ? riseM / aircraft.climbRateMps : descentS(-riseM, hop.kind === "land", aircraft);
  const flyingS = Math.max(acrossS, verticalS);
  const powerW = Math.max(
    powerAt(travel.airSpeedMps, aircraft),
    riseM > 0 && verticalS >= acrossS ? aircraft.climbPowerW : 0,
  );
  // Hovering in wind needs air speed: staying over one point means flying at the wind's speed.
  const energyWh = (powerW * flyingS + powerAt(wind.speedMps, aircraft) * hop.waitS) / S_PER_H;
  return { timeS: flyingS + hop.waitS, energyWh, isFlyable: travel.isFlyable };
}

/** Wind triangle: the ground speed wanted along the track, or the most that the aircraft's maximum air speed allows. */
function travelOver(hop: Hop, lengthM: number, aircraft: Aircraft, wind: Wind) {
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

const groundLengthM = ({ from, to }: Hop): number => Math.hypot(to.eastM - from.eastM, to.northM - from.northM);

/**
 * The turn into the next hop, to either side and so up to a full turn, as only the square of its half's cosine counts; a
 * stop counts as a reversal. Without meaning after a hop straight up or down.
 */
function turnAfterRad(hop: Hop, next: Hop | undefined): number {
  if (!next || groundLengthM(next) === 0 || hop.waitS > 0) return Math.PI;
  const bearing = ({ from, to }: Hop): number => Math.atan2(to.eastM - from.eastM, to.northM - from.northM);
  return bearing(next) - bearing(hop);
}
