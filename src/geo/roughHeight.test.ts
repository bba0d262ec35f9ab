/** The relief of the coast file against heights from elsewhere: towns and villages by GeoNames. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createCoast } from "./coast.js";
import type { CoastDocument } from "./coastDocument.js";
import { geodesicDistanceM } from "./geodesic.js";
import { betweenSeaAndHome } from "./ground/homeGround.js";
import type { Position } from "./position.js";
import { reliefHeightM, roughHeightAt } from "./roughHeight.js";

const COAST = JSON.parse(readFileSync("missions/coast/channel.json", "utf8")) as CoastDocument;
const { relief } = COAST;
if (!relief) throw new Error("Invariant: our coast has a relief");

type Town = { readonly position: Position; readonly heightM: number };
const TOWNS: readonly Town[] = readFileSync("src/geo/testing/townHeights.txt", "utf8")
  .split("\n")
  .filter((line) => /^\d/.test(line))
  .map((line) => {
    const [latitudeDeg = 0, longitudeDeg = 0, heightM = 0] = line.split(" ").map(Number);
    return { position: { latitudeDeg, longitudeDeg }, heightM };
  });

const INLAND = { surface: "land", waterlineDistanceM: 5000, plusMinusM: 118 } as const;
const rough = (position: Position) => {
  const found = roughHeightAt(relief, INLAND, position);
  if (!found) throw new Error("Invariant: all towns lie in the relief");
  return found;
};
const rootMeanSquare = (errors: readonly number[]): number =>
  Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);

describe("a relief", () => {
  const grid = {
    ...{ source: "", westDeg: 1, southDeg: 50, stepDeg: 1 },
    columns: 2,
    rows: 2,
    heightsM: [-40, 100, 200, 300],
  };
  const at = (latitudeDeg: number, longitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });

  it("is read between its corners, and not outside", () => {
    expect(reliefHeightM(grid, at(50, 2))).toBe(100);
    expect(reliefHeightM(grid, at(50.5, 1.5))).toBe(140);
    expect(reliefHeightM(grid, at(50.5, 1.5), 0)).toBe(150);
    expect(reliefHeightM(grid, at(49.9, 1.5))).toBeUndefined();
  });
});

describe("the rough height of land", () => {
  const errorsM = TOWNS.map(({ position, heightM }) => rough(position).heightAmslM - heightM);
  const { sigmaM } = rough({ latitudeDeg: 50.7, longitudeDeg: 1.8 });

  it("has the error that it states, measured at 619 towns and villages", () => {
    expect(TOWNS).toHaveLength(619);
    expect(rootMeanSquare(errorsM) / sigmaM).toBeGreaterThan(0.95);
    expect(rootMeanSquare(errorsM) / sigmaM).toBeLessThan(1.05);
    const within = errorsM.filter((errorM) => Math.abs(errorM) < 1.96 * sigmaM).length / errorsM.length;
    expect(within).toBeGreaterThan(0.93);
  });

  it("is nearer to the truth than heights that count the sea's depth beside it", () => {
    const seaside = TOWNS.filter(({ position }) => (reliefHeightM(relief, position) ?? 0) < 10);
    const worse = seaside.filter(
      ({ position, heightM }) =>
        Math.abs(rough(position).heightAmslM - heightM) > Math.abs((reliefHeightM(relief, position) ?? 0) - heightM),
    );
    expect(seaside.length).toBeGreaterThan(50);
    expect(worse.length / seaside.length).toBeLessThan(0.5);
    expect(Math.min(...TOWNS.map(({ position }) => rough(position).heightAmslM))).toBeGreaterThanOrEqual(0);
  });

  it("is said of land alone, and not where the waterline may be", () => {
    const place = { latitudeDeg: 50.7, longitudeDeg: 1.8 };
    expect(roughHeightAt(relief, { ...INLAND, surface: "sea" }, place)).toBeUndefined();
    expect(roughHeightAt(relief, { ...INLAND, waterlineDistanceM: 100 }, place)).toBeUndefined();
    expect(roughHeightAt(relief, { surface: "unknown" }, place)).toBeUndefined();
    expect(roughHeightAt(undefined, INLAND, place)).toBeUndefined();
    expect(roughHeightAt(relief, INLAND, { latitudeDeg: 48, longitudeDeg: 1.8 })).toBeUndefined();
    expect(roughHeightAt(relief, INLAND, place)).toMatchObject({ source: "ETOPO5" });
  });
});

/** Why the cameras' ground is home's height and not this: pairs of a home by the sea and another town. */
describe("the height of home", () => {
  const coast = createCoast(COAST);
  const homes = TOWNS.filter(({ position }) => {
    const shore = coast.landOrSea(position);
    return shore.surface === "land" && shore.waterlineDistanceM < 5000;
  });

  function compared(fromM: number, toM: number) {
    const [homeErrorsM, reliefErrorsM]: [number[], number[]] = [[], []];
    for (const { position: homePosition, heightM: homeAltitudeAmslM } of homes) {
      const between = betweenSeaAndHome({ homePosition, homeAltitudeAmslM });
      for (const { position, heightM } of TOWNS) {
        if (Math.abs(position.latitudeDeg - homePosition.latitudeDeg) > 0.2) continue;
        const awayM = geodesicDistanceM(homePosition, position);
        if (awayM < fromM || awayM >= toM) continue;
        homeErrorsM.push(between(position, 1).heightAmslM - heightM);
        reliefErrorsM.push(rough(position).heightAmslM - heightM);
      }
    }
    return { count: homeErrorsM.length, homeM: rootMeanSquare(homeErrorsM), reliefM: rootMeanSquare(reliefErrorsM) };
  }

  it.each([
    [500, 3000],
    [3000, 8000],
    [8000, 12000],
  ])("is nearer to the truth from %i to %i m", (fromM, toM) => {
    const { count, homeM, reliefM } = compared(fromM, toM);
    expect(count).toBeGreaterThan(100);
    expect(homeM).toBeLessThan(reliefM);
  });
});
