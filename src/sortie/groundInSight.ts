import type { EnuPoint } from "../geo/position.js";
import { CELL_BASIS, EDGE_CELL_M, type CoverageGround } from "./cellGround.js";
import { COVERAGE_CELL_M } from "./coverageTiles.js";

/** A cell, along a ray and at the far end between two. */
const STEP_M = COVERAGE_CELL_M;
/** Ground this little under the line of sight does not hide: heights are kept in single precision and mixed between cells. */
const TOLERANCE_M = 0.05;
/** Ground steeper than this over a step is looked at again, closer. */
const STEEP_RATIO = 0.5;
const TURN = 2 * Math.PI;

/** Directions over ground, clockwise from north, and how far out they are followed. */
export type Sector = {
  readonly fromRad: number;
  /** A whole turn at most. */
  readonly spanRad: number;
  readonly rangeMaxM: number;
  /** Rays lie a cell apart at this range. */
  readonly rangeM: number;
  /** Rise of the highest line of sight, metres a metre: ground that reaches it hides all that lies behind. */
  readonly topTan: number;
};

/**
 * What the ground hides from an eye: along rays over the ground, the steepest rise so far from the eye to the ground. A place is in
 * sight when the rise to it is no less. It takes time with the area looked at, and not with its square as a ray to each cell would;
 * the place of a shadow's edge is right to a cell.
 */
export class GroundInSight {
  readonly eye: EnuPoint;
  readonly #sector: Sector;
  readonly #ground: CoverageGround;
  readonly #countOfRays: number;
  readonly #stepRad: number;
  readonly #countOfSteps: number;
  readonly #steepest: Float32Array;
  readonly #countInReach: Uint16Array;
  /** The first step over ground of which nothing is known. */
  readonly #unknownFrom: Uint16Array;

  constructor(eye: EnuPoint, sector: Sector, ground: CoverageGround) {
    this.eye = eye;
    this.#sector = sector;
    this.#ground = ground;
    this.#countOfRays = Math.max(2, Math.ceil((sector.spanRad * sector.rangeM) / STEP_M) + 1);
    this.#stepRad = sector.spanRad / (this.#countOfRays - 1);
    this.#countOfSteps = Math.ceil(sector.rangeMaxM / STEP_M);
    this.#steepest = new Float32Array(this.#countOfRays * this.#countOfSteps);
    this.#countInReach = new Uint16Array(this.#countOfRays);
    this.#unknownFrom = new Uint16Array(this.#countOfRays).fill(this.#countOfSteps);
    for (let ray = 0; ray < this.#countOfRays; ray++) this.#follow(ray);
  }

  /** A polygon, metres from the grid's origin, outside of which nothing is in sight. */
  outline() {
    const ends = Array.from({ length: this.#countOfRays }, (_, ray) =>
      this.#at(ray, ((this.#countInReach[ray] ?? 0) + 1) * STEP_M),
    );
    return this.#sector.spanRad < TURN ? [...ends, this.eye] : ends;
  }

  /** The ray that leads to a place, east and north of the eye; undefined out of the sector and beyond what is in sight. */
  rayTo(eastM: number, northM: number, rangeM: number): number | undefined {
    const turnRad = Math.atan2(eastM, northM) - this.#sector.fromRad;
    const ray = Math.round((turnRad - Math.floor(turnRad / TURN) * TURN) / this.#stepRad);
    // Just before its first ray is nearly a whole turn after it.
    const inSector = ray < this.#countOfRays ? ray : ray >= Math.round(TURN / this.#stepRad) ? 0 : undefined;
    if (inSector === undefined) return undefined;
    return rangeM <= ((this.#countInReach[inSector] ?? 0) + 1) * STEP_M ? inSector : undefined;
  }

  /** Whether ground at that range and height over the eye (negative below it) is in sight. */
  isInSight(ray: number, rangeM: number, upM: number): boolean {
    // What lies within half a cell in front of it is the place itself. The first sample lies a step from the eye.
    const before = Math.floor((rangeM - STEP_M / 2) / STEP_M) - 1;
    if (before < 0) return true;
    const steepest = this.#steepest[ray * this.#countOfSteps + before] ?? Number.NEGATIVE_INFINITY;
    return upM + TOLERANCE_M >= steepest * rangeM;
  }

  /** Whether the ground all the way there is known well enough to say that it hides nothing. */
  isWayKnown(ray: number, rangeM: number): boolean {
    return Math.floor(rangeM / STEP_M) <= (this.#unknownFrom[ray] ?? 0);
  }

  #at(ray: number, rangeM: number) {
    const turnRad = this.#sector.fromRad + ray * this.#stepRad;
    return { eastM: this.eye.eastM + Math.sin(turnRad) * rangeM, northM: this.eye.northM + Math.cos(turnRad) * rangeM };
  }

  #follow(ray: number): void {
    const end = this.#at(ray, 1);
    const towards = { eastM: end.eastM - this.eye.eastM, northM: end.northM - this.eye.northM };
    const first = ray * this.#countOfSteps;
    let steepest = Number.NEGATIVE_INFINITY;
    let lastM = this.#ground.cells.upMAt(this.eye.eastM, this.eye.northM);
    for (let step = 0; step < this.#countOfSteps; step++) {
      const rangeM = (step + 1) * STEP_M;
      const eastM = this.eye.eastM + towards.eastM * rangeM;
      const northM = this.eye.northM + towards.northM * rangeM;
      const upM = this.#ground.cells.upMAt(eastM, northM);
      const isSteep = Math.abs(upM - lastM) > STEEP_RATIO * STEP_M;
      steepest = Math.max(steepest, isSteep ? this.#steepestIn(towards, rangeM) : (upM - this.eye.upM) / rangeM);
      lastM = upM;
      this.#steepest[first + step] = steepest;
      const basis = this.#ground.cells.basis(Math.floor(eastM / COVERAGE_CELL_M), Math.floor(northM / COVERAGE_CELL_M));
      if (basis === CELL_BASIS.flat && this.#unknownFrom[ray] === this.#countOfSteps) this.#unknownFrom[ray] = step;
      this.#countInReach[ray] = step + 1;
      if (steepest >= this.#sector.topTan) return;
    }
  }

  /** In the step that ends at this range. */
  #steepestIn(towards: { readonly eastM: number; readonly northM: number }, endM: number): number {
    let steepest = Number.NEGATIVE_INFINITY;
    for (let rangeM = endM; rangeM > endM - STEP_M + EDGE_CELL_M / 4; rangeM -= EDGE_CELL_M / 2) {
      const eastM = this.eye.eastM + towards.eastM * rangeM;
      const northM = this.eye.northM + towards.northM * rangeM;
      steepest = Math.max(steepest, (this.#ground.edges.upMAt(eastM, northM) - this.eye.upM) / rangeM);
    }
    return steepest;
  }
}
