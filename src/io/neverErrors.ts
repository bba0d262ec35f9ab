/** The error handler of streams that carry their failures as values: an error in one is a bug, and must be loud. */
export function neverErrors(cause: unknown): never {
  throw new Error("Invariant: this stream never errors", { cause });
}
