/** Which rows of a long list are rendered, and where a key leads. Pure. */
type ListView = {
  readonly topRow: number;
  readonly heightPx: number;
  readonly rowHeightPx: number;
  readonly countOfRows: number;
};

/** Extra rows beyond the edges, so that quick scrolling shows no gap. */
const OVERSCAN_ROWS = 8;

/** From (inclusive) to (exclusive). */
export function windowOf({ topRow, heightPx, rowHeightPx, countOfRows }: ListView): {
  readonly from: number;
  readonly to: number;
} {
  const from = Math.max(0, Math.min(topRow, countOfRows - 1) - OVERSCAN_ROWS);
  const to = Math.min(countOfRows, topRow + Math.ceil(heightPx / rowHeightPx) + 1 + OVERSCAN_ROWS);
  return { from, to };
}

type Place = { readonly at: number; readonly rowsSeen: number; readonly countOfRows: number };

/** The index a key leads to; undefined for other keys, or in an empty list. */
export function steppedIndex(key: string, { at, rowsSeen, countOfRows }: Place): number | undefined {
  const last = countOfRows - 1;
  if (last < 0) return undefined;
  const clamped = (index: number): number => Math.min(last, Math.max(0, index));
  switch (key) {
    case "ArrowDown":
      return clamped(at + 1);
    case "ArrowUp":
      return clamped(at - 1);
    case "PageDown":
      return clamped(at + rowsSeen);
    case "PageUp":
      return clamped(at - rowsSeen);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
