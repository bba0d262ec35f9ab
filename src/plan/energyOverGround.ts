/** Time and energy of a flight over the ground of terrain files. */
import type { Coast } from "../geo/coast.js";
import type { EnuPoint } from "../geo/position.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import type { Aircraft, Wind } from "./aircraft.js";
import { type CostedHop, estimateHops, type FlightEstimate } from "./energy.js";
import { groundBelow, type GroundBelow, type LevelledHop, levelledHops, type WayEnd } from "./heightsOverGround.js";
import { positionBetween } from "./overGround.js";
import type { Plan } from "./plan.js";
import { firmwareOf, isWinged, vehicleClassOf } from "./vehicleClass.js";

/** ArduPilot's own grid of terrain has a height every 100 m and is smoothed between them (TERRAIN_SPACING): half of that. */
const STEP_M = 50;
/** Bounds the time for a plan of thousands of kilometres. */
const STEPS_MAX = 200;

/**
 * Height over home, metres, to which the autopilot climbs before it returns, where it is lower: the defaults of RTL_ALT (ArduCopter),
 * RTL_ALTITUDE (ArduPlane) and RTL_RETURN_ALT (PX4). The aircraft's own setting may be another.
 */
export function returnHeightM({ firmwareType, vehicleType }: Pick<Plan, "firmwareType" | "vehicleType">): number {
  const firmware = firmwareOf(firmwareType);
  if (firmware === "px4") return 60;
  if (firmware !== "ardupilot") return 0;
  return isWinged(vehicleClassOf(vehicleType)) ? 100 : 15;
}

/**
 * Ways to heights above the ground go up and down with it. A return climbs to the autopilot's own height over home, or over the
 * ground on its way where that stands higher, and a landing ends on the ground at its place. Undefined without a home.
 */
export function estimateOverGround(
  plan: Plan,
  known: { readonly terrain: TerrainModel; readonly coast: Coast | undefined },
  aircraft: Aircraft,
  wind: Wind,
): FlightEstimate | undefined {
  const home = plan.plannedHome;
  if (!home) return undefined;
  const ground = groundBelow(known.terrain, known.coast);
  const surveyor = new Surveyor(ground, ground(home.position)?.heightAmslM ?? home.altitudeAmslM);
  const returnM = returnHeightM(plan);
  const atHome: Pick<WayEnd, "position" | "fromHome"> = {
    position: home.position,
    fromHome: { eastM: 0, northM: 0, upM: 0 },
  };
  surveyor.groundAt(atHome);
  const hops: CostedHop[] = [];
  for (const hop of levelledHops(plan, ground)) {
    const parts = partsOf(hop, surveyor, returnM);
    const last = parts.at(-1);
    if (!last) continue;
    if (hop.kind === "land") {
      surveyor.groundAt(hop.to);
      // Down from where the way to it ended: a return may have lifted it. Once landed, nobody turns home.
      hops.push({ ...last, from: { ...last.from, upM: hops.at(-1)?.to.upM ?? last.from.upM }, home: [] });
    } else {
      hops.push(...parts.slice(0, -1), { ...last, home: wayHome(hop.to, last.to, { surveyor, returnM, atHome }) });
    }
  }
  const basis = surveyor.isPartUnknown ? "terrain-in-part" : "terrain";
  return { ...estimateHops(hops, aircraft, wind), basis };
}

type Place = Pick<WayEnd, "position" | "fromHome">;

/** Metres from home; the ground is undefined where it is not known. */
type SurveyedPlace = {
  readonly fraction: number;
  readonly eastM: number;
  readonly northM: number;
  readonly groundM: number | undefined;
};

/** Asks for the ground, and remembers whether it was known everywhere. */
class Surveyor {
  isPartUnknown = false;
  readonly homeM: number;
  readonly #ground: GroundBelow;
  /** Ways are asked again by each round of a jump. */
  readonly #along = new Map<string, readonly SurveyedPlace[]>();

  constructor(ground: GroundBelow, homeM: number) {
    this.#ground = ground;
    this.homeM = homeM;
  }

  /** Metres above home; undefined where it is not known. */
  groundAt({ position }: Pick<Place, "position">): number | undefined {
    const known = this.#ground(position);
    if (!known) this.isPartUnknown = true;
    return known && known.heightAmslM - this.homeM;
  }

  pointOf({ fromHome, heightAmslM }: WayEnd): EnuPoint {
    return { ...fromHome, upM: heightAmslM - this.homeM };
  }

