import type { VehiclePath } from "./vehiclePath.js";

/** Losses closer than this are the same: a link is not left for a few frames. */
const LOSS_MARGIN = 0.1;
/** And a round trip must be less than half, by at least this. */
const ROUND_TRIP_MARGIN_MS = 150;
/** Better for this long, so that nothing flaps. */
const BETTER_FOR_MS = 5000;

export type PathChange = {
  readonly from: VehiclePath;
  readonly to: VehiclePath;
  readonly because: "silent" | "better";
};

/**
 * Which of a vehicle's paths commands take. A silent one is left at once, a worse one when another was better for five
 * seconds; a path that comes back is taken again on the same terms.
 */
export class PathChoice {
  #active: VehiclePath | undefined;
  #betterSince: { readonly path: VehiclePath; readonly monoMs: number } | undefined;

  active(): VehiclePath | undefined {
    return this.#active;
  }

  /** Looks again; the change when there is one. The first path ever is no change. */
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

/** Lower is better: few words last, then loss, then round trip. */
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
