declare const brand: unique symbol;

/** A string or number that only its own constructor function may make, such as an id or a validated value. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
