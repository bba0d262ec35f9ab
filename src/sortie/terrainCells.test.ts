/** Coverage over cliffs and hills, against a line of sight followed in steps of a tenth of a metre. */
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import type { GroundModel } from "../geo/ground/ground.js";
import { composeGround } from "../geo/ground/ground.js";
import { seaLevelGround } from "../geo/ground/seaLevelGround.js";
import { terrainGround } from "../geo/ground/terrainGround.js";
import { localFrameAt } from "../geo/localFrame.js";
import { graticule, rasterGrid } from "../geo/terrain/rasterGrid.js";
import { createTerrainModel } from "../geo/terrain/terrainModel.js";
import { aSource } from "../geo/terrain/testing/rasters.js";
import { cameraViewOf } from "../track/cameraView.js";
import { footprint } from "../track/footprint.js";
import { createGeolocator } from "../track/geolocate.js";
import { geometryOf, poseOf, RAD, SENSOR } from "../track/testing/slantedView.js";
import type { FramePose } from "../video/framePose.js";
import { CoverageGrid } from "./coverage.js";
import { LAYER_BYTES, TILE_BYTES, type CoveragePatch } from "./coverageTiles.js";
import { coverageGround } from "./cellGround.js";
import { cellsOverTerrain } from "./terrainCells.js";

const CELL_M = 2.5;
const SIDE = 700;
/** A height every two metres, within 700 m of the sensor's place. */
const frame = localFrameAt(SENSOR);
const SOUTH_WEST = frame.toPosition({ eastM: -700, northM: -700, upM: 0 }).position;
const NORTH_EAST = frame.toPosition({ eastM: 700, northM: 700, upM: 0 }).position;
const PLACEMENT = graticule(
  { latitudeDeg: NORTH_EAST.latitudeDeg, longitudeDeg: SOUTH_WEST.longitudeDeg },
  (NORTH_EAST.longitudeDeg - SOUTH_WEST.longitudeDeg) / (SIDE - 1),
  (NORTH_EAST.latitudeDeg - SOUTH_WEST.latitudeDeg) / (SIDE - 1),
);
const GRID = rasterGrid(PLACEMENT);

function terrain(heightM: (eastM: number, northM: number) => number): GroundModel {
  const accuracy = { verticalSigmaM: 0, horizontalSigmaM: 0 };
  const source = aSource(
    (column, row) => {
      const { eastM, northM } = frame.toEnu(GRID.positionOf({ column, row }), 0);
      return heightM(eastM, northM);
    },
    { placement: PLACEMENT, columns: SIDE, rows: SIDE, accuracy },
  );
  return composeGround([terrainGround(createTerrainModel([source]), undefined)], seaLevelGround());
}

type Seen = { readonly patch: CoveragePatch; readonly pose: FramePose; readonly ground: GroundModel };

function seenFrom(ground: GroundModel, pose: FramePose): Seen {
  const geometry = geometryOf(pose, { ground });
  const shown = footprint(geometry, createGeolocator(geometry));
  if (!shown) throw new Error("no footprint");
  const patch = cellsOverTerrain({ ...shown, widthPx: 640 }, cameraViewOf(pose), coverageGround(ground, frame));
  if (!patch) throw new Error("no patch");
  return { patch, pose, ground };
}

const LAYER = { seen: 0, person: 1, boat: 2, known: 3 } as const;

function isMarked({ tiles, cells }: CoveragePatch, column: number, row: number, layer: number = LAYER.seen): boolean {
  const index = tiles.findIndex((tile) => tile.column === Math.floor(column / 64) && tile.row === Math.floor(row / 64));
  if (index < 0) return false;
  const cell = (row - 64 * Math.floor(row / 64)) * 64 + (column - 64 * Math.floor(column / 64));
  const byte = cells[index * TILE_BYTES + layer * LAYER_BYTES + Math.floor(cell / 8)] ?? 0;
  return Math.floor(byte / 2 ** (cell % 8)) % 2 === 1;
}

