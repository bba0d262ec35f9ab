import { localFrameAt, WGS84_SEMI_MAJOR_M } from "./localFrame.js";
import type { Position } from "./position.js";

/** East and north of the frame's origin, metres. */
type MapPoint = { readonly eastM: number; readonly northM: number };

/**
 * A map around an origin: east and north of the local tangent frame, heights above the sea. In the true tangent frame the
 * sea would curve away (8 m at 10 km) below everything at "sea level".
 */
export type MapFrame = {
  readonly origin: Position;
  readonly pointOf: (position: Position) => MapPoint;
  readonly positionOf: (eastM: number, northM: number) => Position;
};

export function mapFrameAt(origin: Position): MapFrame {
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
