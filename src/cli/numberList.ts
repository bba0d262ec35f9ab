type NumberRange = readonly [least: number, most: number];

/** Comma-separated numbers ("250,5"), each within its range, ends included; undefined for anything else. */
export function numberList(words: string, ranges: readonly NumberRange[]): readonly number[] | undefined {
  const parts = words.split(",");
  const numbers = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isGood = ranges.every(([least, most], i) => {
    const value = numbers[i] ?? Number.NaN;
    return value >= least && value <= most;
  });
  return isGood && parts.length === ranges.length ? numbers : undefined;
}

/** The ranges of a numeric option, and the text that describes its form. */
export type NumberOption = { readonly ranges: readonly NumberRange[]; readonly usage: string };

export const WIND: NumberOption = {
  ranges: [
    [0, 360],
    [0, 60],
  ],
  usage: "--wind is DEG,MPS: where it blows from (0 to 360) and metres a second",
};