/** Written without the product's camera: a level platform, the camera turned by its heading and down by its depression. */
function isSeenBySteps({ pose, ground }: Seen, column: number, row: number): boolean {
  const eye = frame.toEnu(pose.sensor.position, pose.sensor.altitudeAmslM);
  const middle = frame.toPosition({ eastM: (column + 0.5) * CELL_M, northM: (row + 0.5) * CELL_M, upM: 0 }).position;
  const place = frame.toEnu(middle, ground.heightAt(middle).heightAmslM);
  const [dEast, dNorth, dUp] = [place.eastM - eye.eastM, place.northM - eye.northM, place.upM - eye.upM];
  if (Math.hypot(dEast, dNorth) > 600) return false;
  const [headingRad, down] = [pose.platform.headingDeg * RAD, -pose.gimbal.elevationDeg * RAD];
  const ahead = dNorth * Math.cos(headingRad) + dEast * Math.sin(headingRad);
  const aside = dEast * Math.cos(headingRad) - dNorth * Math.sin(headingRad);
  const depth = ahead * Math.cos(down) - dUp * Math.sin(down);
  const below = -ahead * Math.sin(down) - dUp * Math.cos(down);
  const isInPicture =
    depth > 0 &&
    Math.abs(aside / depth) <= Math.tan((pose.hfovDeg / 2) * RAD) &&
    Math.abs(below / depth) <= Math.tan((pose.vfovDeg / 2) * RAD);
  if (!isInPicture) return false;
  const lengthM = Math.hypot(dEast, dNorth, dUp);
  // The last metre is the place's own ground.
  for (let rangeM = 0.1; rangeM < lengthM - 1; rangeM += 0.1) {
    const part = rangeM / lengthM;
    const mix = (from: number, to: number): number => from + (to - from) * part;
    // Over half a kilometre degrees are straight to a millimetre, and the earth is a sphere.
    const position = {
      latitudeDeg: mix(pose.sensor.position.latitudeDeg, middle.latitudeDeg),
      longitudeDeg: mix(pose.sensor.position.longitudeDeg, middle.longitudeDeg),
    };
    const away2 = mix(eye.eastM, place.eastM) ** 2 + mix(eye.northM, place.northM) ** 2;
    const groundUpM = ground.heightAt(position).heightAmslM - away2 / (2 * 6_371_000);
    if (groundUpM > eye.upM + dUp * part + 0.02) return false;
  }
  return true;
}

/** Runs of cells seen along a column from south to north, as metres north of their outer edges. */
function stripsOf(isSeen: (row: number) => boolean): readonly (readonly [fromM: number, toM: number])[] {
  const strips: [number, number][] = [];
  for (let row = -260; row < 260; row++) {
    if (!isSeen(row)) continue;
    const last = strips.at(-1);
    if (last?.[1] === row * CELL_M) last[1] = (row + 1) * CELL_M;
    else strips.push([row * CELL_M, (row + 1) * CELL_M]);
  }
  return strips;
}

/** The strips along a column of cells, as found; each of their ends has to be the oracle's to one cell. */
function checkedStrips(seen: Seen, column: number) {
  const found = stripsOf((row) => isMarked(seen.patch, column, row));
  const expected = stripsOf((row) => isSeenBySteps(seen, column, row));
  expect(found.length).toBe(expected.length);
  found
    .flat()
    .forEach((endM, i) => expect(Math.abs(endM - (expected.flat()[i] ?? Number.NaN))).toBeLessThanOrEqual(CELL_M));
  return found;
}

/** Cap Blanc-Nez: 134 m over the sea within one step of the file, 300 m north. */
const CLIFF_M = 134;
const cliff = terrain((_, northM) => (northM > 300 ? CLIFF_M : 0));
const southwards = { headingDeg: 180, pitchDeg: 0, rollDeg: 0 };
const at = (northM: number) => frame.toPosition({ eastM: 0, northM, upM: 0 }).position;

