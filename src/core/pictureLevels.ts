/** Pictures that are read in pieces, finest level first: what readers of files give, and what maps are painted from. */
export type PictureLevel = {
  readonly columns: number;
  readonly rows: number;
  /** Size of its blocks; those at the right and lower edge may reach over the picture. */
  readonly blockColumns: number;
  readonly blockRows: number;
  /**
   * Red, green, blue and opacity of each pixel of a block, row after row, all `blockColumns` x `blockRows` of them. Undefined where
   * the file is damaged.
   */
  readonly block: (across: number, down: number) => Promise<Uint8Array | undefined>;
};

/** A part of a level, in its pixels. */
export type PictureWindow = {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
};

/** Bytes a pixel: red, green, blue, opacity. */
export const CHANNELS = 4;

/** The pixels of a window, clear outside the picture; undefined where a block of it is damaged. */
export async function readWindow(level: PictureLevel, window: PictureWindow): Promise<Uint8Array | undefined> {
  const pixels = new Uint8Array(window.columns * window.rows * CHANNELS);
  const within = {
    right: Math.min(window.left + window.columns, level.columns),
    bottom: Math.min(window.top + window.rows, level.rows),
  };
  const [first, last] = [Math.floor(Math.max(window.top, 0) / level.blockRows), (within.bottom - 1) / level.blockRows];
  for (let down = first; down <= last; down++) {
    const right = (within.right - 1) / level.blockColumns;
    for (let across = Math.floor(Math.max(window.left, 0) / level.blockColumns); across <= right; across++) {
      const block = await level.block(across, down);
      if (!block) return undefined;
      copyBlock(block, { level, across, down }, window, pixels);
    }
  }
  return pixels;
}

type BlockPlace = { readonly level: PictureLevel; readonly across: number; readonly down: number };

function copyBlock(
  block: Uint8Array,
  { level, across, down }: BlockPlace,
  window: PictureWindow,
  to: Uint8Array,
): void {
  const [blockLeft, blockTop] = [across * level.blockColumns, down * level.blockRows];
  const left = Math.max(window.left, blockLeft);
  const right = Math.min(window.left + window.columns, blockLeft + level.blockColumns, level.columns);
  const bottom = Math.min(window.top + window.rows, blockTop + level.blockRows, level.rows);
  for (let row = Math.max(window.top, blockTop); row < bottom; row++) {
    const from = ((row - blockTop) * level.blockColumns + left - blockLeft) * CHANNELS;
    const at = ((row - window.top) * window.columns + left - window.left) * CHANNELS;
    to.set(block.subarray(from, from + (right - left) * CHANNELS), at);
  }
}
