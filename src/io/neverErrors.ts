/** Error handler for streams that carry their failures as values: an error on one is a bug and must be thrown. */
export function neverErrors(cause: unknown): never {
  throw new Error("Invariant: this stream never errors", { cause });
}
