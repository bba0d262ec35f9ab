import { describe, expect, it } from "vitest";
import type { GroundModel } from "../../geo/ground/ground.js";
import { localFrameAt } from "../../geo/localFrame.js";
import { CoverageGrid } from "../../sortie/coverage.js";
import { cameraViewOf } from "../../track/cameraView.js";
import type { Footprint } from "../../track/footprint.js";
import { CoverageMaker } from "./coverageMaker.js";

const HERE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const local = localFrameAt(HERE);

/** Straight down from 60 m: a square of 60 m. */
function footprintAt(eastM: number): Footprint {
  const at = (dEastM: number, dNorthM: number) => ({
    position: local.toPosition({ eastM: eastM + dEastM, northM: dNorthM, upM: 0 }).position,
    heightAmslM: 0,
  });
  return {
    corners: [at(-30, 30), at(30, 30), at(30, -30), at(-30, -30)],
    centre: at(0, 0),
    centreEllipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 },
    sensor: { position: at(0, 0).position, altitudeAmslM: 60 },
    ...{ depressionDeg: 90, azimuthDeg: 0, hfovDeg: 53 },
  };
}

describe("covered ground from a camera's worker", () => {
  it("added up in the station is what the footprints cover", () => {
    const [maker, merged, direct] = [new CoverageMaker(), new CoverageGrid(), new CoverageGrid()];
    for (let i = 0; i < 20; i++) {
      const patch = maker.patchOf(i * 200_000, footprintAt(12 * i), 640);
      // Only what survives structured cloning reaches another thread.
      if (patch) expect(merged.merge(structuredClone(patch))).toBe(true);
      direct.add({ ...footprintAt(12 * i), widthPx: 640 });
    }
    expect(merged.summary()).toEqual(direct.summary());
    expect(merged.tiles()).toEqual(direct.tiles());
    expect(merged.summary().areaM2 / (288 * 60)).toBeCloseTo(1, 1);
  });

  it("takes five footprints a second, also after the camera's clock was set back", () => {
    const maker = new CoverageMaker();
    const countIn = (fromUs: number): number =>
      Array.from({ length: 30 }, (_, i) => maker.patchOf(fromUs + i * 40_000, footprintAt(0), 640)).filter(Boolean)
        .length;
    expect(countIn(10e6)).toBe(6);
    expect(countIn(1e6)).toBe(6);
  });

  it("another camera's ground counts once it counts from the same place", () => {
    const [one, two, grid] = [new CoverageMaker(), new CoverageMaker(), new CoverageGrid()];
    expect(grid.merge(one.patchOf(0, footprintAt(0), 640)!)).toBe(true);
    const { areaM2 } = grid.summary();
    expect(grid.merge(two.patchOf(0, footprintAt(200), 640)!)).toBe(false);
    expect(grid.summary().areaM2).toBe(areaM2);
    two.setOrigin(grid.origin);
    expect(grid.merge(two.patchOf(200_000, footprintAt(200), 640)!)).toBe(true);
    expect(grid.summary().areaM2 / areaM2).toBeCloseTo(2, 1);
  });

  it("over files of heights leaves out what a crest hides, until the ground is another", () => {
    // A ridge of 45 m, 40 m north of the camera and 60 m under it: its shadow is 135 m long, the picture's far edge 165 m away.
    const ridge = (isThere: boolean): GroundModel => ({
      roughness: { steepestRatio: 100, resolutionM: 1 },
      heightAt: (position) => ({
        heightAmslM: isThere && Math.abs(local.toEnu(position, 0).northM - 45) < 5 ? 45 : 0,
        ...{ sigmaM: 1, surface: "land", waterlineDistanceM: undefined, slope: { eastRatio: 0, northRatio: 0 } },
      }),
    });
    const pose = {
      ...{ unixTimeUs: 0, sensor: { position: HERE, altitudeAmslM: 60 }, hfovDeg: 42, vfovDeg: 60 },
      platform: { headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
      gimbal: { azimuthDeg: 0, elevationDeg: -50, rollDeg: 0 },
    };
    const areaWith = (maker: CoverageMaker, view = cameraViewOf(pose)) => {
      const grid = new CoverageGrid();
      const at = (eastM: number, northM: number) => ({
        position: local.toPosition({ eastM, northM, upM: 0 }).position,
        heightAmslM: 0,
      });
      const shown = { ...footprintAt(0), corners: [at(-50, 160), at(50, 160), at(20, 10), at(-20, 10)] } as const;
      const patch = maker.patchOf(clockUs++ * 200_000, shown, 640, view);
      if (patch) grid.merge(patch);
      return grid.summary().areaM2;
    };
    let clockUs = 1;
    const maker = new CoverageMaker();
    maker.setOrigin(HERE);
    const withoutHeights = areaWith(maker);
    maker.setGround(ridge(false));
    const level = areaWith(maker);
    maker.setGround(ridge(true));
    const hidden = areaWith(maker);
    expect(level).not.toBe(withoutHeights);
    expect(hidden).toBeLessThan(0.6 * level);
    maker.setGround(ridge(false));
    expect(areaWith(maker)).toBe(level);
  });
});
