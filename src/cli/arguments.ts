import { parseArgs, type ParseArgsConfig } from "node:util";
import { err, ok, type Result } from "../core/result.js";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>;

/** `parseArgs`, with its exceptions (unknown option, missing value) returned as an error text. */
export function readArguments<const T extends Options>(argv: readonly string[], options: T): Result<Parsed<T>, string> {
  try {
    return ok(parseArgs({ args: [...argv], options, allowPositionals: true }));
  } catch (cause: unknown) {
    return err(plainWords(cause));
  }
}

/** The parser's message without Node's advice to programmers. */
function plainWords(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [named = "it"] = /'[^']*'/.exec(message) ?? [];
  const option = named.replace(/^'(?:-\w, )?([^ ']+).*'$/, "$1");
  switch (cause instanceof Error && "code" in cause ? cause.code : undefined) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION":
      return `there is no option ${option}`;
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE":
      if (message.includes("does not take an argument")) return `${option} takes no value`;
      return message.includes("ambiguous")
        ? `${option} needs a value; write ${option}=VALUE if it begins with a dash`
        : `${option} needs a value`;
    default:
      return message;
  }
}
