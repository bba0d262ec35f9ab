import { jsonExcess } from "../core/boundedJson.js";
import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import type { BadFile } from "./badFile.js";
import { jsonMistake } from "./jsonMistake.js";

export type JsonObject = Record<string, unknown>;

const SIZE_LIMIT = 5_000_000;
const DEPTH_LIMIT = 64;
/** Five megabytes of coordinates written short are about this many; of empty arrays they would be more. */
const VALUES_LIMIT = 1_000_000;

/** Strict JSON whose top is an object: at most 5 MB, 64 levels and a million values, with line and column of a mistake. */
export function parseJsonObject(text: string, path: string): Result<JsonObject, BadFile> {
  const bad = (where: string | undefined, problem: string): Result<JsonObject, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  if (text.length > SIZE_LIMIT) return bad(undefined, `larger than ${SIZE_LIMIT / 1e6} MB`);
  // A byte order mark is common in files that went through Windows editors.
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  if (json.trim() === "") return bad(undefined, "the file is empty");
  const excess = jsonExcess(json, { charsMax: SIZE_LIMIT, depthMax: DEPTH_LIMIT, valuesMax: VALUES_LIMIT });
  if (excess)
    return bad(
      placeOf(json, excess.at),
      excess.kind === "too-deep"
        ? `nested deeper than ${DEPTH_LIMIT} levels`
        : `more than ${VALUES_LIMIT / 1e6} million values`,
    );
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? ok(value) : bad("line 1", "an object was expected");
  } catch {
    // The engine's own words are for programmers, and differ from one to the next.
    const mistake = jsonMistake(json) ?? { at: json.length, problem: "this is not JSON" };
    return bad(placeOf(json, mistake.at), mistake.problem);
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Index of the closing quote of the string that opens at `start`, or the text's end. */
export function endOfString(json: string, start: number): number {
  for (let i = start + 1; i < json.length; i++) {
    if (json[i] === "\\") i++;
    else if (json[i] === '"') return i;
  }
  return json.length;
}

/** "line 3, column 7". */
function placeOf(json: string, index: number): string {
  const before = json.slice(0, index).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
