/** How high a plan's straight ways are above mean sea level, and what lies below them. */
import type { Coast } from "../geo/coast.js";
import { SEA_LEVEL_SIGMA_M } from "../geo/ground/homeGround.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { DatumAltitude, Position } from "../geo/position.js";
import type { TerrainAccuracy } from "../geo/terrain/terrain.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import { flightPath, type Hop } from "./flightPath.js";
import { isLanding } from "./missionCommands.js";
import { missionItemsOf, type MissionItem, type Plan, type PlannedHome } from "./plan.js";

/** Ground or sea, above mean sea level, and one sigma of each error. */
export type KnownGround = TerrainAccuracy & { readonly heightAmslM: number };
/** Undefined where neither a file nor the coast knows it. */
export type GroundBelow = (position: Position) => KnownGround | undefined;

/** The terrain on land; at sea, outside the waterline's error band, mean sea level, whatever a file says there. */
export function groundBelow(terrain: TerrainModel, coast: Coast | undefined): GroundBelow {
  return (position) => {
    const shore = coast?.landOrSea(position);
    const isSea = shore?.surface === "sea" && shore.waterlineDistanceM > shore.plusMinusM;
    if (isSea) return { heightAmslM: 0, verticalSigmaM: SEA_LEVEL_SIGMA_M, horizontalSigmaM: 0 };
    const known = terrain.levelAt(position);
    return known && { heightAmslM: known.heightAmslM, ...known.source.accuracy };
  };
}

/** The height from which heights "above home" count: of the ground there where a file knows it, else as the plan says. */
const zeroOfHome = ({ position, altitudeAmslM }: PlannedHome, ground: GroundBelow): number =>
  ground(position)?.heightAmslM ?? altitudeAmslM;

/** Where a way ends. `isAboveGround`: its height is one above the ground, which the autopilot follows between two such places. */
type Reached = WayEnd & { readonly isOnGround: boolean; readonly isAboveGround: boolean };

type WayEnd = { readonly position: Position; readonly heightAmslM: number };
/** One straight way of a plan, flown level or at a constant slope. */
export type LevelledWay = {
  readonly from: WayEnd;
  readonly to: WayEnd;
  readonly lengthM: number;
  /** Index (from 0) of the mission item that causes it. */
  readonly itemIndex: number;
  /** False where its height over the ground is not a straight line's: it begins on the ground, or follows the ground. */
  readonly isStraight: boolean;
};

/** The ways between places, without climbing from and landing on the ground. Empty without a home. */
export function levelledWays(plan: Plan, ground: GroundBelow): readonly LevelledWay[] {
  const home = plan.plannedHome;
  if (!home) return [];
  const frame = localFrameAt(home.position);
  const items = missionItemsOf(plan);
  const homeM = zeroOfHome(home, ground);
  const reachedBy = (hop: Hop, before: Reached): Reached => {
    const { position } = frame.toPosition({ ...hop.to, upM: 0 });
    if (hop.kind === "land") return { position, heightAmslM: homeM, isOnGround: true, isAboveGround: false };
    const height = heightAsked(hop, items[hop.itemIndex]);
    if (!height) return { ...before, position };
    const zeroM = zeroOf(height, { homeM, groundM: ground(position)?.heightAmslM ?? homeM });
    const isAboveGround = height.datum === "terrain";
    return { position, heightAmslM: zeroM + height.valueM, isOnGround: false, isAboveGround };
  };
  let here: Reached = { position: home.position, heightAmslM: homeM, isOnGround: true, isAboveGround: false };
  const ways: LevelledWay[] = [];
  for (const hop of flightPath(plan)) {
    const there = reachedBy(hop, here);
    if (hop.kind === "travel" || hop.kind === "return") {
      const lengthM = Math.hypot(hop.to.eastM - hop.from.eastM, hop.to.northM - hop.from.northM);
      const isStraight = !here.isOnGround && !(here.isAboveGround && there.isAboveGround);
      ways.push({ from: here, to: there, lengthM, itemIndex: hop.itemIndex, isStraight });
    }
    here = there;
  }
  return ways;
}

/** Undefined where the aircraft keeps its height: on its return, on its way to a landing, and where none is given. */
function heightAsked({ kind }: Hop, item: MissionItem | undefined): DatumAltitude | undefined {
  return kind === "return" || !item || isLanding(item.command) ? undefined : item.altitude;
}

function zeroOf({ datum }: DatumAltitude, { homeM, groundM }: { homeM: number; groundM: number }): number {
  switch (datum) {
    case "amsl":
      return 0;
    case "terrain":
      return groundM;
    case "home":
      return homeM;
  }
}
