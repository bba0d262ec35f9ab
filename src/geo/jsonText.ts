import { jsonExcess, type JsonLimits } from "../core/boundedJson.js";
import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import type { BadFile } from "./badFile.js";
import { jsonMistake, otherFormat } from "./jsonMistake.js";

export type JsonObject = Record<string, unknown>;

/** 5 MB of shortly written coordinates are about a million values; empty arrays would be more, hence the second limit. */
const LIMITS: JsonLimits = { charsMax: 5_000_000, depthMax: 64, valuesMax: 1_000_000 };

/** Strict JSON whose top level is an object, within limits (5 MB, 64 levels, a million values); errors have line and column. */
export function parseJsonObject(text: string, path: string, limits = LIMITS): Result<JsonObject, BadFile> {
  const { charsMax, depthMax, valuesMax } = limits;
  const bad = (where: string | undefined, problem: string): Result<JsonObject, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  if (text.length > charsMax) return bad(undefined, `larger than ${charsMax / 1e6} MB`);
  // Windows editors often write a byte order mark.
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  if (json.trim() === "") return bad(undefined, "the file is empty");
  // Checked before brackets are counted: in binary data (a picture) they mean nothing.
  const other = otherFormat(json);
  if (other !== undefined) return bad(undefined, other);
  const excess = jsonExcess(json, limits);
  if (excess)
    return bad(
      placeOf(json, excess.at),
      excess.kind === "too-deep"
        ? `nested deeper than ${depthMax} levels`
        : `more than ${valuesMax / 1e6} million values`,
    );
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? ok(value) : bad("line 1", "an object was expected");
  } catch {
    // The JavaScript engine's own message is written for programmers and differs between engines.
    const mistake = jsonMistake(json) ?? { at: json.length, problem: "this is not JSON" };
    return bad(placeOf(json, mistake.at), mistake.problem);
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The place as text, for example "line 3, column 7". */
function placeOf(json: string, index: number): string {
  const before = json.slice(0, index).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
