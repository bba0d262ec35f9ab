import type { Position } from "../../geo/position.js";
import { SAME_BOOT_WITHIN_MS } from "./bootClock.js";

/**
 * Two vehicles with one system id show as a value that alternates between two: at least 4 switches over 2 s, the last
 * within 10 s.
 */
const TURNS_MIN = 4;
const LASTING_MS = 2000;
const WITHIN_MS = 10_000;
const TURNS_KEPT = 64;
/** Two positions of one vehicle at one time differ by less, whatever link they came over. */
export const SAME_PLACE_WITHIN_M = 50;

/**
 * Detects a value that alternates between two: two vehicles with one system id behind one port. A single restart, a
 * jump or a slow drift is one vehicle's; only a return to the earlier value counts.
 */
class Alternation<T> {
  readonly #isSame: (a: T, b: T) => boolean;
  #current: T | undefined;
  #other: T | undefined;
  #turnsAtMonoMs: number[] = [];

  constructor(isSame: (a: T, b: T) => boolean) {
    this.#isSame = isSame;
  }

  sample(value: T, nowMonoMs: number): void {
    const [current, other] = [this.#current, this.#other];
    if (current === undefined || this.#isSame(current, value)) {
      this.#current = value;
      return;
    }
    if (other !== undefined && this.#isSame(other, value)) {
      const recent = this.#turnsAtMonoMs.filter((atMonoMs) => nowMonoMs - atMonoMs < WITHIN_MS);
      this.#turnsAtMonoMs = [...recent.slice(1 - TURNS_KEPT), nowMonoMs];
    }
    this.#other = current;
    this.#current = value;
  }

  /** The two values, while they alternate. */
  both(nowMonoMs: number): readonly [T, T] | undefined {
    const turns = this.#turnsAtMonoMs;
    const [oldest, newest] = [turns[0], turns.at(-1)];
    if (turns.length < TURNS_MIN || oldest === undefined || newest === undefined) return undefined;
    // A restart over a network that reorders packets alternates too, but not for long.
    if (newest - oldest < LASTING_MS || nowMonoMs - newest > WITHIN_MS) return undefined;
    return this.#current === undefined || this.#other === undefined ? undefined : [this.#current, this.#other];
  }
}

const METRES_A_DEGREE = 111_320;

/** Metres between two nearby places, accurate to a percent: cheap, because it runs for every position received. */
export function nearbyDistanceM(a: Position, b: Position): number {
  const northM = (a.latitudeDeg - b.latitudeDeg) * METRES_A_DEGREE;
  const eastM = (a.longitudeDeg - b.longitudeDeg) * METRES_A_DEGREE * Math.cos((a.latitudeDeg * Math.PI) / 180);
  return Math.hypot(northM, eastM);
}

/** Tracks everything by which two vehicles with one system id differ: boot time, position and kind. */
export class SysIdConflictDetector {
  readonly boot = new Alternation<number>((a, b) => Math.abs(a - b) <= SAME_BOOT_WITHIN_MS);
  readonly position = new Alternation<Position>((a, b) => nearbyDistanceM(a, b) <= SAME_PLACE_WITHIN_M);
  readonly kind = new Alternation<string>((a, b) => a === b);

  areTwo(nowMonoMs: number): boolean {
    return [this.boot, this.position, this.kind].some((story) => story.both(nowMonoMs) !== undefined);
  }
}

/** Both vehicles' values as texts: seconds since boot, position, or kind, whichever differ. */
export function conflictValues(conflicts: SysIdConflictDetector, nowMonoMs: number): readonly [string, string] {
  const boots = conflicts.boot.both(nowMonoMs);
  const places = conflicts.position.both(nowMonoMs);
  const kinds = conflicts.kind.both(nowMonoMs);
  const storyOf = (i: 0 | 1): string => {
    const boot = boots && `${Math.round((nowMonoMs - boots[i]) / 1000)} s`;
    const place = places && `${places[i].latitudeDeg.toFixed(5)}, ${places[i].longitudeDeg.toFixed(5)}`;
    return [boot, place, kinds?.[i]].filter((part) => part !== undefined).join(" · ");
  };
  return [storyOf(0), storyOf(1)];
}
