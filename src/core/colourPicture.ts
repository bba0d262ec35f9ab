/** A picture whose colours are numbers, not for display: heights in tiles of web maps. */
export type ColourPicture = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0xRRGGBB a pixel, row after row from the top left; `TRANSPARENT` where nothing is. */
  readonly colours: Int32Array;
};

export const TRANSPARENT = -1;
