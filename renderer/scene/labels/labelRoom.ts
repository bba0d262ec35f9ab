/** What labels must keep off: areas taken, and marks. Reused from frame to frame, so that it allocates nothing. */

const CELL_PX = 64;
const COLUMNS = 64;
const ROWS = 36;

type Area = { readonly xPx: number; readonly yPx: number; readonly widthPx: number; readonly heightPx: number };
type Mark = { readonly anchorXPx: number; readonly anchorYPx: number; readonly halfPx: number };

export class LabelRoom {
  /** Left, top, right, bottom of every area that a label must not cover. */
  readonly taken: number[] = [];
  /** The marks by squares of the screen: the first of each square, and the next of each mark; -1 at the end. */
  readonly #first = new Int32Array(COLUMNS * ROWS).fill(-1);
  #next = new Int32Array(0);
  #halfMaxPx = 0;

  clear(): void {
    this.taken.length = 0;
    this.#first.fill(-1);
    this.#halfMaxPx = 0;
  }

  take(leftPx: number, topPx: number, rightPx: number, bottomPx: number): void {
    this.taken.push(leftPx, topPx, rightPx, bottomPx);
  }

  setMarks(marks: readonly Mark[]): void {
    if (this.#next.length < marks.length) this.#next = new Int32Array(marks.length * 2);
    this.#first.fill(-1);
    this.#halfMaxPx = 0;
    for (let i = 0; i < marks.length; i++) {
      const mark = marks[i];
      if (!mark) continue;
      const cell = rowOf(mark.anchorYPx) * COLUMNS + columnOf(mark.anchorXPx);
      this.#next[i] = this.#first[cell] ?? -1;
      this.#first[cell] = i;
      this.#halfMaxPx = Math.max(this.#halfMaxPx, mark.halfPx);
    }
  }

  /** True for an area in which a mark lies that must be kept free of it. */
  hasMark(area: Area, mustBeFree: (index: number) => boolean): boolean {
    const reachPx = this.#halfMaxPx;
    const lastColumn = columnOf(area.xPx + area.widthPx + reachPx);
    const lastRow = rowOf(area.yPx + area.heightPx + reachPx);
    for (let row = rowOf(area.yPx - reachPx); row <= lastRow; row++) {
      for (let column = columnOf(area.xPx - reachPx); column <= lastColumn; column++) {
        for (let i = this.#first[row * COLUMNS + column] ?? -1; i >= 0; i = this.#next[i] ?? -1)
          if (mustBeFree(i)) return true;
      }
    }
    return false;
  }
}

const clamped = (value: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(value / CELL_PX)));
const columnOf = (xPx: number): number => clamped(xPx, COLUMNS);
const rowOf = (yPx: number): number => clamped(yPx, ROWS);
