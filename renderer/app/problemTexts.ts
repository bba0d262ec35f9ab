/**
 * What is wrong with a file, as the readers of plans and areas say it (in English, for the command line too), in both languages.
 * A pattern finds the sentence and its facts.
 */
import type { Facts, Translate } from "./text.js";

const VALUE = "(.+)";
/** What stands where a value, a name or a mark should: the words of `jsonMistake`. */
const EXPECTED: Readonly<Record<string, string>> = {
  "a value": "problem.json.value",
  "a colon": "problem.json.colon",
  "a name in double quotes": "problem.json.name",
  'a comma or "}"': "problem.json.brace",
  'a comma or "]"': "problem.json.bracket",
};

type Pattern = readonly [pattern: RegExp, key: string, names: readonly string[]];
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
  [whole("this is not JSON"), "problem.no-json", []],
];

/** The sentence in the language of the screen; one that is not known here as it came. */
export function problemText(t: Translate, problem: string): string {
  const expected = /^(.+) was expected, not (".*")$/s.exec(problem);
  const what = expected && EXPECTED[expected[1] ?? ""];
  if (what !== undefined && what !== null) return t(what, { value: expected?.[2] ?? "" });
  for (const [pattern, key, names] of PATTERNS) {
    const match = pattern.exec(problem);
    if (!match) continue;
    const facts: Facts = Object.fromEntries(names.map((name, i) => [name, match[i + 1] ?? ""]));
    return t(key, facts);
  }
  return problem;
}

/** "line 3, column 7" in the language of the screen; a place inside a document is the same in all. */
export function placeText(t: Translate, where: string): string {
  const match = /^line (\d+)(?:, column (\d+)(.*))?$/s.exec(where);
  if (!match) return where;
  const [, line = "", column, rest = ""] = match;
  return column === undefined ? t("problem.line", { line }) : `${t("problem.line.column", { line, column })}${rest}`;
}

const en = {
  "problem.line": "line {{line}}",
  "problem.line.column": "line {{line}}, column {{column}}",
  "problem.object": "an object was expected, not {{value}}",
  "problem.object.plain": "an object was expected",
  "problem.list": "a list was expected, not {{value}}",
  "problem.whole": "a whole number was expected, not {{value}}",
  "problem.whole.plain": "a whole number was expected",
  "problem.number": "a number was expected, not {{value}}",
  "problem.number.from": "a number from {{least}} to {{most}} was expected, not {{value}}",
  "problem.outside": "{{value}} is outside {{least}} to {{most}}",
  "problem.version": "version {{value}} is not one this station reads ({{accepted}})",
  "problem.wpl.version": "version {{value}} of a Mission Planner mission is not one this station reads ({{accepted}})",
  "problem.no-plan": 'this is no plan: fileType must be "Plan"',
  "problem.geojson":
    "this is GeoJSON, an area and no plan: draw it as an area, or make a plan of it first (vigie plan)",
  "problem.clears": '"fence" or "rally" was expected',
  "problem.item": "SimpleItem or ComplexItem was expected",
  "problem.jump": "it jumps to item {{value}}, which does not exist",
  "problem.values": "{{wanted}} values were expected, not {{value}}",
  "problem.columns": "{{wanted}} columns were expected, not {{value}}",
  "problem.frame": "frame {{value}} is not one an aircraft flies",
  "problem.frame.place": "command {{value}} has a place, and frame 2 has none",
  "problem.half": "latitude and longitude were expected, only one is there",
  "problem.type": "a complex item must say its type",
  "problem.mode": "altitude mode {{value}} is not one of 1, 2, 4",
  "problem.flag": "true or false was expected",
  "problem.fence.corners": "an area of the fence needs three corners or more",
  "problem.fence.side": "true (stay inside) or false (stay outside) was expected",
  "problem.action": "action {{value}} of version 100 is not one this station knows",
  "problem.wpl.fence": "command {{value}} belongs to a fence or to rally points: this file holds no mission",
  "problem.aircraft": "an aircraft needs a name",
  "problem.large": "larger than {{value}} MB",
  "problem.empty": "the file is empty",
  "problem.deep": "nested deeper than {{value}} levels",
  "problem.many": "more than {{value}} million values",
  "problem.cut": "the file ends in the middle: is it whole?",
  "problem.json.value": "a value was expected, not {{value}}",
  "problem.json.colon": "a colon was expected, not {{value}}",
  "problem.json.name": "a name in double quotes was expected, not {{value}}",
  "problem.json.brace": 'a comma or "}" was expected, not {{value}}',
  "problem.json.bracket": 'a comma or "]" was expected, not {{value}}',
  "problem.json.more": "nothing more was expected, not {{value}}",
  "problem.json.quote": "a closing quote is missing after {{value}}",
  "problem.json.escape": "a backslash is followed by {{value}}, which means nothing",
  "problem.json.control": "a control character inside a text",
  "problem.kml": "this is KML, an area and no plan",
  "problem.xml": "this is XML or a web page",
  "problem.zip": "this is a ZIP archive (perhaps KMZ): unpack it first",
  "problem.wpl": "this is a Mission Planner mission (QGC WPL)",
  "problem.no-text": "this is no text",
  "problem.no-json": "this is not JSON",
} as const;

