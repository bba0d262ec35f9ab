import { wrapLongitudeDeg } from "../../../src/geo/longitudes.js";
import type { Position } from "../../../src/geo/position.js";
import { niceLengthM } from "../niceLength.js";
import type { SceneFrame } from "../sceneFrame.js";

/** Degrees between lines, and decimals of their labels: of a degree, or of a minute. */
type GraticuleStep = { readonly stepDeg: number; readonly digits: number };

/**
 * The longest step that is not longer than `atMostDeg` (> 0): 1, 2, 5 × 10ⁿ degrees, ten at most; for positions in degrees and
 * minutes, below one degree, 30, 20 or 10 minutes and then 1, 2, 5 × 10ⁿ minutes.
 */
export function graticuleStep(atMostDeg: number, form: "deg" | "dm"): GraticuleStep {
  if (form === "deg" || atMostDeg >= 1) {
    const stepDeg = Math.min(10, niceLengthM(atMostDeg));
    return { stepDeg, digits: form === "deg" ? digitsOf(stepDeg) : 0 };
  }
  const atMostMin = atMostDeg * 60;
  const stepMin = [30, 20, 10].find((minutes) => minutes <= atMostMin) ?? niceLengthM(atMostMin);
  return { stepDeg: stepMin / 60, digits: digitsOf(stepMin) };
}

const digitsOf = (step: number): number => Math.max(0, -Math.floor(Math.log10(step) + 1e-9));

/** Between parallels and between meridians. */
type GraticuleSteps = { readonly northDeg: number; readonly eastDeg: number };

/** Lines to each side of the middle one. */
const REACH = 14;
/** Lines of each direction, and crossings on each of them. */
export const LINES = 2 * REACH + 1;
/** The lines are laid anew when the middle has moved by so many. */
const MOVES_AFTER = 4;
const LATITUDE_MAX_DEG = 89;

/** The crossings of the parallels and meridians round a place, in metres of the scene. Buffers made once. */
export class GraticuleGrid {
  /** Row by row from the south, in each from the west. */
  readonly eastM = new Float64Array(LINES * LINES);
  readonly northM = new Float64Array(LINES * LINES);
  #south = Number.NaN;
  #west = Number.NaN;
  #steps: GraticuleSteps = { northDeg: 1, eastDeg: 1 };

  /** True when the lines were laid anew: another step, or the middle has moved away. A grid stays with its frame. */
  lay(frame: SceneFrame, middle: Position, steps: GraticuleSteps): boolean {
    const { northDeg, eastDeg } = steps;
    const south = Math.round(middle.latitudeDeg / northDeg) - REACH;
    const west = Math.round(middle.longitudeDeg / eastDeg) - REACH;
    const hasMoved = !(Math.abs(south - this.#south) < MOVES_AFTER && Math.abs(west - this.#west) < MOVES_AFTER);
    const isSameStep = northDeg === this.#steps.northDeg && eastDeg === this.#steps.eastDeg;
    if (isSameStep && !hasMoved) return false;
    [this.#south, this.#west, this.#steps] = [south, west, steps];
    for (let row = 0; row < LINES; row++)
      for (let column = 0; column < LINES; column++) {
        const latitudeDeg = Math.max(-LATITUDE_MAX_DEG, Math.min(LATITUDE_MAX_DEG, (south + row) * northDeg));
        const { eastM, northM } = frame.pointOf({ latitudeDeg, longitudeDeg: (west + column) * eastDeg });
        this.eastM[row * LINES + column] = eastM;
        this.northM[row * LINES + column] = northM;
      }
    return true;
  }

  latitudeDeg(row: number): number {
    return (this.#south + row) * this.#steps.northDeg;
  }

  longitudeDeg(column: number): number {
    return wrapLongitudeDeg((this.#west + column) * this.#steps.eastDeg);
  }
}

type Spot = { eastM: number; northM: number };

/** Puts `spot` on the parallel of that row where it is `eastM` east; false where the line does not reach. */
export function onParallel({ eastM, northM }: GraticuleGrid, row: number, atEastM: number, spot: Spot): boolean {
  const start = row * LINES;
  const whole =
    (LINES - 1) * ((atEastM - (eastM[start] ?? 0)) / ((eastM[start + LINES - 1] ?? 0) - (eastM[start] ?? 0)));
  const cell = Math.floor(whole);
  if (!(cell >= 0 && cell < LINES - 1)) return false;
  const [from, to] = [northM[start + cell] ?? 0, northM[start + cell + 1] ?? 0];
  spot.eastM = atEastM;
  spot.northM = from + (to - from) * (whole - cell);
  return true;
}

/** Puts `spot` on the meridian of that column where it is `northM` north; false where the line does not reach. */
export function onMeridian({ eastM, northM }: GraticuleGrid, column: number, atNorthM: number, spot: Spot): boolean {
  const last = (LINES - 1) * LINES + column;
  const whole = (LINES - 1) * ((atNorthM - (northM[column] ?? 0)) / ((northM[last] ?? 0) - (northM[column] ?? 0)));
  const cell = Math.floor(whole);
  if (!(cell >= 0 && cell < LINES - 1)) return false;
  const [from, to] = [eastM[cell * LINES + column] ?? 0, eastM[(cell + 1) * LINES + column] ?? 0];
  spot.northM = atNorthM;
  spot.eastM = from + (to - from) * (whole - cell);
  return true;
}