describe("a cliff of 134 m", () => {
  it("from the sea, lower than its top: the beach and its face are covered, nothing behind its edge", () => {
    const seen = seenFrom(cliff, poseOf(60, 20, { vfovDeg: 24 }));
    for (const column of [-30]) {
      const strips = checkedStrips(seen, column);
      expect(strips).toHaveLength(1);
      expect(strips[0]?.[1]).toBeGreaterThanOrEqual(295);
      expect(strips[0]?.[1]).toBeLessThanOrEqual(302.5);
    }
    // On level ground the same picture would reach 60 m / tan 8° = 427 m.
    expect(isMarked(seen.patch, 0, Math.floor(400 / CELL_M))).toBe(false);
  });

  it("from the sea, higher than its top: the plateau is covered from the edge on, with nothing hidden before it", () => {
    const seen = seenFrom(cliff, poseOf(200, 25, { vfovDeg: 30 }));
    for (const column of [20]) {
      const strips = checkedStrips(seen, column);
      expect(strips).toHaveLength(1);
      // The upper edge looks down by 10°: 66 m over the plateau that is 374 m away.
      expect(strips[0]?.[1]).toBeGreaterThan(370);
      expect(strips[0]?.[1]).toBeLessThan(380);
    }
  });

  it("from behind: the sea under it is hidden, as wide as the edge's shadow", () => {
    // 120 m behind the edge and 60 m over the plateau: the shadow is 134 m * 120 / 60 = 268 m wide.
    const seen = seenFrom(
      cliff,
      poseOf(CLIFF_M + 60, 30, {
        platform: southwards,
        vfovDeg: 44,
        sensor: { position: at(420), altitudeAmslM: 194 },
      }),
    );
    for (const column of [8]) {
      const strips = checkedStrips(seen, column);
      expect(strips).toHaveLength(2);
      const [sea, plateau] = strips;
      const hiddenM = (plateau?.[0] ?? 0) - (sea?.[1] ?? 0);
      expect(Math.abs(hiddenM - 268)).toBeLessThanOrEqual(2 * CELL_M);
    }
  });

  it("counts pixels with the range to the ground itself: on the plateau, 66 m under the camera, people; on the beach none", () => {
    const seen = seenFrom(cliff, poseOf(200, 40, { vfovDeg: 50 }));
    const isPerson = (northM: number) => isMarked(seen.patch, 0, Math.floor(northM / CELL_M), LAYER.person);
    const isSeen = (northM: number) => isMarked(seen.patch, 0, Math.floor(northM / CELL_M));
    expect([isSeen(290), isPerson(290)]).toEqual([true, false]);
    // A pixel is 2 tan(20°) / 640 rad: at 340 m and 66 m down 0.39 m by 2.0 m, a person is a pixel; a boat three in a row of 0.9 m.
    const radians = (2 * Math.tan(20 * RAD)) / 640;
    const pixelM = (northM: number, downM: number) => {
      const rangeM = Math.hypot(northM, downM);
      return rangeM * radians * Math.sqrt(rangeM / downM);
    };
    for (const northM of [101.25, 201.25, 291.25]) {
      const isBoat = isMarked(seen.patch, 0, Math.floor(northM / CELL_M), LAYER.boat);
      expect(isBoat).toBe(2 / pixelM(northM, 200) >= 3);
    }
    const onTop = [311.25, 351.25, 401.25];
    expect(onTop.map((northM) => isMarked(seen.patch, 0, Math.floor(northM / CELL_M), LAYER.boat))).toEqual(
      onTop.map((northM) => 2 / pixelM(northM, 200 - CLIFF_M) >= 3),
    );
  });
});

