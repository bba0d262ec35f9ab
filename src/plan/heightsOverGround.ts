/** How high a plan's straight ways are above mean sea level, and what lies below them. */
import type { Coast } from "../geo/coast.js";
import { SEA_LEVEL_SIGMA_M } from "../geo/ground/homeGround.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { DatumAltitude, EnuPoint, Position } from "../geo/position.js";
import type { TerrainAccuracy, TerrainSource } from "../geo/terrain/terrain.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import { flightPath, type Hop } from "./flightPath.js";
import { flownOrder } from "./flownOrder.js";
import { circleRadiusM } from "./loiterCircle.js";
import { fliesToHeight, isLanding, isLoiter, isTakeOff } from "./missionCommands.js";
import { missionItemsOf, type MissionItem, type Plan } from "./plan.js";

/** Ground or sea, above mean sea level, and one sigma of each error. */
export type KnownGround = TerrainAccuracy & {
  readonly heightAmslM: number;
  /** Undefined at sea. */
  readonly source: TerrainSource | undefined;
};
/** Undefined where neither a file nor the coast knows it. */
export type GroundBelow = (position: Position) => KnownGround | undefined;

const SEA: KnownGround = {
  heightAmslM: 0,
  verticalSigmaM: SEA_LEVEL_SIGMA_M,
  horizontalSigmaM: 0,
  source: undefined,
};

/**
 * The terrain on land; at sea, outside the waterline's error band, mean sea level. A file that stands clearly above its own error
 * and the tide there is believed: the coast's line lacks an islet.
 */
export function groundBelow(terrain: TerrainModel, coast: Coast | undefined): GroundBelow {
  return (position) => {
    const level = terrain.levelAt(position);
    const known = level && { heightAmslM: level.heightAmslM, source: level.source, ...level.source.accuracy };
    const shore = coast?.landOrSea(position);
    const isSea = shore?.surface === "sea" && shore.waterlineDistanceM > shore.plusMinusM;
    if (!isSea) return known;
    return known && known.heightAmslM > 3 * Math.hypot(known.verticalSigmaM, SEA_LEVEL_SIGMA_M) ? known : SEA;
  };
}

/** A place on a plan's way and the height there. */
export type WayEnd = {
  readonly position: Position;
  /** Metres from home; `upM` is not used. */
  readonly fromHome: EnuPoint;
  readonly heightAmslM: number;
  /** What the height counts from: errors of the file alike at home and here cancel. */
  readonly zero: "sea" | "home" | "ground";
};

/** One straight way of a plan, flown level or at a constant slope; of length 0 where only the height changes. */
export type LevelledWay = {
  readonly from: WayEnd;
  readonly to: WayEnd;
  readonly lengthM: number;
  /** Index (from 0) of the mission item that causes it. */
  readonly itemIndex: number;
  /** False where its height over the ground is not a straight line's: it begins on the ground, or follows the ground. */
  readonly isStraight: boolean;
  readonly isToLanding: boolean;
};

/** A hop of the flight with its heights; `kind` as in `Hop`, a climb also where an item without a place changes the height. */
export type LevelledHop = LevelledWay & Pick<Hop, "kind" | "groundSpeedMps" | "waitS" | "roundM">;

/** The ways between places, the tops of climbs and the circles of loiters. Empty without a home. */
export function levelledWays(plan: Plan, ground: GroundBelow): readonly LevelledWay[] {
  return levelledHops(plan, ground).flatMap((hop): readonly LevelledWay[] => {
    if (hop.kind === "land") return [];
    if (hop.kind === "climb") return [{ ...hop, from: hop.to }];
    return [hop, ...circleOf(hop, plan)];
  });
}

const CIRCLE_POINTS = 24;

/** Round a loiter at its height; none at a height above the ground, which is kept all round. */
function circleOf(hop: LevelledHop, plan: Plan): readonly LevelledWay[] {
  const item = missionItemsOf(plan)[hop.itemIndex];
  const home = plan.plannedHome;
  const radiusM = item ? circleRadiusM(item, plan) : 0;
  if (!home || radiusM === 0 || hop.to.zero === "ground") return [];
  const frame = localFrameAt(home.position);
  const middle = hop.to.fromHome;
  const at = (i: number): WayEnd => {
    const turnRad = (2 * Math.PI * i) / CIRCLE_POINTS;
    const eastM = middle.eastM + radiusM * Math.sin(turnRad);
    const fromHome = { ...middle, eastM, northM: middle.northM + radiusM * Math.cos(turnRad) };
    return { ...hop.to, fromHome, position: frame.toPosition({ ...fromHome, upM: 0 }).position };
  };
  const lengthM = 2 * radiusM * Math.sin(Math.PI / CIRCLE_POINTS);
  return Array.from({ length: CIRCLE_POINTS }, (_, i) => ({
    ...{ from: at(i), to: at(i + 1), lengthM },
    ...{ itemIndex: hop.itemIndex, isStraight: true, isToLanding: false },
  }));
}

