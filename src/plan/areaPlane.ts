import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import { localFrameAt } from "../geo/localFrame.js";
import { selfCrossing, signedAreaM2 } from "../geo/polygon.js";
import type { Point2, Ring } from "../geo/polygon.js";
import type { Position } from "../geo/position.js";
import type { AreaFailure } from "./areaFailure.js";

/** An area in metres: x east and y north of its middle. Good to 0.2 m at the rim of the largest area we take. */
type AreaPlane = {
  readonly ring: Ring;
  readonly areaM2: number;
  readonly toPlane: (position: Position) => Point2;
  readonly toPosition: (point: Point2) => Position;
};

const EXTENT_LIMIT_M = 50_000;
const SURFACE_LEAST_M2 = 1;

/** Refuses what is not a simple polygon. Repeated corners, the closing one of a GeoJSON ring included, count once. */
export function areaPlane(area: readonly Position[]): Result<AreaPlane, AreaFailure> {
  const bad = area.findIndex((corner) => !isOnEarth(corner));
  if (bad >= 0) return err({ kind: "bad-corner", corner: bad });
  const corners = area.filter((corner, i) => !isSame(corner, area[(i + 1) % area.length]) || area.length === 1);
  if (corners.length < 3) return err({ kind: "too-few-corners", corners: corners.length });

  const plane = planeAround(corners);
  const ring = corners.map(plane.toPlane);
  const reachM = 2 * Math.max(...ring.map(({ xM, yM }) => Math.hypot(xM, yM)));
  if (reachM > EXTENT_LIMIT_M) return err({ kind: "too-large", extentM: reachM, limitM: EXTENT_LIMIT_M });
  const areaM2 = Math.abs(signedAreaM2(ring));
  const crossing = selfCrossing(ring);
  if (crossing && areaM2 >= SURFACE_LEAST_M2) return err({ kind: "self-crossing", ...crossing });
  if (areaM2 < SURFACE_LEAST_M2) {
    return err(
      crossing && corners.length > 3 ? { kind: "self-crossing", ...crossing } : { kind: "no-surface", areaM2 },
    );
  }
  return ok({ ...plane, ring, areaM2 });
}

const isOnEarth = ({ latitudeDeg, longitudeDeg }: Position): boolean =>
  Math.abs(latitudeDeg) <= 89 && Math.abs(longitudeDeg) <= 180;

const isSame = (a: Position, b: Position | undefined): boolean =>
  a.latitudeDeg === b?.latitudeDeg && a.longitudeDeg === b.longitudeDeg;

function planeAround(corners: readonly Position[]): Pick<AreaPlane, "toPlane" | "toPosition"> {
  const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const frame = localFrameAt({
    latitudeDeg: middle(corners.map((corner) => corner.latitudeDeg)),
    longitudeDeg: middle(corners.map((corner) => corner.longitudeDeg)),
  });
  return {
    toPlane: (position) => {
      const { eastM, northM } = frame.toEnu(position, 0);
      return { xM: eastM, yM: northM };
    },
    toPosition: ({ xM, yM }) => frame.toPosition({ eastM: xM, northM: yM, upM: 0 }).position,
  };
}
