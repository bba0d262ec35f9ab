import { parseArgs, type ParseArgsConfig } from "node:util";
import { err, ok, type Result } from "../core/result.js";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>;

/** `parseArgs` with its exceptions (unknown option, missing value) as a value. */
export function readArguments<const T extends Options>(argv: readonly string[], options: T): Result<Parsed<T>, string> {
  try {
    return ok(parseArgs({ args: [...argv], options, allowPositionals: true }));
  } catch (cause: unknown) {
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}
