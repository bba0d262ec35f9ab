import { describe, expect, it } from "vitest";
import { localFrameAt } from "../../geo/localFrame.js";
import { CoverageGrid } from "../../sortie/coverage.js";
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
});