const fr: Readonly<Record<keyof typeof en, string>> = {
  "problem.line": "ligne {{line}}",
  "problem.line.column": "ligne {{line}}, colonne {{column}}",
  "problem.object": "un objet était attendu, pas {{value}}",
  "problem.object.plain": "un objet était attendu",
  "problem.list": "une liste était attendue, pas {{value}}",
  "problem.whole": "un nombre entier était attendu, pas {{value}}",
  "problem.whole.plain": "un nombre entier était attendu",
  "problem.number": "un nombre était attendu, pas {{value}}",
  "problem.number.from": "un nombre de {{least}} à {{most}} était attendu, pas {{value}}",
  "problem.outside": "{{value}} est hors de {{least}} à {{most}}",
  "problem.version": "cette station ne lit pas la version {{value}} (elle lit {{accepted}})",
  "problem.wpl.version":
    "cette station ne lit pas la version {{value}} d'une mission Mission Planner (elle lit {{accepted}})",
  "problem.no-plan": "ce n'est pas un plan : fileType doit être « Plan »",
  "problem.geojson":
    "c'est du GeoJSON, une zone et pas un plan : dessinez-la comme zone, ou faites-en d'abord un plan (vigie plan)",
  "problem.clears": "« fence » ou « rally » était attendu",
  "problem.item": "SimpleItem ou ComplexItem était attendu",
  "problem.jump": "saut vers l'élément {{value}}, qui n'existe pas",
  "problem.values": "{{wanted}} valeurs étaient attendues, pas {{value}}",
  "problem.columns": "{{wanted}} colonnes étaient attendues, pas {{value}}",
  "problem.frame": "aucun aéronef ne vole dans le repère {{value}}",
  "problem.frame.place": "la commande {{value}} a une position, et le repère 2 n'en a pas",
  "problem.half": "latitude et longitude étaient attendues, une seule est là",
  "problem.type": "un élément complexe doit dire sa sorte",
  "problem.mode": "le mode d'altitude {{value}} n'est pas un de 1, 2, 4",
  "problem.flag": "vrai (true) ou faux (false) était attendu",
  "problem.fence.corners": "une zone de la barrière a besoin d'au moins trois sommets",
  "problem.fence.side": "true (rester dedans) ou false (rester dehors) était attendu",
  "problem.action": "cette station ne connaît pas l'action {{value}} de la version 100",
  "problem.wpl.fence":
    "la commande {{value}} appartient à une barrière ou à des points de ralliement : ce fichier n'a pas de mission",
  "problem.aircraft": "un aéronef a besoin d'un nom",
  "problem.large": "plus de {{value}} Mo",
  "problem.empty": "le fichier est vide",
  "problem.deep": "plus de {{value}} niveaux imbriqués",
  "problem.many": "plus de {{value}} million(s) de valeurs",
  "problem.cut": "le fichier s'arrête au milieu : est-il entier ?",
  "problem.json.value": "une valeur était attendue, pas {{value}}",
  "problem.json.colon": "deux-points étaient attendus, pas {{value}}",
  "problem.json.name": "un nom entre guillemets était attendu, pas {{value}}",
  "problem.json.brace": "une virgule ou « } » était attendue, pas {{value}}",
  "problem.json.bracket": "une virgule ou « ] » était attendue, pas {{value}}",
  "problem.json.more": "plus rien n'était attendu, pas {{value}}",
  "problem.json.quote": "un guillemet manque après {{value}}",
  "problem.json.escape": "une barre oblique inverse est suivie de {{value}}, ce qui ne veut rien dire",
  "problem.json.control": "un caractère de commande dans un texte",
  "problem.kml": "c'est du KML, une zone et pas un plan",
  "problem.xml": "c'est du XML ou une page web",
  "problem.zip": "c'est une archive ZIP (peut-être KMZ) : décompressez-la d'abord",
  "problem.wpl": "c'est une mission Mission Planner (QGC WPL)",
  "problem.no-text": "ce n'est pas un texte",
  "problem.no-json": "ce n'est pas du JSON",
};

export const problemTexts = { en, fr };
