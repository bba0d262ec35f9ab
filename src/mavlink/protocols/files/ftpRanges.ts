/** Byte ranges of a file that are stored: from `from` up to but not including `to`; sorted, not touching each other. */
type ByteRange = { readonly from: number; readonly to: number };
export type ByteRanges = readonly ByteRange[];

/** Adds a range and joins it with those it touches. An empty range changes nothing. */
export function withRange(ranges: ByteRanges, added: ByteRange): ByteRanges {
  if (added.to <= added.from) return ranges;
  const last = ranges[ranges.length - 1];
  // The usual case: the range continues the last one.
  if (last && added.from >= last.from && added.from <= last.to) {
    return added.to <= last.to ? ranges : [...ranges.slice(0, -1), { from: last.from, to: added.to }];
  }
  const before = ranges.filter((range) => range.to < added.from);
  const after = ranges.filter((range) => range.from > added.to);
  const touching = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(added.from, ...touching.map((range) => range.from));
  const to = Math.max(added.to, ...touching.map((range) => range.to));
  return [...before, { from, to }, ...after];
}

/** The first range below `end` that is not stored; undefined when nothing is missing. */
export function firstGap(ranges: ByteRanges, end: number): ByteRange | undefined {
  const first = ranges[0];
  const from = first && first.from <= 0 ? first.to : 0;
  if (from >= end) return undefined;
  const next = ranges.find((range) => range.from > from);
  return { from, to: Math.min(end, next?.from ?? end) };
}

/** One past the last stored byte; 0 when nothing is stored. */
export const endOfRanges = (ranges: ByteRanges): number => ranges[ranges.length - 1]?.to ?? 0;

export const bytesIn = (ranges: ByteRanges): number => ranges.reduce((sum, range) => sum + range.to - range.from, 0);
