/** Bounds of the ground's heights, with which a ray is followed in long steps that jump over nothing. */
export type Bounds = {
  readonly highestAmslM: number;
  /** The steepest rise, metres per metre. */
  readonly steepestRatio: number;
};

export type Relief = Bounds & {
  /** Narrower bounds, of the ground within `radiusM` of a place. */
  readonly around: (eastM: number, northM: number) => Bounds & { readonly radiusM: number };
};
