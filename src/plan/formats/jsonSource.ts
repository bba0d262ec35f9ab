/**
 * Finds the source text of values inside a JSON file. jsonc-parser is not used: of duplicate member names it finds the first
 * (JSON.parse keeps the last), and its tree of a 16,000-item mission takes twenty times as long as JSON.parse.
 */
import { endOfString } from "../../core/boundedJson.js";

/** The source text of one value inside a JSON text that is known to be valid; undefined when there is no such place. */
export function jsonSourceAt(json: string, path: readonly (string | number)[]): string | undefined {
  const at = startAt(json, path);
  return at === undefined ? undefined : json.slice(at, valueEnd(json, at));
}

/**
 * The source texts of all elements of an array, in one pass. Looking up each element separately starts from the beginning
 * every time: 2000 items would delay the station's heartbeats. Empty when there is no array at that path.
 */
export function jsonElementsAt(json: string, path: readonly (string | number)[]): readonly string[] {
  const arrayStart = startAt(json, path);
  if (arrayStart === undefined || json[arrayStart] !== "[") return [];
  const sources: string[] = [];
  let at = skipSpace(json, arrayStart + 1);
  while (at < json.length && json[at] !== "]") {
    const end = valueEnd(json, at);
    sources.push(json.slice(at, end));
    at = skipSpace(json, end);
    if (json[at] === ",") at = skipSpace(json, at + 1);
  }
  return sources;
}

function startAt(json: string, path: readonly (string | number)[]): number | undefined {
  let at = skipSpace(json, 0);
  for (const step of path) {
    const found = typeof step === "string" ? memberStart(json, at, step) : elementStart(json, at, step);
    if (found === undefined) return undefined;
    at = found;
  }
  return at;
}

const isSpace = (c: string | undefined): boolean => c === " " || c === "\n" || c === "\r" || c === "\t";

function skipSpace(json: string, from: number): number {
  let at = from;
  while (isSpace(json[at])) at++;
  return at;
}

/** Index one past the end of the value that begins at `start`. */
function valueEnd(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return endOfString(json, start) + 1;
  return first === "{" || first === "[" ? bracketEnd(json, start) : wordEnd(json, start);
}

function wordEnd(json: string, start: number): number {
  let at = start;
  while (at < json.length && !isSpace(json[at]) && !",]}".includes(json[at] ?? "")) at++;
  return at;
}

function bracketEnd(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    const c = json[at];
    if (c === '"') at = endOfString(json, at);
    else if (c === "{" || c === "[") depth++;
    else if (c === "}" || c === "]") depth--;
    if (depth === 0) return at + 1;
  }
  return json.length;
}

/** Start of a member's value. Of duplicate names the last counts, as in JSON.parse. */
function memberStart(json: string, objectStart: number, name: string): number | undefined {
  if (json[objectStart] !== "{") return undefined;
  let found: number | undefined;
  let at = skipSpace(json, objectStart + 1);
  while (json[at] === '"') {
    const keyEnd = endOfString(json, at) + 1;
    const key: unknown = JSON.parse(json.slice(at, keyEnd));
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    if (key === name) found = start;
    at = skipSpace(json, valueEnd(json, start));
    if (json[at] === ",") at = skipSpace(json, at + 1);
  }
  return found;
}

function elementStart(json: string, arrayStart: number, index: number): number | undefined {
  if (json[arrayStart] !== "[") return undefined;
  let at = skipSpace(json, arrayStart + 1);
  for (let i = 0; json[at] !== "]" && at < json.length; i++) {
    if (i === index) return at;
    at = skipSpace(json, valueEnd(json, at));
    if (json[at] === ",") at = skipSpace(json, at + 1);
  }
  return undefined;
}