describe("hills drawn by seed", () => {
  it("hide what a line of sight in steps of a tenth of a metre does not reach, to one cell", () => {
    const rng = seededRng(7);
    const hills = Array.from({ length: 25 }, () => ({
      ...{ east: (rng.uniform() - 0.5) * 1000, north: (rng.uniform() - 0.5) * 1200 },
      ...{ topM: 10 + rng.uniform() * 50, halfM: 20 + rng.uniform() * 60 },
    }));
    const ground = terrain((east, north) =>
      hills.reduce((sum, hill) => {
        const away2 = (east - hill.east) ** 2 + (north - hill.north) ** 2;
        return sum + hill.topM * Math.exp(-away2 / (2 * hill.halfM ** 2));
      }, 0),
    );
    let [hidden, differing, judged] = [0, 0, 0];
    for (let turn = 0; turn < 5; turn++) {
      const platform = { headingDeg: rng.uniform() * 360, pitchDeg: 0, rollDeg: 0 };
      const altitudeAmslM = ground.heightAt(SENSOR).heightAmslM + 40 + rng.uniform() * 40;
      const seen = seenFrom(ground, poseOf(altitudeAmslM, 24 + rng.uniform() * 10, { platform }));
      for (let i = 0; i < 90; i++) {
        const turnRad = (platform.headingDeg + (rng.uniform() - 0.5) * 40) * RAD;
        const rangeM = 30 + rng.uniform() * 500;
        const [column, row] = [Math.sin(turnRad), Math.cos(turnRad)].map((part) =>
          Math.floor((part * rangeM) / CELL_M),
        );
        if (column === undefined || row === undefined) continue;
        const isSeen = isMarked(seen.patch, column, row);
        judged++;
        if (!isSeen) hidden++;
        if (isSeenBySteps(seen, column, row) === isSeen) continue;
        differing++;
        const around = [-1, 0, 1].flatMap((dRow) =>
          [-1, 0, 1].map((dColumn) => [column + dColumn, row + dRow] as const),
        );
        expect(around.some(([c, r]) => isSeenBySteps(seen, c, r) === isSeen)).toBe(true);
      }
    }
    expect(judged).toBeGreaterThan(400);
    expect(hidden).toBeGreaterThan(50);
    expect(differing).toBeLessThan(judged * 0.02);
  });
});

describe("ground that no file knows", () => {
  it("is covered as if it were level, and the summary says how much that is", () => {
    const partly = terrain((eastM) => (eastM > 0 ? Number.NaN : 0));
    const { patch } = seenFrom(partly, poseOf(80, 45));
    const grid = new CoverageGrid();
    grid.merge(patch);
    const { areaM2, onFlatGroundM2 } = grid.summary();
    expect(onFlatGroundM2 / areaM2).toBeCloseTo(0.5, 1);
    const known = new CoverageGrid();
    known.merge(
      seenFrom(
        terrain(() => 0),
        poseOf(80, 45),
      ).patch,
    );
    expect(known.summary()).toEqual({ ...grid.summary(), onFlatGroundM2: 0 });
  });

  it("leaves in doubt what lies behind it, as it may hide that", () => {
    const gap = terrain((_, northM) => (northM > 60 && northM < 80 ? Number.NaN : 0));
    const { patch } = seenFrom(gap, poseOf(80, 45, { vfovDeg: 40 }));
    const isKnown = (northM: number) => isMarked(patch, 0, Math.floor(northM / CELL_M), LAYER.known);
    expect([50, 70, 90, 120].map(isKnown)).toEqual([true, false, false, false]);
    expect([50, 70, 90, 120].map((northM) => isMarked(patch, 0, Math.floor(northM / CELL_M)))).toEqual([
      ...[true, true, true, true],
    ]);
  });
});

describe("on level ground of a file", () => {
  it.each([90, 60, 35, 25])(
    "%i° down covers what the corners on level ground do, but for cells on its edge",
    (depressionDeg) => {
      const level = terrain(() => 12);
      const geometry = geometryOf(poseOf(80, depressionDeg), { ground: level });
      const shown = footprint(geometry, createGeolocator(geometry));
      if (!shown) throw new Error("no footprint");
      const [flat, over] = [new CoverageGrid(), new CoverageGrid()];
      flat.merge({ ...seenFrom(level, poseOf(80, depressionDeg)).patch });
      over.add({ ...shown, widthPx: 640 });
      expect(flat.summary().areaM2 / over.summary().areaM2).toBeCloseTo(1, 1);
      expect(flat.summary().seenBoatM2 / over.summary().seenBoatM2).toBeCloseTo(1, 1);
    },
  );
});
