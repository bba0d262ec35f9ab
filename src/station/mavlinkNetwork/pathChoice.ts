import type { VehiclePath } from "./vehiclePath.js";

/** Loss fractions closer than this count as equal: a link is not left because of a few frames. */
const LOSS_MARGIN = 0.1;
/** A better path's round trip must be less than half, and shorter by at least this. */
const ROUND_TRIP_MARGIN_MS = 150;
/** A path must be better for this long before it is chosen, so that the choice does not flap. */
const BETTER_FOR_MS = 5000;

export type PathChange = {
  readonly from: VehiclePath;
  readonly to: VehiclePath;
  readonly because: "silent" | "better";
};

/**
 * Chooses the path that commands take. A silent path is left at once, a worse one after another was better for five
 * seconds; a path that comes back is chosen again under the same rules.
 */
export class PathChoice {
  #active: VehiclePath | undefined;
  #betterSince: { readonly path: VehiclePath; readonly monoMs: number } | undefined;

  active(): VehiclePath | undefined {
    return this.#active;
  }

  /** Re-evaluates; returns the change, if any. The first path of all is not a change. */
  review(paths: readonly VehiclePath[], nowMonoMs: number): PathChange | undefined {
    const active = this.#active;
    if (!active || !paths.includes(active)) return this.#replaceGone(paths, active, nowMonoMs);
    const best = bestOf(paths, nowMonoMs);
    if (!best || best === active) {
      this.#betterSince = undefined;
      return undefined;
    }
    if (!active.isAlive(nowMonoMs)) return this.#change(active, best, "silent");
    if (!isClearlyBetter(best, active, nowMonoMs)) {
      this.#betterSince = undefined;
      return undefined;
    }
    if (this.#betterSince?.path !== best) this.#betterSince = { path: best, monoMs: nowMonoMs };
    return nowMonoMs - this.#betterSince.monoMs >= BETTER_FOR_MS ? this.#change(active, best, "better") : undefined;
  }

  #replaceGone(
    paths: readonly VehiclePath[],
    gone: VehiclePath | undefined,
    nowMonoMs: number,
  ): PathChange | undefined {
    const next = bestOf(paths, nowMonoMs) ?? paths[0];
    if (gone && next) return this.#change(gone, next, "silent");
    this.#active = next;
    return undefined;
  }

  #change(from: VehiclePath, to: VehiclePath, because: PathChange["because"]): PathChange {
    this.#active = to;
    this.#betterSince = undefined;
    return { from, to, because };
  }
}

function bestOf(paths: readonly VehiclePath[], nowMonoMs: number): VehiclePath | undefined {
  let best: VehiclePath | undefined;
  for (const path of paths) {
    if (!path.isAlive(nowMonoMs)) continue;
    if (!best || rank(path, nowMonoMs) < rank(best, nowMonoMs)) best = path;
  }
  return best;
}

/** Lower is better: high-latency paths last, then by loss, then by round trip. */
const rank = (path: VehiclePath, nowMonoMs: number): number =>
  (path.isHighLatency ? 1e6 : 0) + path.lossFraction(nowMonoMs) * 1e4 + (path.roundTripMs() ?? 1000);

function isClearlyBetter(best: VehiclePath, active: VehiclePath, nowMonoMs: number): boolean {
  if (best.isHighLatency !== active.isHighLatency) return active.isHighLatency;
  const gain = active.lossFraction(nowMonoMs) - best.lossFraction(nowMonoMs);
  if (Math.abs(gain) > LOSS_MARGIN) return gain > 0;
  const [mineMs, itsMs] = [active.roundTripMs(), best.roundTripMs()];
  if (mineMs === undefined || itsMs === undefined) return false;
  return itsMs < mineMs / 2 && mineMs - itsMs > ROUND_TRIP_MARGIN_MS;
}
