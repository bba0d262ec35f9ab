/** Coverage of ten square kilometres: time of a summary and memory of the grid, against a Map of cells. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { CoverageGrid } from "../../src/sortie/coverage.js";
import { COVERAGE_CELL_M } from "../../src/sortie/coverageTiles.js";
import { cellsOf, type Footprint } from "../../src/sortie/footprintCells.js";
import { median, type BenchLine } from "./benchLine.js";

const SIDE_M = 3162;
const STRIP_M = 1000;
const HOME = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const PEER = "a Map of cells, as in 0.2";

/** Square nadir footprints side by side that cover 10 km² together. */
function footprints(): readonly Footprint[] {
  const frame = localFrameAt(HOME);
  const count = Math.ceil(SIDE_M / STRIP_M);
  return Array.from({ length: count * count }, (_, i) => {
    const [eastM, northM] = [(i % count) * STRIP_M, Math.floor(i / count) * STRIP_M];
    const at = (dEastM: number, dNorthM: number) => ({
      position: frame.toPosition({ eastM: eastM + dEastM, northM: northM + dNorthM, upM: 0 }).position,
      heightAmslM: 0,
    });
    const half = Math.min(STRIP_M, SIDE_M / count) / 2;
    return {
      corners: [at(-half, half), at(half, half), at(half, -half), at(-half, -half)],
      sensor: { position: at(0, 0).position, altitudeAmslM: 60 },
      ...{ hfovDeg: 53, widthPx: 640 },
    };
  });
}

/** The previous implementation: a number per cell, all summed at each query. */
class MapOfCells {
  readonly #cells = new Map<number, number>();

  mark(column: number, row: number, flags: number): void {
    const key = (row + 0x100000) * 0x200000 + (column + 0x100000);
    this.#cells.set(key, (this.#cells.get(key) ?? 0) | flags);
  }

  areaM2(): number {
    let sum = 0;
    for (const flags of this.#cells.values()) if (flags & 1) sum += COVERAGE_CELL_M * COVERAGE_CELL_M;
    return sum;
  }
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function medianMs(task: () => unknown): number {
  const times = Array.from({ length: 21 }, () => {
    const start = performance.now();
    task();
    return performance.now() - start;
  });
  return median(times.slice(1));
}

function fill<Grid>(make: () => Grid): { readonly grid: Grid; readonly megabytes: number } {
  const before = usedBytes();
  const grid = make();
  return { grid, megabytes: (usedBytes() - before) / 1e6 };
}

function mapOf10Km2(): MapOfCells {
  const map = new MapOfCells();
  const side = Math.round(SIDE_M / COVERAGE_CELL_M);
  for (let row = 0; row < side; row++) for (let column = 0; column < side; column++) map.mark(column, row, 7);
  return map;
}

export function benchCoverage(): readonly BenchLine[] {
  const frame = localFrameAt(HOME);
  const patches = footprints().flatMap((footprint) => cellsOf(footprint, frame) ?? []);
  const tiles = fill(() => {
    const grid = new CoverageGrid();
    for (const patch of patches) grid.merge(patch);
    return grid;
  });
  const map = fill(mapOf10Km2);
  const [summaryMs, peerMs] = [medianMs(() => tiles.grid.summary()), medianMs(() => map.grid.areaM2())];
  const [first] = patches;
  const mergeMs = first ? medianMs(() => tiles.grid.merge(first)) : Number.NaN;
  const rasterMs = medianMs(() =>
    footprints()
      .slice(0, 1)
      .map((footprint) => cellsOf(footprint, frame)),
  );
  return [
    {
      ...{ name: "coverage, a summary of 10 km²", value: summaryMs, unit: "ms", ratio: peerMs / summaryMs },
      peer: { name: PEER, value: peerMs },
      note: `${(tiles.grid.summary().areaM2 / 1e6).toFixed(1)} km²; aim 1`,
    },
    {
      ...{ name: "coverage, memory of 10 km²", value: tiles.megabytes, unit: "MB" },
      peer: { name: PEER, value: map.megabytes },
      ratio: map.megabytes / tiles.megabytes,
      note: "aim 10",
    },
    {
      ...{ name: "coverage, a footprint on the link thread", value: mergeMs, unit: "ms", ratio: rasterMs / mergeMs },
      peer: { name: "finding its cells there too", value: rasterMs },
      note: "a footprint of 0.6 km²",
    },
  ];
}
