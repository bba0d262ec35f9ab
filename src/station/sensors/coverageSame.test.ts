/**
 * The coverage of the committed sorties, flown in the test along their plans without files of heights. The hashes were taken before
 * coverage asked the terrain: without terrain not one cell may differ.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { geodesicDistanceM, initialBearingDeg } from "../../geo/geodesic.js";
import { localFrameAt } from "../../geo/localFrame.js";
import type { Position } from "../../geo/position.js";
import { readPlanFile } from "../../plan/formats/planFile.js";
import { missionItemsOf, type PlannedHome } from "../../plan/plan.js";
import { CoverageGrid } from "../../sortie/coverage.js";
import { LAYER_BYTES, TILE_BYTES } from "../../sortie/coverageTiles.js";
import { footprint } from "../../track/footprint.js";
import { createGeolocator } from "../../track/geolocate.js";
import { TYPICAL_POSE_ERRORS } from "../../track/poseErrors.js";
import type { FramePose } from "../../video/framePose.js";
import { CoverageMaker } from "./coverageMaker.js";
import { groundFromCoast } from "./groundFromCoast.js";

const COAST = readFileSync("missions/coast/channel.json", "utf8");
const STEP_M = 20;

type Flown = { readonly at: Position; readonly headingDeg: number };

function wayOf(places: readonly Position[]): readonly Flown[] {
  return places.flatMap((to, i) => {
    const from = places[i - 1];
    if (!from) return [];
    const headingDeg = initialBearingDeg(from, to);
    const steps = Math.ceil(geodesicDistanceM(from, to) / STEP_M);
    return Array.from({ length: steps }, (_, step): Flown => {
      const part = step / steps;
      const mix = (a: number, b: number): number => a + (b - a) * part;
      const at = {
        latitudeDeg: mix(from.latitudeDeg, to.latitudeDeg),
        longitudeDeg: mix(from.longitudeDeg, to.longitudeDeg),
      };
      return { at, headingDeg };
    });
  });
}

function poseAt({ at, headingDeg }: Flown, index: number, home: PlannedHome): FramePose {
  return {
    unixTimeUs: index * 200_000,
    sensor: { position: at, altitudeAmslM: home.altitudeAmslM + 60 },
    // Rolls and looks about, so that all kinds of quadrilaterals come up.
    platform: { headingDeg, pitchDeg: 3 * Math.sin(index / 7), rollDeg: 6 * Math.sin(index / 5) },
    gimbal: { azimuthDeg: 40 * Math.sin(index / 23), elevationDeg: -55 + 34 * Math.sin(index / 31), rollDeg: 0 },
    ...{ hfovDeg: 42, vfovDeg: 34 },
  };
}

function coverageOf(planName: string) {
  const path = `missions/plans/${planName}.plan`;
  const plan = readPlanFile(readFileSync(path, "utf8"), path);
  if (!plan.ok || !plan.value.plannedHome) throw new Error(path);
  const home = plan.value.plannedHome;
  const ground = groundFromCoast(COAST, { position: home.position, altitudeAmslM: home.altitudeAmslM });
  const places = [home.position, ...missionItemsOf(plan.value).flatMap(({ position }) => position ?? [])];
  const maker = new CoverageMaker();
  maker.setOrigin(localFrameAt(home.position).origin);
  const grid = new CoverageGrid();
  const hash = createHash("sha256");
  for (const [index, flown] of wayOf(places).entries()) {
    const pose = poseAt(flown, index, home);
    const geometry = {
      ...{ pose, widthPx: 640, heightPx: 512, ground, errors: TYPICAL_POSE_ERRORS },
      velocity: { eastM: 0, northM: 0 },
    };
    const seen = footprint(geometry, createGeolocator(geometry));
    const patch = seen && maker.patchOf(pose.unixTimeUs, seen, 640);
    if (!patch) continue;
    grid.merge(patch);
    patch.tiles.forEach(({ column, row }, i) => {
      hash.update(`${column},${row};`);
      hash.update(patch.cells.subarray(i * TILE_BYTES, i * TILE_BYTES + 3 * LAYER_BYTES));
    });
  }
  return { hash: hash.digest("hex"), summary: grid.summary() };
}

describe("the coverage of a committed sortie without files of heights", () => {
  it.each([
    [
      "boulogne-night-1",
      "7d15c6496c3c20a3f630858205414a53dccb35a3e20efcbc7a771cc12381bf97",
      { areaM2: 512_987.5, seenPersonM2: 48_675, seenBoatM2: 210_450 },
    ],
    [
      "boulogne-night-2",
      "dcabf2f5bbdb2df37770cc2d93c4c3c9cfcb597fd2754acb1a4dc6dedf2255b5",
      { areaM2: 513_800, seenPersonM2: 48_787.5, seenBoatM2: 210_518.75 },
    ],
  ])("%s is that of before, bit for bit", (name, hash, summary) => {
    const found = coverageOf(name);
    expect(found.hash).toBe(hash);
    expect(found.summary).toMatchObject(summary);
  });
});
