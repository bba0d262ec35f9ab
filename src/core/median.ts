/** The upper one of the two middle values when their number is even; undefined without any. The given list stays as it is. */
export const medianOf = (values: readonly number[]): number | undefined =>
  Float64Array.from(values).sort()[values.length >> 1];
