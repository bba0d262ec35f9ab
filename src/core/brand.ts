declare const brand: unique symbol;

/** A string or number that only its own maker may produce, such as an id or a value that was validated. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
