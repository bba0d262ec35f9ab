/**
 * Minimum-cost one-to-one assignment of rows to columns. Pairs that cost `forbidden` or more are never made; a row or column may
 * stay unassigned. Groups of rows and columns not connected by any allowed pair are solved separately: the cost is cubic, so
 * a picture of a hundred people becomes many small problems instead of one large one.
 */
export function assign(costs: Costs, forbidden: number): readonly (number | undefined)[] {
  const chosen: (number | undefined)[] = costs.map(() => undefined);
  for (const { rows, columns } of tiedGroups(costs, forbidden)) {
    const part = rows.map((row) => columns.map((column) => costs[row]?.[column] ?? Infinity));
    assignWhole(part, forbidden).forEach((at, index) => {
      const row = rows[index];
      if (row !== undefined && at !== undefined) chosen[row] = columns[at];
    });
  }
  return chosen;
}

type Group = { readonly rows: readonly number[]; readonly columns: readonly number[] };

/** Connected components of the graph of allowed pairs, in the order of their indices. */
function tiedGroups(costs: Costs, forbidden: number): readonly Group[] {
  const rowsOf: number[][] = (costs[0] ?? []).map(() => []);
  const columnsOf = costs.map((line, row) =>
    line.flatMap((cost, column) => {
      if (!(cost < forbidden)) return [];
      rowsOf[column]?.push(row);
      return [column];
    }),
  );
  const isTaken = costs.map(() => false);
  return costs.flatMap((_, first): Group[] => {
    if (isTaken[first] === true || columnsOf[first]?.length === 0) return [];
    const rows = [first];
    const columns = new Set<number>();
    isTaken[first] = true;
    for (const row of rows) {
      for (const column of columnsOf[row] ?? []) {
        if (columns.has(column)) continue;
        columns.add(column);
        for (const next of rowsOf[column] ?? []) {
          if (isTaken[next] === true) continue;
          isTaken[next] = true;
          rows.push(next);
        }
      }
    }
    return [{ rows: rows.sort((a, b) => a - b), columns: [...columns].sort((a, b) => a - b) }];
  });
}

/** Hungarian method with potentials, O(rows² · columns). */
function assignWhole(costs: Costs, forbidden: number): readonly (number | undefined)[] {
  const columns = costs[0]?.length ?? 0;
  const search = new Search(costs, columns, forbidden);
  for (let row = 1; row <= costs.length; row++) search.addRow(row);
  return search.chosen();
}

type Costs = readonly (readonly number[])[];

/** Rows and columns count from 1; column 0 is the start of each search, row 0 means "unassigned". */
class Search {
  readonly #costs: Costs;
  readonly #columns: number;
  readonly #width: number;
  readonly #forbidden: number;
  readonly #rowPrice: Float64Array;
  readonly #columnPrice: Float64Array;
  readonly #rowOf: Int32Array;
  readonly #cameFrom: Int32Array;
  readonly #slack: Float64Array;
  readonly #isDone: Uint8Array;

  constructor(costs: Costs, columns: number, forbidden: number) {
    this.#costs = costs;
    this.#columns = columns;
    this.#forbidden = forbidden;
    // Each row gets an extra column of its own at the price `forbidden`, so that every row can be assigned.
    this.#width = columns + costs.length;
    this.#rowPrice = new Float64Array(costs.length + 1);
    this.#columnPrice = new Float64Array(this.#width + 1);
    this.#rowOf = new Int32Array(this.#width + 1);
    this.#cameFrom = new Int32Array(this.#width + 1);
    this.#slack = new Float64Array(this.#width + 1);
    this.#isDone = new Uint8Array(this.#width + 1);
  }

  #cost(row: number, column: number): number {
    const beyond = column - this.#columns;
    if (beyond > 0) return beyond === row ? this.#forbidden : this.#forbidden * 4;
    const cost = this.#costs[row - 1]?.[column - 1] ?? Infinity;
    return cost < this.#forbidden ? cost : this.#forbidden * 4;
  }

  /** Finds the cheapest augmenting path that gives `row` a column. */
  addRow(row: number): void {
    this.#rowOf[0] = row;
    this.#slack.fill(Infinity);
    this.#isDone.fill(0);
    let column = 0;
    do {
      this.#isDone[column] = 1;
      column = this.#step(column);
    } while (this.#rowOf[column] !== 0);
    while (column !== 0) {
      const before = this.#cameFrom[column] ?? 0;
      this.#rowOf[column] = this.#rowOf[before] ?? 0;
      column = before;
    }
  }

  /** Relaxes from the column's row, raises the potentials to the nearest open column, and returns that. */
  #step(column: number): number {
    const row = this.#rowOf[column] ?? 0;
    const price = this.#rowPrice[row] ?? 0;
    let delta = Infinity;
    let nearest = 0;
    for (let next = 1; next <= this.#width; next++) {
      if (this.#isDone[next] === 1) continue;
      const reduced = this.#cost(row, next) - price - (this.#columnPrice[next] ?? 0);
      if (reduced < (this.#slack[next] ?? 0)) {
        this.#slack[next] = reduced;
        this.#cameFrom[next] = column;
      }
      const slack = this.#slack[next] ?? 0;
      if (slack < delta) {
        delta = slack;
        nearest = next;
      }
    }
    this.#pay(delta);
    return nearest;
  }

  #pay(delta: number): void {
    for (let column = 0; column <= this.#width; column++) {
      if (this.#isDone[column] === 1) {
        const owner = this.#rowOf[column] ?? 0;
        this.#rowPrice[owner] = (this.#rowPrice[owner] ?? 0) + delta;
        this.#columnPrice[column] = (this.#columnPrice[column] ?? 0) - delta;
      } else this.#slack[column] = (this.#slack[column] ?? 0) - delta;
    }
  }

  chosen(): readonly (number | undefined)[] {
    const columnOf = this.#costs.map((): number | undefined => undefined);
    for (let column = 1; column <= this.#columns; column++) {
      const row = this.#rowOf[column] ?? 0;
      if (row > 0 && this.#cost(row, column) < this.#forbidden) columnOf[row - 1] = column - 1;
    }
    return columnOf;
  }
}