  /** Places along a way, both ends included, with the ground there. */
  along(from: Place, to: Place): readonly SurveyedPlace[] {
    const key = [from, to].map(({ fromHome }) => `${fromHome.eastM} ${fromHome.northM}`).join();
    const kept = this.#along.get(key) ?? this.#survey(from, to);
    this.#along.set(key, kept);
    return kept;
  }

  #survey(from: Place, to: Place): readonly SurveyedPlace[] {
    const lengthM = Math.hypot(to.fromHome.eastM - from.fromHome.eastM, to.fromHome.northM - from.fromHome.northM);
    const count = Math.min(STEPS_MAX, Math.max(1, Math.ceil(lengthM / STEP_M)));
    return Array.from({ length: count + 1 }, (_, i) => {
      const fraction = i / count;
      const mix = (a: number, b: number): number => a + (b - a) * fraction;
      return {
        fraction,
        eastM: mix(from.fromHome.eastM, to.fromHome.eastM),
        northM: mix(from.fromHome.northM, to.fromHome.northM),
        groundM: this.groundAt({ position: positionBetween(from.position, to.position, fraction) }),
      };
    });
  }

  /** The highest known ground on a way, metres above home. */
  highestM(from: Place, to: Place): number {
    return this.along(from, to).reduce(
      (highest, { groundM }) => Math.max(highest, groundM ?? highest),
      Number.NEGATIVE_INFINITY,
    );
  }
}

function partsOf(hop: LevelledHop, surveyor: Surveyor, returnM: number): readonly CostedHop[] {
  const { kind, groundSpeedMps, waitS, roundM } = hop;
  const [from, to] = [surveyor.pointOf(hop.from), surveyor.pointOf(hop.to)];
  if (kind === "return") {
    const upM = Math.max(from.upM, returnM, surveyor.highestM(hop.from, hop.to));
    return risen(from, { ...to, upM }, { groundSpeedMps, waitS });
  }
  const isFollowing = kind === "travel" && hop.to.zero === "ground" && hop.lengthM > 0;
  return isFollowing ? following(hop, surveyor) : [{ from, to, kind, groundSpeedMps, waitS, roundM }];
}

/** Straight up, then across at that height. */
function risen(from: EnuPoint, to: EnuPoint, flown: Pick<CostedHop, "groundSpeedMps" | "waitS">): readonly CostedHop[] {
  const above = { ...from, upM: Math.max(from.upM, to.upM) };
  const across: CostedHop = { from: above, to: { ...to, upM: above.upM }, kind: "return", ...flown };
  return above.upM > from.upM ? [{ from, to: above, kind: "climb", ...flown, waitS: 0 }, across] : [across];
}

/** Over the ground: from the height above it at the start evenly to that at the end. Where it is not known, straight on. */
function following(hop: LevelledHop, surveyor: Surveyor): readonly CostedHop[] {
  const { groundSpeedMps, waitS, roundM } = hop;
  const [start, end] = [surveyor.pointOf(hop.from), surveyor.pointOf(hop.to)];
  const places = surveyor.along(hop.from, hop.to);
  const aboveAt = (point: EnuPoint, groundM: number | undefined): number => point.upM - (groundM ?? 0);
  const [firstM, lastM] = [aboveAt(start, places[0]?.groundM), aboveAt(end, places.at(-1)?.groundM)];
  const points = places.map(({ fraction, eastM, northM, groundM }): EnuPoint => {
    const straightM = start.upM + (end.upM - start.upM) * fraction;
    return { eastM, northM, upM: groundM === undefined ? straightM : groundM + firstM + (lastM - firstM) * fraction };
  });
  return points.slice(1).map((to, i) => ({
    ...{ from: points[i] ?? start, to, kind: "travel", groundSpeedMps, isFollowingGround: true },
    ...(i === points.length - 2 ? { waitS, roundM } : { waitS: 0 }),
  }));
}

type HomeWay = { readonly surveyor: Surveyor; readonly returnM: number; readonly atHome: Place };

function wayHome(here: Place, from: EnuPoint, { surveyor, returnM, atHome }: HomeWay): readonly CostedHop[] {
  const upM = Math.max(from.upM, returnM, surveyor.highestM(here, atHome));
  const over = { eastM: 0, northM: 0, upM };
  const isThere = Math.hypot(from.eastM, from.northM) < 1;
  const flown = { groundSpeedMps: undefined, waitS: 0 };
  const back = isThere ? [] : risen(from, over, flown);
  const top = isThere ? from : over;
  return [...back, { from: top, to: { ...top, upM: 0 }, kind: "land", ...flown }];
}
