import type { CameraMode } from "../sceneTypes.js";

/**
 * The camera's target (metres of the scene) and its position relative to it: range, azimuth of the view direction,
 * elevation above the target.
 */
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

/** The camera comes no nearer than this to what it looks at. */
export const MIN_RANGE_M = 25;
const MAX_RANGE_M = 60_000;
const MIN_ELEVATION_RAD = 0.06;
/** Slightly less than straight down, where "up on the screen" would be undefined. */
const TOP_ELEVATION_RAD = Math.PI / 2 - 0.0005;
const MAX_ELEVATION_RAD = 1.5;
// Exponential settling of the view on its goal: a time constant of a tenth of a second.
const SETTLE_PER_S = 10;
const RAD_PER_PX = 0.005;

const KEYS = ["targetEastM", "targetNorthM", "targetUpM", "rangeM", "azimuthRad", "elevationRad"] as const;

/**
 * The camera's state: a goal moved by the controls, and a view that settles on it. Independent of three; the scene
 * copies `view` into its camera every frame.
 */
export class CameraRig {
  readonly view: CameraView;
  readonly goal: CameraView;
  #mode: CameraMode;
  // Each mode keeps its own view, restored when it is selected again.
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
      // Turn the shorter way round to north.
      this.view.azimuthRad = Math.atan2(Math.sin(this.view.azimuthRad), Math.cos(this.view.azimuthRad));
    } else if (wasTop) Object.assign(this.goal, this.#slant);
  }

  /** Follow mode: keeps the place in the middle. Ignored in the other modes. */
  followTo(eastM: number, northM: number): void {
    if (this.#mode !== "follow") return;
    this.goal.targetEastM = eastM;
    this.goal.targetNorthM = northM;
  }

  /** Height of the target: on the ground, or with `followedUpM` between it and what is followed. */
  standOn(groundM: number, followedUpM: number | undefined): void {
    const isFollowing = this.#mode === "follow" && followedUpM !== undefined;
    // Both stay in the picture.
    this.goal.targetUpM = isFollowing ? groundM + (followedUpM - groundM) * 0.45 : groundM;
  }

  lookAt(eastM: number, northM: number, rangeM: number): void {
    this.goal.targetEastM = eastM;
    this.goal.targetNorthM = northM;
    this.goal.rangeM = clamp(rangeM, MIN_RANGE_M, MAX_RANGE_M);
  }

  /** Ends the settling at once: the first view and a new origin must not be animated over kilometres. */
  jump(): void {
    Object.assign(this.view, this.goal);
  }

  turn(dxPx: number, dyPx: number): void {
    if (this.#mode === "top") return;
    this.goal.azimuthRad += dxPx * RAD_PER_PX;
    this.goal.elevationRad = clamp(this.goal.elevationRad + dyPx * RAD_PER_PX, MIN_ELEVATION_RAD, MAX_ELEVATION_RAD);
  }

  /** Pans by pixels; `metresPerPx` is at the target. */
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

  /** Zooms; `factor` below 1 moves closer. The ground point given stays under the pointer, except in follow mode. */
  zoom(factor: number, at: { readonly eastM: number; readonly northM: number } | undefined): void {
    const before = this.goal.rangeM;
    this.goal.rangeM = clamp(before * factor, MIN_RANGE_M, MAX_RANGE_M);
    if (!at || this.#mode === "follow") return;
    const moved = 1 - this.goal.rangeM / before;
    // Points near the horizon would move the camera very far: only points near the middle of the view are kept under
    // the pointer.
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

  /** Moves the view towards its goal by `dtS`; returns true while it still moves. Independent of the frame rate. */
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