/** Every hop of the flight, from take-off to landing. Empty without a home. */
export function levelledHops(plan: Plan, ground: GroundBelow): readonly LevelledHop[] {
  const home = plan.plannedHome;
  if (!home) return [];
  const items = missionItemsOf(plan);
  const order = flownOrder(items);
  const frame = localFrameAt(home.position);
  const homeM = ground(home.position)?.heightAmslM ?? home.altitudeAmslM;
  const levelled = (end: WayEnd, height: DatumAltitude): WayEnd => {
    switch (height.datum) {
      case "amsl":
        return { ...end, heightAmslM: height.valueM, zero: "sea" };
      case "home":
        return { ...end, heightAmslM: homeM + height.valueM, zero: "home" };
      case "terrain": {
        const groundM = ground(end.position)?.heightAmslM ?? homeM;
        return { ...end, heightAmslM: groundM + height.valueM, zero: "ground" };
      }
    }
  };
  const onGround = (end: Omit<WayEnd, "heightAmslM" | "zero">): WayEnd => ({
    ...end,
    ...{ heightAmslM: ground(end.position)?.heightAmslM ?? homeM, zero: "home" },
  });
  const follower = new PlanFollower(onGround({ position: home.position, fromHome: { eastM: 0, northM: 0, upM: 0 } }));
  let next = 0;
  const changeHeights = (until: number): void => {
    for (; next < until; next++) {
      const itemIndex = order[next] ?? 0;
      const height = heightWithoutPlace(items[itemIndex]);
      const cause = { itemIndex, kind: "climb", groundSpeedMps: undefined, waitS: 0, roundM: 0 } as const;
      if (height) follower.climb(levelled(follower.here, height), cause);
    }
  };
  for (const hop of flightPath(plan)) {
    changeHeights(hop.visit);
    next = hop.visit + 1;
    const item = items[hop.itemIndex];
    const place = { ...follower.here, position: frame.toPosition({ ...hop.to, upM: 0 }).position, fromHome: hop.to };
    const height = heightAtPlace(hop, item);
    const there = height ? levelled(place, height) : place;
    if (hop.kind === "land") follower.land(onGround(there), hop);
    else if (hop.kind === "climb") follower.climb(there, hop);
    // A return is flown at a height above home, whatever the height before counted from.
    else if (hop.kind === "return") follower.go({ ...there, zero: "home" }, hop, false);
    else follower.go(there, hop, item !== undefined && isLanding(item.command));
  }
  changeHeights(order.length);
  return follower.hops;
}

type Cause = Pick<Hop, "itemIndex" | "kind" | "groundSpeedMps" | "waitS" | "roundM">;

/** Where the aircraft is while its plan is followed. */
class PlanFollower {
  readonly hops: LevelledHop[] = [];
  here: WayEnd;
  #isOnGround = true;

  constructor(here: WayEnd) {
    this.here = here;
  }

  go(there: WayEnd, cause: Cause, isToLanding: boolean): void {
    const from = this.here;
    const lengthM = Math.hypot(
      there.fromHome.eastM - from.fromHome.eastM,
      there.fromHome.northM - from.fromHome.northM,
    );
    // An autopilot that flies to a height above the ground follows the ground on its way there (ArduCopter: AC_WPNav).
    this.#add(there, cause, { lengthM, isStraight: !this.#isOnGround && there.zero !== "ground", isToLanding });
    this.#isOnGround = false;
  }

  climb(there: WayEnd, cause: Cause): void {
    this.#add(there, cause, { lengthM: 0, isStraight: true, isToLanding: false });
    this.#isOnGround = false;
  }

  land(there: WayEnd, cause: Cause): void {
    this.#add(there, cause, { lengthM: 0, isStraight: false, isToLanding: true });
    this.#isOnGround = true;
  }

  #add(
    to: WayEnd,
    { itemIndex, kind, groundSpeedMps, waitS, roundM }: Cause,
    way: Pick<LevelledWay, "lengthM" | "isStraight" | "isToLanding">,
  ): void {
    this.hops.push({ from: this.here, to, itemIndex, kind, groundSpeedMps, waitS, roundM, ...way });
    this.here = to;
  }
}

/** Undefined where the aircraft keeps its height: on its return, on its way to a landing, and where none is asked for. */
function heightAtPlace({ kind }: Hop, item: MissionItem | undefined): DatumAltitude | undefined {
  if (kind === "return" || kind === "land" || !item || !fliesToHeight(item.command)) return undefined;
  // On a loiter 0 means "keep the height" (ArduPilot's Location::sanitize).
  return isLoiter(item.command) && item.altitude?.valueM === 0 ? undefined : item.altitude;
}

/** The height of an item that is flown to where the aircraft is: it makes no hop. */
function heightWithoutPlace(item: MissionItem | undefined): DatumAltitude | undefined {
  if (!item || item.position || isTakeOff(item.command) || !fliesToHeight(item.command)) return undefined;
  return item.altitude?.valueM === 0 ? undefined : item.altitude;
}
