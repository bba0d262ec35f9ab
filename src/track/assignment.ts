/**
 * The cheapest one-to-one assignment of rows to columns (Hungarian method with potentials, O(rows² · columns)). Pairs at
 * or above `forbidden` are never made: a row or column may stay alone.
 */
export function assign(costs: readonly (readonly number[])[], forbidden: number): readonly (number | undefined)[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return costs.map(() => undefined);
  // A private column for each row, at the price of staying alone, makes every row assignable.
  const width = columns + rows;
  const costAt = (row: number, column: number): number => {
    if (column >= columns) return column - columns === row ? forbidden : forbidden * 4;
    return Math.min(costs[row]?.[column] ?? forbidden, forbidden * 4);
  };
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1); // 1-based; 0 is free
  const cameFrom = new Int32Array(width + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(width + 1).fill(Infinity);
    const isDone = new Uint8Array(width + 1);
    do {
      isDone[column] = 1;
      const current = rowOf[column] ?? 0;
      let delta = Infinity;
      let nearest = 0;
      for (let next = 1; next <= width; next++) {
        if (isDone[next]) continue;
        const reduced = costAt(current - 1, next - 1) - (rowPrice[current] ?? 0) - (columnPrice[next] ?? 0);
        if (reduced < (slack[next] ?? 0)) {
          slack[next] = reduced;
          cameFrom[next] = column;
        }
        if ((slack[next] ?? 0) < delta) {
          delta = slack[next] ?? 0;
          nearest = next;
        }
      }
      for (let next = 0; next <= width; next++) {
        if (isDone[next]) {
          const owner = rowOf[next] ?? 0;
          rowPrice[owner] = (rowPrice[owner] ?? 0) + delta;
          columnPrice[next] = (columnPrice[next] ?? 0) - delta;
        } else slack[next] = (slack[next] ?? 0) - delta;
      }
      column = nearest;
    } while ((rowOf[column] ?? 0) !== 0);
    while (column !== 0) {
      const before = cameFrom[column] ?? 0;
      rowOf[column] = rowOf[before] ?? 0;
      column = before;
    }
  }
  const chosen = costs.map((): number | undefined => undefined);
  for (let column = 1; column <= columns; column++) {
    const row = (rowOf[column] ?? 0) - 1;
    if (row >= 0 && (costs[row]?.[column - 1] ?? forbidden) < forbidden) chosen[row] = column - 1;
  }
  return chosen;
}
