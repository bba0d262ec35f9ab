/** Finds a stretch of coast for a drawn scene: straight enough, and with no other shore near. */
import type { Rng } from "../../src/core/rng.js";
import { DEG_PER_RAD, wrap360 } from "../../src/geo/angles.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import { type LocalFrame, localFrameAt } from "../../src/geo/localFrame.js";
import type { Position } from "../../src/geo/position.js";
import type { Offset } from "../scenario.js";
import { between, RANGES } from "./drawnRanges.js";
import { signedDistanceM } from "./ground.js";

/** Minimum distance from home to any other shore, metres, so that the scene's waterline is the nearest everywhere in it. */
const OTHER_SHORE_M = 400;
/** Corners of the coast line copied into the scenario, beyond each side of the scene. */
const CORNERS_EACH_SIDE = 2;
const MOST_TRIES = 1000;

/** Metres from the waterline (positive inland) and along it from home's position, with the sea on the left. */
export type ShorePlace = { readonly inlandM: number; readonly alongM: number };

export type Beach = {
  readonly home: Position;
  readonly homeInlandM: number;
  readonly waterline: readonly Offset[];
  /** True directions out to sea and along the waterline. */
  readonly seawardDeg: number;
  readonly alongDeg: number;
  readonly offsetOf: (place: ShorePlace) => Offset;
};

type Edge = { readonly corners: readonly Position[]; readonly index: number };

/** Edges of land outlines that are waterline; those along the data's bounding box are not. */
function edgesOf({ land, box }: CoastDocument): readonly Edge[] {
  const isOnBox = ({ latitudeDeg, longitudeDeg }: Position): boolean =>
    [box.westDeg, box.eastDeg].some((deg) => Math.abs(deg - longitudeDeg) < 1e-6) ||
    [box.southDeg, box.northDeg].some((deg) => Math.abs(deg - latitudeDeg) < 1e-6);
  return land.flatMap(({ outline }) =>
    outline.flatMap((from, index) => {
      const to = outline[(index + 1) % outline.length];
      return to === undefined || (isOnBox(from) && isOnBox(to)) ? [] : [{ corners: outline, index }];
    }),
  );
}

/** The corner `step` further along the ring. In the document's outlines land is on the left. */
function cornerAt({ corners, index }: Edge, step: number): Position {
  const corner = corners[(((index + step) % corners.length) + corners.length) % corners.length];
  if (!corner) throw new Error("Invariant: an outline has corners");
  return corner;
}

const offsetIn = (frame: LocalFrame, position: Position): Offset => {
  const { eastM, northM } = frame.toEnu(position, 0);
  return { eastM, northM };
};

function distanceToEdgeM(from: Offset, to: Offset): number {
  const [dE, dN] = [to.eastM - from.eastM, to.northM - from.northM];
  const lengthM2 = dE * dE + dN * dN;
  const t = lengthM2 === 0 ? 0 : Math.min(1, Math.max(0, -(from.eastM * dE + from.northM * dN) / lengthM2));
  return Math.hypot(from.eastM + t * dE, from.northM + t * dN);
}

function beachOn(edge: Edge, edges: readonly Edge[], rng: Rng): Beach | undefined {
  // A scenario's waterline has the sea on its left, so the outline is traversed backwards.
  const start = cornerAt(edge, 1);
  const end = offsetIn(localFrameAt(start), cornerAt(edge, 0));
  const lengthM = Math.hypot(end.eastM, end.northM);
  const homeInlandM = between(rng, RANGES.homeInlandM);
  const alongM = between(rng, [OTHER_SHORE_M, Math.max(OTHER_SHORE_M, lengthM - OTHER_SHORE_M)]);
  if (lengthM < 2 * OTHER_SHORE_M) return undefined;
  const along: Offset = { eastM: end.eastM / lengthM, northM: end.northM / lengthM };
  const inland: Offset = { eastM: along.northM, northM: -along.eastM };
  const at = (place: ShorePlace): Offset => ({
    eastM: place.inlandM * inland.eastM + place.alongM * along.eastM,
    northM: place.inlandM * inland.northM + place.alongM * along.northM,
  });
  const drawn = localFrameAt(start).toPosition({ ...at({ inlandM: homeInlandM, alongM }), upM: 0 }).position;
  const home = { latitudeDeg: round(drawn.latitudeDeg, 6), longitudeDeg: round(drawn.longitudeDeg, 6) };
  const frame = localFrameAt(home);
  const others = edges.filter((other) => other.corners !== edge.corners || other.index !== edge.index);
  const isLonely = others.every(
    (other) =>
      distanceToEdgeM(offsetIn(frame, cornerAt(other, 0)), offsetIn(frame, cornerAt(other, 1))) > OTHER_SHORE_M,
  );
  if (!isLonely) return undefined;
  const steps = Array.from({ length: 2 * CORNERS_EACH_SIDE }, (_, i) => CORNERS_EACH_SIDE - i);
  const waterline = steps.map((step) => roundOffset(offsetIn(frame, cornerAt(edge, step))));
  // Rejects an outline of the opposite orientation, which would put home into the sea.
  if (signedDistanceM(waterline)(0, 0) < RANGES.homeInlandM[0] - 1) return undefined;
  return {
    home,
    homeInlandM,
    waterline,
    seawardDeg: wrap360(Math.atan2(-inland.eastM, -inland.northM) * DEG_PER_RAD),
    alongDeg: wrap360(Math.atan2(along.eastM, along.northM) * DEG_PER_RAD),
    offsetOf: (place) => roundOffset(at({ inlandM: place.inlandM - homeInlandM, alongM: place.alongM })),
  };
}

/** Rounded to so many decimals; never -0, which JSON writes as 0. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0;
const roundOffset = ({ eastM, northM }: Offset): Offset => ({ eastM: round(eastM, 1), northM: round(northM, 1) });

/** Throws where the coast has no suitable isolated stretch of 800 m. */
export function drawBeach(coast: CoastDocument, rng: Rng): Beach {
  const edges = edgesOf(coast);
  for (let i = 0; i < MOST_TRIES; i++) {
    const edge = edges[Math.floor(rng.uniform() * edges.length)];
    const beach = edge && beachOn(edge, edges, rng);
    if (beach) return beach;
  }
  throw new Error("the coast has no straight stretch of 800 m without another shore near");
}
