import type { Position } from "../../../src/geo/position.js";
import { type Sky, skyAt } from "../../../src/geo/sky/sky.js";
import { Latest } from "../../bridge/latest.js";

/** The time that a scene shows: the station's now, or that of a replay; undefined while it is not known. */
export type SceneTime = () => number | undefined;

/** In it the sun moves by a twelfth of a degree. */
const STEP_MS = 20_000;

/** Sun and moon at the place and the time of the scene. Call `tick` every second. */
export class SkyWatch {
  /** Undefined while time or place are not known. */
  readonly sky = new Latest<Sky | undefined>(undefined);
  readonly #unixMsNow: SceneTime;
  readonly #placeNow: () => Position | undefined;
  #key = "";

  constructor(unixMsNow: SceneTime, placeNow: () => Position | undefined) {
    this.#unixMsNow = unixMsNow;
    this.#placeNow = placeNow;
  }

  tick(): void {
    const nowMs = this.#unixMsNow();
    const place = this.#placeNow();
    if (nowMs === undefined || !place) {
      if (this.sky.get()) this.sky.set(undefined);
      this.#key = "";
      return;
    }
    const key = `${Math.floor(nowMs / STEP_MS)} ${place.latitudeDeg.toFixed(2)} ${place.longitudeDeg.toFixed(2)}`;
    if (key === this.#key) return;
    this.#key = key;
    this.sky.set(skyAt(place, nowMs));
  }
}
