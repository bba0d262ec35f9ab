/**
 * What is wrong with a file, as the readers of plans and areas say it (in English, for the command line too), in both languages.
 * A pattern finds the sentence and its facts.
 */
import type { Facts, Translate } from "./text.js";
import type { TextKey } from "./dictionary.js";

const VALUE = "(.+)";
/** What was expected at that place of the JSON text: the messages of `jsonMistake`. */
const EXPECTED: Readonly<Record<string, TextKey>> = {
  "a value": "problem.json.value",
  "a colon": "problem.json.colon",
  "a name in double quotes": "problem.json.name",
  'a comma or "}"': "problem.json.brace",
  'a comma or "]"': "problem.json.bracket",
};

type Pattern = readonly [pattern: RegExp, key: TextKey, names: readonly string[]];
const whole = (words: string): RegExp => new RegExp(`^${words}$`, "s");

const PATTERNS: readonly Pattern[] = [
  [whole(`an object was expected, not ${VALUE}`), "problem.object", ["value"]],
  [whole("an object was expected"), "problem.object.plain", []],
  [whole(`a list was expected, not ${VALUE}`), "problem.list", ["value"]],
  [whole(`a whole number was expected, not ${VALUE}`), "problem.whole", ["value"]],
  [whole("a whole number was expected"), "problem.whole.plain", []],
  [
    whole(`a number from ${VALUE} to ${VALUE} was expected, not ${VALUE}`),
    "problem.number.from",
    ["least", "most", "value"],
  ],
  [whole(`a number was expected, not ${VALUE}`), "problem.number", ["value"]],
  [whole(`(\\S+) is outside (\\S+) to (\\S+)`), "problem.outside", ["value", "least", "most"]],
  [
    whole(`version ${VALUE} of a Mission Planner mission is not one this station reads \\(${VALUE}\\)`),
    "problem.wpl.version",
    ["value", "accepted"],
  ],
  [whole(`version ${VALUE} is not one this station reads \\(${VALUE}\\)`), "problem.version", ["value", "accepted"]],
  [whole('this is no plan: "Plan" was expected'), "problem.no-plan", []],
  [whole("this is GeoJSON, an area and no plan: .*"), "problem.geojson", []],
  [whole('"fence" or "rally" was expected'), "problem.clears", []],
  [whole("SimpleItem or ComplexItem was expected|a SimpleItem was expected"), "problem.item", []],
  [whole(`jumps to item ${VALUE}, which does not exist`), "problem.jump", ["value"]],
  [whole("(\\d+) values were expected, not (\\d+)"), "problem.values", ["wanted", "value"]],
  [whole("(\\d+) columns were expected, not (\\d+)"), "problem.columns", ["wanted", "value"]],
  [whole("frame (\\d+) is not one an aircraft flies"), "problem.frame", ["value"]],
  [whole("command (\\d+) has a place, and frame 2 has none"), "problem.frame.place", ["value"]],
  [whole("latitude and longitude were expected, only one is there"), "problem.half", []],
  [whole("a complex item must say its type"), "problem.type", []],
  [whole(`altitude mode ${VALUE} is not one of 1, 2, 4`), "problem.mode", ["value"]],
  [whole("true or false was expected"), "problem.flag", []],
  [whole("an area of the fence needs three corners or more"), "problem.fence.corners", []],
  [whole("true \\(stay inside\\) or false \\(stay outside\\) was expected"), "problem.fence.side", []],
  [whole("action (\\d+) of version 100 is not one this station knows"), "problem.action", ["value"]],
  [whole("command (\\d+) belongs to a fence or to rally points: .*"), "problem.wpl.fence", ["value"]],
  [whole("an aircraft needs a name"), "problem.aircraft", []],
  [whole(`larger than ${VALUE} MB`), "problem.large", ["value"]],
  [whole("the file is empty"), "problem.empty", []],
  [whole("nested deeper than (\\d+) levels"), "problem.deep", ["value"]],
  [whole(`more than ${VALUE} million values`), "problem.many", ["value"]],
  [whole("more than (\\d+) items"), "problem.many.items", ["value"]],
  [whole("more than (\\d+) corners"), "problem.many.corners", ["value"]],
  [whole("more than (\\d+) points"), "problem.many.points", ["value"]],
  [whole("more than (\\d+) lines"), "problem.many.lines", ["value"]],
  [whole("more than (\\d+) corners: simplify the line"), "problem.coast.corners", ["value"]],
  [whole("the line goes back and forth too often .*"), "problem.coast.crowded", []],
  [whole("the line crosses itself more than (\\d+) times"), "problem.coast.crosses", ["value"]],
  [whole("there is no land area in it"), "problem.coast.no-land", []],
  [whole("land must be Polygon or MultiPolygon, not (\\w+).*"), "problem.coast.no-area", ["value"]],
  [whole("larger than (\\d+) degrees; cut it to the area you fly"), "problem.coast.wide", ["value"]],
  [whole("four numbers were expected: west, south, east, north"), "problem.coast.box", []],
  [whole("medianM ≤ p90M ≤ worstM in metres were expected"), "problem.coast.error", []],
  [whole("this is no coast line that this station has kept"), "problem.coast.kept", []],
  [whole("a GeoJSON object was expected"), "problem.object.plain", []],
  [whole("this is no GeoJSON: no type"), "problem.no-geojson", []],
  [whole("a list(?: of polygons| of corners)? was expected"), "problem.list.plain", []],
  [whole("a polygon without rings"), "problem.no-rings", []],
  [whole(`longitude and latitude were expected, not ${VALUE}`), "problem.corner", ["value"]],
  [whole("an area needs 3 corners, this one has (\\d+)"), "problem.few-corners", ["value"]],
  [whole("the file ends in the middle: is it whole\\?"), "problem.cut", []],
  [whole(`nothing more was expected, not ${VALUE}`), "problem.json.more", ["value"]],
  [whole(`a closing quote is missing after ${VALUE}`), "problem.json.quote", ["value"]],
  [whole(`one of .* after a backslash was expected, not ${VALUE}`), "problem.json.escape", ["value"]],
  [whole("a control character inside a text"), "problem.json.control", []],
  [whole("this is KML, not JSON"), "problem.kml", []],
  [whole("this is XML or a web page, not JSON"), "problem.xml", []],
  [whole("this is a ZIP archive \\(perhaps KMZ\\), not JSON: unpack it first"), "problem.zip", []],
  [whole("this is a Mission Planner mission \\(QGC WPL\\), not JSON"), "problem.wpl", []],
  [whole("this is no text"), "problem.no-text", []],
  [whole("this is a log: open it in Review"), "problem.is-log", []],
  [whole("this is a plan: open it in Plan"), "problem.is-plan", []],
  [whole("this is an area: open it in Plan"), "problem.is-area", []],
  [whole("this is a picture"), "problem.picture", []],
  [whole("this is a PDF document"), "problem.pdf", []],
  [whole("this is a text of another kind"), "problem.other-text", []],
  [whole("this is not JSON"), "problem.no-json", []],
];

/** The problem in the language of the screen; a problem without translation stays as it came. */
export function problemText(t: Translate, problem: string): string {
  const expected = /^(.+) was expected, not (".*")$/s.exec(problem);
  const what = expected ? EXPECTED[expected[1] ?? ""] : undefined;
  if (what !== undefined) return t(what, { value: expected?.[2] ?? "" });
  for (const [pattern, key, names] of PATTERNS) {
    const match = pattern.exec(problem);
    if (!match) continue;
    const facts: Facts = Object.fromEntries(names.map((name, i) => [name, match[i + 1] ?? ""]));
    return t(key, facts);
  }
  return problem;
}

/** "line 3, column 7" in the language of the screen; a JSON path is the same in every language. */
export function placeText(t: Translate, where: string): string {
  const match = /^line (\d+)(?:, column (\d+)(.*))?$/s.exec(where);
  if (!match) return where;
  const [, line = "", column, rest = ""] = match;
  return column === undefined ? t("problem.line", { line }) : `${t("problem.line.column", { line, column })}${rest}`;
}
