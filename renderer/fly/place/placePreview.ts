/** What a flight to a picked place would be, before anything is sent: way, time, battery, and what must be asked first. */
import { geodesicDistanceM } from "../../../src/geo/geodesic.js";
import { localFrameAt } from "../../../src/geo/localFrame.js";
import { contains, type Point2 } from "../../../src/geo/polygon.js";
import type { Position } from "../../../src/geo/position.js";
import type { Fence } from "../../../src/plan/fence.js";
import type { VehicleCommand } from "../../../src/vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";

/** A place that was picked for one aircraft: shown as a ghost until it is sent or left. */
export type PlaceWish = {
  readonly use: "go-to" | "orbit";
  readonly vehicleId: VehicleId;
  readonly position: Position;
  readonly heightAboveHomeM: number;
  /** Circles only. */
  readonly radiusM: number;
};

type PlaceQuestion = "far" | "beyond-fence" | "battery";

export type PlacePreview = {
  readonly distanceM: number;
  /** There, at the speed the plan names; turns and wind are not in it. */
  readonly timeS: number;
  /** Of the whole battery, for the way there; undefined where this flight has not yet told how fast it goes. */
  readonly usedFraction: number | undefined;
  /** What would be left after the way there and home from there. */
  readonly leftAtHomeFraction: number | undefined;
  /** Why it must be held, worst first; empty where one press does. */
  readonly asks: readonly PlaceQuestion[];
};

type PlaceFacts = {
  readonly vehicle: VehicleState;
  readonly speedMps: number;
  readonly fence: Fence;
  /** Of the whole battery a second, as it went in this flight. */
  readonly drainPerS: number | undefined;
};

/** Past what a person sees, and past most radios: asked about. */
const FAR_M = 5000;
/** Less than this at home is no way home. */
const RESERVE_FRACTION = 0.2;
/** The way is looked at in so many places. */
const WAY_STEPS = 40;

export const commandOf = ({ use, position, heightAboveHomeM, radiusM }: PlaceWish): VehicleCommand => {
  const height = { datum: "home", valueM: heightAboveHomeM } as const;
  return use === "go-to"
    ? { kind: "go-to", position, height }
    : { kind: "orbit", centre: position, height, radiusM, direction: "clockwise" };
};

/** Undefined while the aircraft does not tell where it is. */
export function previewOf(wish: PlaceWish, facts: PlaceFacts): PlacePreview | undefined {
  const { vehicle, speedMps, fence, drainPerS } = facts;
  const from = vehicle.position?.value.position;
  if (!from) return undefined;
  const distanceM = geodesicDistanceM(from, wish.position);
  const timeS = distanceM / speedMps;
  const usedFraction = drainPerS === undefined ? undefined : drainPerS * timeS;
  const home = vehicle.home?.value.position;
  const leftAtHomeFraction = home && leftAtHome(facts, timeS + geodesicDistanceM(wish.position, home) / speedMps);
  const farM = Math.max(distanceM, home ? geodesicDistanceM(home, wish.position) : 0);
  const questions: readonly (readonly [PlaceQuestion, boolean])[] = [
    ["beyond-fence", leavesFence(fence, vehicle, from, wish)],
    ["battery", leftAtHomeFraction !== undefined && leftAtHomeFraction < RESERVE_FRACTION],
    ["far", farM > FAR_M],
  ];
  const asks = questions.flatMap(([question, isSo]) => (isSo ? [question] : []));
  return { distanceM, timeS, usedFraction, leftAtHomeFraction, asks };
}

/** What the battery would hold after flying so long; undefined where its charge or its drain is not known. */
function leftAtHome({ vehicle, drainPerS }: PlaceFacts, flyingS: number): number | undefined {
  const remaining = vehicle.battery?.value.remainingFraction;
  return remaining === undefined || drainPerS === undefined ? undefined : remaining - drainPerS * flyingS;
}

/** PX4 is content with any one inclusion area, ArduPilot wants to be inside all of them (FENCE_OPTIONS as delivered). */
function leavesFence(fence: Fence, { autopilot }: VehicleState, from: Position, wish: PlaceWish): boolean {
  const local = localFrameAt(from);
  const planeOf = (position: Position): Point2 => {
    const { eastM, northM } = local.toEnu(position, 0);
    return { xM: eastM, yM: northM };
  };
  const areas = [
    ...fence.polygons.map(({ isInclusion, corners }) => {
      const ring = corners.map(planeOf);
      return { isInclusion, isInside: (at: Point2): boolean => contains(ring, at) };
    }),
    ...fence.circles.map(({ isInclusion, centre, radiusM }) => {
      const { xM, yM } = planeOf(centre);
      return { isInclusion, isInside: (at: Point2): boolean => Math.hypot(at.xM - xM, at.yM - yM) <= radiusM };
    }),
  ];
  const inclusions = areas.filter(({ isInclusion }) => isInclusion);
  const exclusions = areas.filter(({ isInclusion }) => !isInclusion);
  const isOutside = (at: Point2): boolean => {
    const isIn = (area: (typeof areas)[number]): boolean => area.isInside(at);
    if (exclusions.some(isIn)) return true;
    if (inclusions.length === 0) return false;
    return autopilot === "px4" ? !inclusions.some(isIn) : !inclusions.every(isIn);
  };
  return [...wayPoints(planeOf(wish.position)), ...circlePoints(planeOf(wish.position), wish)].some(isOutside);
}

/** From where it is (the plane's origin) to the place. */
const wayPoints = ({ xM, yM }: Point2): readonly Point2[] =>
  Array.from({ length: WAY_STEPS }, (_, i) => ({ xM: (xM * (i + 1)) / WAY_STEPS, yM: (yM * (i + 1)) / WAY_STEPS }));

const circlePoints = ({ xM, yM }: Point2, { use, radiusM }: PlaceWish): readonly Point2[] =>
  use === "go-to"
    ? []
    : Array.from({ length: WAY_STEPS }, (_, i) => {
        const turnRad = (2 * Math.PI * i) / WAY_STEPS;
        return { xM: xM + radiusM * Math.cos(turnRad), yM: yM + radiusM * Math.sin(turnRad) };
      });
