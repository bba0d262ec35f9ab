import type { CameraMode } from "../sceneTypes.js";

/** Where the scene's camera looks (metres of the scene) and from where: range, azimuth it looks towards, elevation above it. */
type CameraView = {
  targetEastM: number;
  targetNorthM: number;
  targetUpM: number;
  rangeM: number;
  /** Direction of looking, clockwise from north. */
  azimuthRad: number;
  /** 0 = along the ground, π/2 = straight down. */
  elevationRad: number;
};

const MIN_RANGE_M = 25;
const MAX_RANGE_M = 60_000;
const MIN_ELEVATION_RAD = 0.06;
/** A hair short of straight down: there "up on the screen" would have no direction. */
const TOP_ELEVATION_RAD = Math.PI / 2 - 0.0005;
const MAX_ELEVATION_RAD = 1.5;
// How fast the view settles on its goal: 1/e in a tenth of a second.
const SETTLE_PER_S = 10;
const RAD_PER_PX = 0.005;

const KEYS = ["targetEastM", "targetNorthM", "targetUpM", "rangeM", "azimuthRad", "elevationRad"] as const;

/**
 * The camera's mind: a goal that controls move and a view that settles on it. Knows nothing of three; the scene
 * copies `view` into its camera every frame.
 */
export class CameraRig {
  readonly view: CameraView;
  readonly goal: CameraView;
  #mode: CameraMode;
  // Each mode comes back as it was left.
  #slant: { azimuthRad: number; elevationRad: number; rangeM: number };

  constructor(mode: CameraMode) {
    this.#mode = mode;
    this.#slant = { azimuthRad: 0.3, elevationRad: 0.36, rangeM: 460 };
    const isTop = mode === "top";
    this.goal = {
      targetEastM: 0,
      targetNorthM: 0,
      targetUpM: 0,
      rangeM: isTop ? 2500 : this.#slant.rangeM,
      azimuthRad: isTop ? 0 : this.#slant.azimuthRad,
      elevationRad: isTop ? TOP_ELEVATION_RAD : this.#slant.elevationRad,
    };
    this.view = { ...this.goal };
  }

  get mode(): CameraMode {
    return this.#mode;
  }

  setMode(mode: CameraMode): void {
    if (mode === this.#mode) return;
    if (this.#mode !== "top") {
      const { azimuthRad, elevationRad, rangeM } = this.goal;
      this.#slant = { azimuthRad, elevationRad, rangeM };
    }
    const wasTop = this.#mode === "top";
    this.#mode = mode;
    if (mode === "top") {
      this.goal.azimuthRad = 0;
      this.goal.elevationRad = TOP_ELEVATION_RAD;
      this.goal.rangeM = Math.max(this.goal.rangeM, 1200);
      // The shorter way round to north.
      this.view.azimuthRad = Math.atan2(Math.sin(this.view.azimuthRad), Math.cos(this.view.azimuthRad));
    } else if (wasTop) Object.assign(this.goal, this.#slant);
  }

  /** Follow mode: keeps `target` in the middle. Ignored in the other modes. */
  followTo(eastM: number, northM: number, upM: number): void {
    if (this.#mode !== "follow") return;
    this.goal.targetEastM = eastM;
    this.goal.targetNorthM = northM;
    // Between the vehicle and the ground, so that both stay in the picture.
    this.goal.targetUpM = upM * 0.45;
  }

  lookAt(eastM: number, northM: number, rangeM: number): void {
    this.goal.targetEastM = eastM;
    this.goal.targetNorthM = northM;
    this.goal.targetUpM = 0;
    this.goal.rangeM = clamp(rangeM, MIN_RANGE_M, MAX_RANGE_M);
  }

  /** Drops the settling: the first look and a re-based origin must not fly across the Channel. */
  jump(): void {
    Object.assign(this.view, this.goal);
  }

  turn(dxPx: number, dyPx: number): void {
    if (this.#mode === "top") return;
    this.goal.azimuthRad += dxPx * RAD_PER_PX;
    this.goal.elevationRad = clamp(this.goal.elevationRad + dyPx * RAD_PER_PX, MIN_ELEVATION_RAD, MAX_ELEVATION_RAD);
  }

  /** Moves the ground with the pointer; `metresPerPx` at the target. */
  pan(dxPx: number, dyPx: number, metresPerPx: number): void {
    const { azimuthRad, elevationRad } = this.goal;
    const rightM = -dxPx * metresPerPx;
    const aheadM = (dyPx * metresPerPx) / Math.max(0.25, Math.sin(elevationRad));
    const dEastM = rightM * Math.cos(azimuthRad) + aheadM * Math.sin(azimuthRad);
    const dNorthM = -rightM * Math.sin(azimuthRad) + aheadM * Math.cos(azimuthRad);
    for (const view of [this.goal, this.view]) {
      view.targetEastM += dEastM;
      view.targetNorthM += dNorthM;
    }
  }

  /** `factor` below 1 comes closer. The ground point given stays under the pointer, except when following. */
  zoom(factor: number, at: { readonly eastM: number; readonly northM: number } | undefined): void {
    const before = this.goal.rangeM;
    this.goal.rangeM = clamp(before * factor, MIN_RANGE_M, MAX_RANGE_M);
    if (!at || this.#mode === "follow") return;
    const moved = 1 - this.goal.rangeM / before;
    // Far grazing points would throw the camera away: only points near the middle of the view pull.
    const offM = Math.hypot(at.eastM - this.goal.targetEastM, at.northM - this.goal.targetNorthM);
    if (offM > before * 1.5) return;
    this.goal.targetEastM += (at.eastM - this.goal.targetEastM) * moved;
    this.goal.targetNorthM += (at.northM - this.goal.targetNorthM) * moved;
  }

  shift(dEastM: number, dNorthM: number): void {
    for (const view of [this.goal, this.view]) {
      view.targetEastM += dEastM;
      view.targetNorthM += dNorthM;
    }
  }

  /** Moves the view towards its goal by `dtS`; true while it still moves. Frame-rate independent. */
  settle(dtS: number): boolean {
    const share = 1 - Math.exp(-SETTLE_PER_S * dtS);
    let isMoving = false;
    const tiny = this.goal.rangeM * 1e-4;
    for (const key of KEYS) {
      const off = this.goal[key] - this.view[key];
      const enough = key === "azimuthRad" || key === "elevationRad" ? 1e-4 : tiny;
      if (Math.abs(off) <= enough) this.view[key] = this.goal[key];
      else {
        this.view[key] += off * share;
        isMoving = true;
      }
    }
    return isMoving;
  }
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
