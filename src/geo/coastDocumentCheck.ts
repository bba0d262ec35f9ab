/**
 * Validates the stored coast document of a user's own line when it is read back. The file may have been changed meanwhile, so it
 * is checked like any other untrusted file.
 */
import { err, ok, type Result } from "../core/result.js";
import type { BadFile } from "./badFile.js";
import type { CoastDocument } from "./coastDocument.js";
import { lineProblem } from "./coastLimits.js";
import { isObject, parseJsonObject } from "./jsonText.js";
import type { Position } from "./position.js";

/** A document of 100,000 corners with all their digits takes 9 MB. */
export const COAST_DOCUMENT_CHARS_MAX = 16_000_000;
const LIMITS = { charsMax: COAST_DOCUMENT_CHARS_MAX, depthMax: 32, valuesMax: 2_000_000 };

export function checkedCoastDocument(text: string, path: string): Result<CoastDocument, BadFile> {
  const bad = (where: string | undefined, problem: string): Result<CoastDocument, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  const parsed = parseJsonObject(text, path, LIMITS);
  if (!parsed.ok) return parsed;
  const wrong = Object.entries(MEMBERS).find(([name, isGood]) => !isGood(parsed.value[name]));
  if (wrong) return bad(wrong[0], "this is no coast line that this station has kept");
  const document = parsed.value as unknown as CoastDocument;
  const problem = lineProblem(document.land);
  return problem === undefined ? ok(document) : bad(undefined, problem);
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string" && value.length <= 1000;
const within =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === "number" && value >= least && value <= most;
const listOf =
  (isGood: Check, least = 0): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.every((element) => isGood(element));
const all =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(members).every(([name, isGood]) => isGood(value[name]));

const isLatitude = within(-90, 90);
const isLongitude = within(-180, 180);
const isCorner: Check = (value) => {
  const { latitudeDeg, longitudeDeg } = (isObject(value) ? value : {}) as Partial<Position>;
  return isLatitude(latitudeDeg) && isLongitude(longitudeDeg);
};
const isRing = listOf(isCorner, 3);
const isErrorM = within(0, 1e5);

/** A document made from a user's own line has no harbours and no relief. */
const MEMBERS: Readonly<Record<string, Check>> = {
  attribution: isText,
  source: isText,
  licence: isText,
  date: isText,
  error: all({ medianM: isErrorM, p90M: isErrorM, worstM: isErrorM }),
  box: all({ westDeg: isLongitude, eastDeg: isLongitude, southDeg: isLatitude, northDeg: isLatitude }),
  land: listOf(all({ outline: isRing, holes: listOf(isRing) }), 1),
  harbours: (value) => Array.isArray(value) && value.length === 0,
  relief: (value) => value === undefined || value === null,
};
