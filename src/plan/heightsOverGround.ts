/** How high a plan's straight ways are above mean sea level, and what lies below them. */
import type { Coast } from "../geo/coast.js";
import { SEA_LEVEL_SIGMA_M } from "../geo/ground/homeGround.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { DatumAltitude, EnuPoint, Position } from "../geo/position.js";
import type { TerrainAccuracy, TerrainSource } from "../geo/terrain/terrain.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import { flightPath, type Hop } from "./flightPath.js";
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
type WayEnd = {
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

/** The ways between places, and the tops of climbs. Empty without a home. */
export function levelledWays(plan: Plan, ground: GroundBelow): readonly LevelledWay[] {
  const home = plan.plannedHome;
  if (!home) return [];
  const items = missionItemsOf(plan);
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
  const onGround: WayEnd = {
    position: home.position,
    fromHome: { eastM: 0, northM: 0, upM: 0 },
    heightAmslM: homeM,
    zero: "home",
  };
  const follower = new PlanFollower(onGround);
  let next = 0;
  const changeHeights = (until: number): void => {
    for (; next < until; next++) {
      const height = heightWithoutPlace(items[next]);
      if (height) follower.climb(levelled(follower.here, height), next);
    }
  };
  for (const hop of flightPath(plan)) {
    changeHeights(hop.itemIndex);
    next = hop.itemIndex + 1;
    const item = items[hop.itemIndex];
    const place = { ...follower.here, position: frame.toPosition({ ...hop.to, upM: 0 }).position, fromHome: hop.to };
    const height = heightAtPlace(hop, item);
    const there = height ? levelled(place, height) : place;
    if (hop.kind === "land") follower.land({ ...there, heightAmslM: homeM, zero: "home" });
    else if (hop.kind === "climb") follower.climb(there, hop.itemIndex);
    else follower.go(there, hop.itemIndex, item !== undefined && isLanding(item.command));
  }
  changeHeights(items.length);
  return follower.ways;
}

/** Where the aircraft is while its plan is followed. */
class PlanFollower {
  readonly ways: LevelledWay[] = [];
  here: WayEnd;
  #isOnGround = true;

  constructor(here: WayEnd) {
    this.here = here;
  }

  go(there: WayEnd, itemIndex: number, isToLanding: boolean): void {
    const from = this.here;
    const lengthM = Math.hypot(
      there.fromHome.eastM - from.fromHome.eastM,
      there.fromHome.northM - from.fromHome.northM,
    );
    // An autopilot that flies to a height above the ground follows the ground on its way there (ArduCopter: AC_WPNav).
    const isStraight = !this.#isOnGround && there.zero !== "ground";
    this.ways.push({ from, to: there, lengthM, itemIndex, isStraight, isToLanding });
    this.here = there;
    this.#isOnGround = false;
  }

  climb(there: WayEnd, itemIndex: number): void {
    this.ways.push({ from: there, to: there, lengthM: 0, itemIndex, isStraight: true, isToLanding: false });
    this.here = there;
    this.#isOnGround = false;
  }

  land(there: WayEnd): void {
    this.here = there;
    this.#isOnGround = true;
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
