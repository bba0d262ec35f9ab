/** Which marks stand so close together on the screen that they are drawn as one. Pure; allocates nothing per frame. */

/** Nearer than this to a mark that stands for others, a mark joins it: two marks of 13 pixels and a gap. */
export const JOIN_PX = 34;
/** Only further than this it leaves again, so that nothing flickers while the camera moves slowly. */
export const LEAVE_PX = 46;

/** Marks on the screen; only the first `count` entries are read. */
type ScreenMarks = {
  readonly count: number;
  /** Indices of all marks, the most important first: it stands for those that join it. */
  readonly order: ArrayLike<number>;
  readonly xPx: ArrayLike<number>;
  readonly yPx: ArrayLike<number>;
  /** 1 for those drawn by themselves whatever stands near them. */
  readonly isAlone: ArrayLike<number>;
  /** 1 for those on the screen, or so near to it that their marks reach into it. */
  readonly isSeen: ArrayLike<number>;
};

export const NOT_SEEN = -1;

export class Clusters {
  /** For each mark the index of the one that stands for it: its own where it is drawn; `NOT_SEEN` off the screen. */
  leaderOf = new Int32Array(0);
  /** How many each mark stands for, itself included; 0 where it is not drawn. */
  sizeOf = new Int32Array(0);
  #before = new Int32Array(0);
  #leaders = new Int32Array(0);
  #countOfLeaders = 0;

  /**
   * Other marks than before, each drawn by itself until the next `update`. `earlier` gives the index that a mark had, or a
   * negative number: it stays with the one that stood for it.
   */
  reset(count: number, earlier: (index: number) => number): void {
    const now = new Map<number, number>();
    for (let i = 0; i < count; i++) if (earlier(i) >= 0) now.set(earlier(i), i);
    const leaderOf = Int32Array.from({ length: count }, (_, i) => now.get(this.leaderOf[earlier(i)] ?? NOT_SEEN) ?? i);
    this.leaderOf = leaderOf;
    this.sizeOf = new Int32Array(count);
    for (const leader of leaderOf) this.sizeOf[leader] = (this.sizeOf[leader] ?? 0) + 1;
    this.#before = new Int32Array(count);
    this.#leaders = new Int32Array(count);
  }

  /** True when other marks stand together than before. */
  update(marks: ScreenMarks): boolean {
    this.#before.set(this.leaderOf);
    this.leaderOf.fill(NOT_SEEN);
    this.sizeOf.fill(0);
    this.#countOfLeaders = 0;
    for (let rank = 0; rank < marks.count; rank++) {
      const i = marks.order[rank] ?? 0;
      if (marks.isSeen[i] !== 1) continue;
      const leader = marks.isAlone[i] === 1 ? i : this.#leaderFor(i, marks);
      this.leaderOf[i] = leader;
      this.sizeOf[leader] = (this.sizeOf[leader] ?? 0) + 1;
      if (leader === i && marks.isAlone[i] !== 1) this.#leaders[this.#countOfLeaders++] = i;
    }
    for (let i = 0; i < marks.count; i++) if (this.leaderOf[i] !== this.#before[i]) return true;
    return false;
  }

  #leaderFor(i: number, marks: ScreenMarks): number {
    const kept = this.#before[i] ?? NOT_SEEN;
    if (kept >= 0 && kept !== i && this.#isLeader(kept, marks) && apartSquared(i, kept, marks) <= LEAVE_PX ** 2)
      return kept;
    let nearest = i;
    let leastSquared = JOIN_PX ** 2;
    for (let k = 0; k < this.#countOfLeaders; k++) {
      const leader = this.#leaders[k] ?? 0;
      const squared = apartSquared(i, leader, marks);
      if (squared >= leastSquared) continue;
      nearest = leader;
      leastSquared = squared;
    }
    return nearest;
  }

  /** In this update, so far. */
  #isLeader(i: number, marks: ScreenMarks): boolean {
    return this.leaderOf[i] === i && marks.isAlone[i] !== 1;
  }
}

function apartSquared(a: number, b: number, { xPx, yPx }: ScreenMarks): number {
  const dx = (xPx[a] ?? 0) - (xPx[b] ?? 0);
  const dy = (yPx[a] ?? 0) - (yPx[b] ?? 0);
  return dx * dx + dy * dy;
}
