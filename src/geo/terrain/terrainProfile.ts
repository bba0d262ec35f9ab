import { destination, geodesicDistanceM, initialBearingDeg } from "../geodesic.js";
import type { Position } from "../position.js";
import type { TerrainHeight } from "./terrain.js";
import type { TerrainModel } from "./terrainModel.js";

type ProfilePoint = {
  /** Along the line from its start. */
  readonly distanceM: number;
  readonly position: Position;
  /** Undefined where the ground is not known. */
  readonly ground: TerrainHeight | undefined;
};

/** The ground along the shortest line, at most `stepM` apart, both ends included. */
export function terrainProfile(
  model: TerrainModel,
  from: Position,
  to: Position,
  stepM: number,
): readonly ProfilePoint[] {
  const lengthM = geodesicDistanceM(from, to);
  const bearingDeg = initialBearingDeg(from, to);
  const countOfSteps = Math.max(1, Math.ceil(lengthM / stepM));
  return Array.from({ length: countOfSteps + 1 }, (_, i) => {
    const distanceM = (lengthM * i) / countOfSteps;
    const position = i === 0 ? from : i === countOfSteps ? to : destination(from, bearingDeg, distanceM);
    return { distanceM, position, ground: model.heightAt(position) };
  });
}
