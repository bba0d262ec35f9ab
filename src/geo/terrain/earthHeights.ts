/** The deepest sea and the highest mountain, metres: a height beyond them is none, whatever a file says. */
export const [LOWEST_M, HIGHEST_M] = [-11_000, 9000] as const;
