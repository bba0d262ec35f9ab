import { mapFrameAt, type MapFrame } from "../../src/geo/mapFrame.js";
import type { Position } from "../../src/geo/position.js";

/** The scene is a map with heights: z = metres above sea level. */
export type SceneFrame = MapFrame;

/** Beyond this distance the origin is moved: coordinates stay small for the GPU and the map stays true to a metre. */
const REBASE_BEYOND_M = 10_000;

export const sceneFrameAt = (origin: Position): SceneFrame => mapFrameAt(origin);

export function isFarFromOrigin(frame: SceneFrame, position: Position): boolean {
  const { eastM, northM } = frame.pointOf(position);
  return Math.hypot(eastM, northM) > REBASE_BEYOND_M;
}
