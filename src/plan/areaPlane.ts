import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import { localFrameAt } from "../geo/localFrame.js";
import { signedAreaM2 } from "../geo/polygon.js";
import { unwrapped } from "../geo/longitudes.js";
import type { Point2, Ring } from "../geo/polygon.js";
import type { Position } from "../geo/position.js";
import { selfCrossing } from "../geo/selfCrossing.js";
import { thinned } from "../geo/thinRing.js";
import type { AreaFailure } from "./areaFailure.js";

/** An area in a local plane: x east, y north of its centre, metres. Error at most 0.2 m at the rim of the largest accepted area. */
type AreaPlane = {
  /** The outline. Outlines with very many corners are simplified: corners that do not change the sweep are left out. */
  readonly ring: Ring;
  /** For each corner of `ring`, its index in the area as drawn. */
  readonly corners: readonly number[];
  readonly areaM2: number;
  readonly toPlane: (position: Position) => Point2;
  readonly toPosition: (point: Point2) => Position;
};

const EXTENT_LIMIT_M = 50_000;
const SURFACE_LEAST_M2 = 1;

/** An outline with more corners comes from a map or survey, not from drawing by hand: it is simplified, by at most 0.5 m. */
const THIN_FROM_CORNERS = 400;

const known = new WeakMap<readonly Position[], Result<AreaPlane, AreaFailure>>();

/**
 * Projects the area; refuses anything but a simple polygon. Repeated corners, the closing one of a GeoJSON ring included,
 * count once. The result is cached per area, because several planning steps ask for the same one.
 */
export function areaPlane(area: readonly Position[]): Result<AreaPlane, AreaFailure> {
  const before = known.get(area);
  if (before) return before;
  const laid = planeOf(area);
  known.set(area, laid);
  return laid;
}

function planeOf(area: readonly Position[]): Result<AreaPlane, AreaFailure> {
  const bad = area.findIndex((corner) => !isOnEarth(corner));
  if (bad >= 0) return err({ kind: "bad-corner", corner: bad });
  const numbers = area.flatMap((corner, i) =>
    !isSame(corner, area[(i + 1) % area.length]) || area.length === 1 ? [i] : [],
  );
  if (numbers.length < 3) return err({ kind: "too-few-corners", corners: numbers.length });

  const corners = unwrapped(numbers.map((i) => area[i] ?? ZERO));
  const plane = planeAround(corners);
  const drawn = corners.map(plane.toPlane);
  const reachM = 2 * drawn.reduce((mostM, { xM, yM }) => Math.max(mostM, Math.hypot(xM, yM)), 0);
  if (reachM > EXTENT_LIMIT_M) return err({ kind: "too-large", extentM: reachM, limitM: EXTENT_LIMIT_M });
  const areaM2 = Math.abs(signedAreaM2(drawn));
  const crossing = selfCrossing(drawn);
  if (crossing && areaM2 >= SURFACE_LEAST_M2) return err({ kind: "self-crossing", ...crossing });
  if (areaM2 < SURFACE_LEAST_M2) {
    return err(
      crossing && corners.length > 3 ? { kind: "self-crossing", ...crossing } : { kind: "no-surface", areaM2 },
    );
  }
  const kept = drawn.length > THIN_FROM_CORNERS ? thinned(drawn) : drawn.map((_, i) => i);
  const ring = kept.map((i) => drawn[i] ?? ORIGIN);
  return ok({ ...plane, ring, corners: kept.map((i) => numbers[i] ?? 0), areaM2 });
}

/** The area without corners that make no difference to a sweep; the given array where all do, or where it is no valid polygon. */
export function thinnedArea(area: readonly Position[]): readonly Position[] {
  const plane = areaPlane(area);
  if (!plane.ok || plane.value.corners.length === area.length || area.length <= THIN_FROM_CORNERS) return area;
  return plane.value.corners.map((i) => area[i] ?? ZERO);
}

const ZERO: Position = { latitudeDeg: 0, longitudeDeg: 0 };
const ORIGIN: Point2 = { xM: 0, yM: 0 };

const isOnEarth = ({ latitudeDeg, longitudeDeg }: Position): boolean =>
  Math.abs(latitudeDeg) <= 89 && Math.abs(longitudeDeg) <= 180;

const isSame = (a: Position, b: Position | undefined): boolean =>
  a.latitudeDeg === b?.latitudeDeg && a.longitudeDeg === b.longitudeDeg;

function planeAround(corners: readonly Position[]): Pick<AreaPlane, "toPlane" | "toPosition"> {
  const frame = localFrameAt({
    latitudeDeg: middleOf(corners, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: middleOf(corners, ({ longitudeDeg }) => longitudeDeg),
  });
  return {
    toPlane: (position) => {
      const { eastM, northM } = frame.toEnu(position, 0);
      return { xM: eastM, yM: northM };
    },
    toPosition: ({ xM, yM }) => frame.toPosition({ eastM: xM, northM: yM, upM: 0 }).position,
  };
}

function middleOf(corners: readonly Position[], read: (corner: Position) => number): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const corner of corners) {
    least = Math.min(least, read(corner));
    most = Math.max(most, read(corner));
  }
  return (least + most) / 2;
}
