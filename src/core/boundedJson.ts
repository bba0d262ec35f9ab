import { err, ok, type Result } from "./result.js";

/**
 * Limits for JSON from outside. Ten million empty arrays fit into 30 MB of text, take gigabytes once parsed and block
 * the thread that parses them, so the text is measured before it is parsed.
 */
export type JsonLimits = {
  /** Length of the text in UTF-16 units. */
  readonly charsMax: number;
  /** Nesting of arrays and objects. */
  readonly depthMax: number;
  /** Values of any kind: elements of arrays, members of objects, and the arrays and objects themselves. */
  readonly valuesMax: number;
};

type JsonExcess = {
  readonly kind: "too-large" | "too-deep" | "too-many-values";
  /** The limit that was exceeded. */
  readonly max: number;
  /** Index into the text where it was exceeded. */
  readonly at: number;
};

type JsonFailure = JsonExcess | { readonly kind: "not-json"; readonly message: string };

/** For one message of a screen: plans and coastlines are strings inside it, so it has few values itself. */
export const MESSAGE_LIMITS: JsonLimits = { charsMax: 80_000_000, depthMax: 32, valuesMax: 200_000 };
/** For the station's own small files, one line of an event log, and short replies. */
export const SMALL_FILE_LIMITS: JsonLimits = { charsMax: 4_000_000, depthMax: 32, valuesMax: 100_000 };

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/**
 * The first limit that the text exceeds, found without building any value; undefined within the limits. The text need
 * not be JSON.
 */
export function jsonExcess(text: string, { charsMax, depthMax, valuesMax }: JsonLimits): JsonExcess | undefined {
  if (text.length > charsMax) return { kind: "too-large", max: charsMax, at: charsMax };
  let depth = 0;
  let countOfValues = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (isOpening(code)) {
      depth++;
      countOfValues++;
    } else if (isClosing(code)) depth--;
    else if (code === COMMA) countOfValues++;
    else continue;
    if (depth > depthMax) return { kind: "too-deep", max: depthMax, at };
    if (countOfValues > valuesMax) return { kind: "too-many-values", max: valuesMax, at };
  }
  return undefined;
}

/** `JSON.parse` of a text within the limits. A byte order mark at its start is removed. */
export function parseBoundedJson(text: string, limits: JsonLimits): Result<unknown, JsonFailure> {
  const excess = jsonExcess(text, limits);
  if (excess) return err(excess);
  try {
    const value: unknown = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
    return ok(value);
  } catch (cause: unknown) {
    return err({ kind: "not-json", message: cause instanceof Error ? cause.message : String(cause) });
  }
}

// "[" and "{" differ in one bit, as do "]" and "}".
const isOpening = (code: number): boolean => (code & ~0x20) === 0x5b;
const isClosing = (code: number): boolean => (code & ~0x20) === 0x5d;

/** Index of the closing quote of the string that opens at `start`, or the text's length when it is not closed. */
export function endOfString(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let countOfBackslashes = 0;
    while (text.charCodeAt(quote - 1 - countOfBackslashes) === BACKSLASH) countOfBackslashes++;
    if (countOfBackslashes % 2 === 0) return quote;
    from = quote + 1;
  }
}
