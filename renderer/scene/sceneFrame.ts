import { localFrameAt, WGS84_SEMI_MAJOR_M } from "../../src/geo/localFrame.js";
import type { Position } from "../../src/geo/position.js";

/** East and north of the scene's origin, metres; up in the scene is height above sea level. */
type ScenePoint = { readonly eastM: number; readonly northM: number };

/**
 * The scene is a map with heights: east and north of a local tangent frame, z = metres above sea level. In the true
 * tangent frame the sea would curve away (8 m at 10 km) below everything drawn at "sea level".
 */
export type SceneFrame = {
  readonly origin: Position;
  readonly pointOf: (position: Position) => ScenePoint;
  readonly positionOf: (eastM: number, northM: number) => Position;
};

/** Beyond this distance the origin is moved: coordinates stay small for the GPU and the map stays true to a metre. */
const REBASE_BEYOND_M = 10_000;

export function sceneFrameAt(origin: Position): SceneFrame {
  const local = localFrameAt(origin);
  return {
    origin,
    pointOf: (position) => local.toEnu(position, 0),
    positionOf: (eastM, northM) => {
      // The point of the curved sea under (east, north) lies this far below the tangent plane.
      const upM = -(eastM * eastM + northM * northM) / (2 * WGS84_SEMI_MAJOR_M);
      return local.toPosition({ eastM, northM, upM }).position;
    },
  };
}

export function isFarFromOrigin(frame: SceneFrame, position: Position): boolean {
  const { eastM, northM } = frame.pointOf(position);
  return Math.hypot(eastM, northM) > REBASE_BEYOND_M;
}
