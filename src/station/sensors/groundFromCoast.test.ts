import { describe, expect, it } from "vitest";
import type { CoastDocument } from "../../geo/coastDocument.js";
import type { Position } from "../../geo/position.js";
import { gridSource, measuredRaster } from "../../geo/terrain/gridSource.js";
import { graticule } from "../../geo/terrain/rasterGrid.js";
import { createTerrainModel } from "../../geo/terrain/terrainModel.js";
import { groundFromCoast } from "./groundFromCoast.js";

const at = (latitudeDeg: number, longitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });
const HOME = { position: at(50.77, 1.61), altitudeAmslM: 40 };

/** Land east of 1.6 degrees, sea west of it. */
const COAST: CoastDocument = {
  ...{ attribution: "", source: "", licence: "", date: "2026-01-01" },
  error: { medianM: 5, p90M: 10, worstM: 20 },
  box: { westDeg: 1.5, eastDeg: 1.7, southDeg: 50.7, northDeg: 50.85 },
  land: [{ outline: [at(50.7, 1.6), at(50.7, 1.7), at(50.85, 1.7), at(50.85, 1.6)], holes: [] }],
  harbours: [],
  relief: undefined,
};

it("review 2: land is as high as the home of the aircraft that carries the camera, and the sea is at sea level", () => {
  const ground = groundFromCoast(JSON.stringify(COAST), HOME);
  expect(ground.heightAt(at(50.77, 1.65))).toMatchObject({ heightAmslM: 40, surface: "land" });
  expect(ground.heightAt(at(50.77, 1.55))).toMatchObject({ heightAmslM: 0, surface: "sea" });
});

it("is halfway between sea level and home where no coast is known, and does not say land or sea", () => {
  expect(groundFromCoast(undefined, HOME).heightAt(at(50.77, 1.55))).toMatchObject({
    heightAmslM: 20,
    surface: "unknown",
  });
});

describe("with files of heights", () => {
  const terrain = createTerrainModel([
    gridSource(
      measuredRaster({
        ...{ name: "made", datum: "egm96", accuracy: { verticalSigmaM: 2, horizontalSigmaM: 0 } },
        ...{ columns: 2, rows: 2, heightsM: new Float32Array(4).fill(90), marginCells: 0 },
        placement: graticule(at(50.8, 1.5), 0.15, 0.1),
      }),
    ),
  ]);

  it("land is as high as they say, and as high as home where they end; the sea stays at sea level", () => {
    const ground = groundFromCoast(JSON.stringify(COAST), HOME, terrain);
    expect(ground.heightAt(at(50.77, 1.62))).toMatchObject({ heightAmslM: 90, sigmaM: 2, surface: "land" });
    expect(ground.heightAt(at(50.77, 1.68))).toMatchObject({ heightAmslM: 40, surface: "land" });
    expect(ground.heightAt(at(50.77, 1.55))).toMatchObject({ heightAmslM: 0, surface: "sea" });
    // On the line itself the beach may be covered.
    const beach = ground.heightAt(at(50.77, 1.6));
    expect(beach).toMatchObject({ heightAmslM: 90, surface: "waterline" });
    expect(beach.sigmaM).toBeCloseTo(Math.hypot(2, 1.5), 6);
    expect(ground.roughness?.steepestRatio).toBe(0);
  });

  it("they are believed before home is known, and outside the coast's map", () => {
    expect(groundFromCoast(JSON.stringify(COAST), undefined, terrain).heightAt(at(50.77, 1.62)).heightAmslM).toBe(90);
    expect(groundFromCoast(undefined, HOME, terrain).heightAt(at(50.77, 1.62))).toMatchObject({
      heightAmslM: 90,
      surface: "unknown",
    });
  });
});

it("before home is known it is at sea level, whatever the coast says, and does not say land or sea", () => {
  const ground = groundFromCoast(JSON.stringify(COAST), undefined);
  expect(ground.heightAt(at(50.77, 1.65))).toMatchObject({ heightAmslM: 0, surface: "unknown" });
});
