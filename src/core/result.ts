/** Expected failures are returned, not thrown: `error` is a union with a `kind` and the facts that explain it. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** For the default case of a `switch` over a union: compiling fails when a member is missing. */
export function assertNever(value: never): never {
  throw new Error(`Invariant: unexpected value ${JSON.stringify(value)}`);
}
