/**
 * The median; the upper one of the two middle values when their number is even, undefined without values. Does not
 * change the given list.
 */
export const medianOf = (values: readonly number[]): number | undefined =>
  Float64Array.from(values).sort()[values.length >> 1];
