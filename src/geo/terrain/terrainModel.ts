import { geoidHeightM } from "../geoid.js";
import type { Position } from "../position.js";
import type { Slope, TerrainHeight, TerrainLevel, TerrainSource } from "./terrain.js";

/** The ground of every file together. */
export type TerrainModel = {
  /** Of the finest source that knows it; undefined where none does, which is not 0. */
  readonly heightAt: (position: Position) => TerrainHeight | undefined;
  /** The same without its slope, which costs several times as much where a file's grid is projected. */
  readonly levelAt: (position: Position) => TerrainLevel | undefined;
  /** The steepest rise of any source: no two heights of one source differ by more over their distance. */
  readonly steepestRatio: number;
  /** Distance between two heights of the finest source; undefined without sources. */
  readonly resolutionM: number | undefined;
  /** The finest first. */
  readonly sources: readonly TerrainSource[];
};

/** A model is asked for one place at a time, thousands of times: it looks only at the files of that degree. */
export function createTerrainModel(sources: readonly TerrainSource[]): TerrainModel {
  const finestFirst = sources.toSorted((a, b) => a.resolutionM - b.resolutionM);
  const byDegree = new Map<number, TerrainSource[]>();
  for (const source of finestFirst) {
    for (const degree of degreesOf(source)) byDegree.set(degree, [...(byDegree.get(degree) ?? []), source]);
  }
  const levelAt = (position: Position): TerrainLevel | undefined => {
    for (const source of byDegree.get(degreeAt(position.latitudeDeg, position.longitudeDeg)) ?? []) {
      const found = levelFrom(source, position);
      if (found) return found;
    }
    return undefined;
  };
  return {
    sources: finestFirst,
    resolutionM: finestFirst[0]?.resolutionM,
    steepestRatio: finestFirst.reduce((steepest, { steepestRatio }) => Math.max(steepest, steepestRatio), 0),
    levelAt,
    heightAt: (position) => {
      const level = levelAt(position);
      const slope = level?.source.slopeAt(position);
      if (!level || !slope) return undefined;
      const { heightAmslM, source } = level;
      return { heightAmslM, sigmaM: sigmaOn(slope, source), slope, source };
    },
  };
}

function levelFrom(source: TerrainSource, position: Position): TerrainLevel | undefined {
  const heightM = source.heightAt(position);
  if (heightM === undefined) return undefined;
  return { heightAmslM: source.datum === "egm96" ? heightM : heightM - geoidHeightM(position), source };
}

/** On a slope a shift of the file to the side is an error of height too. */
const sigmaOn = ({ eastRatio, northRatio }: Slope, { accuracy }: TerrainSource): number =>
  Math.hypot(accuracy.verticalSigmaM, accuracy.horizontalSigmaM * Math.hypot(eastRatio, northRatio));

/** One number for each square degree. */
const degreeAt = (latitudeDeg: number, longitudeDeg: number): number =>
  Math.floor(latitudeDeg) * 1000 + Math.floor(longitudeDeg);

function* degreesOf({ bounds }: TerrainSource): Iterable<number> {
  for (let south = Math.floor(bounds.southDeg); south <= bounds.northDeg; south++)
    for (let west = Math.floor(bounds.westDeg); west <= bounds.eastDeg; west++) yield degreeAt(south, west);
}
