/**
 * Formats the messages of event metadata: "{2:.1m}" is the second argument with one decimal, in metres; <profile
 * name="dev"> is for developers; "\<" is a plain "<". https://github.com/mavlink/libevents
 */

/** An argument of an event, decoded, ready to be formatted. */
export type EventArgument =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "number"; readonly value: number | bigint; readonly isFloat: boolean };

// "m_v" is a vertical distance, which other stations show in feet.
const UNITS: ReadonlyMap<string, string> = new Map([
  ["m", " m"],
  ["m_v", " m"],
  ["m^2", " m²"],
  ["m/s", " m/s"],
  ["C", " °C"],
]);

/** One escaped character, a tag, a placeholder for an argument, or any other character. */
const TOKEN = /\\([\\<>{}])|<(\/?)([a-zA-Z]+)([^>]*)>|\{(\d+)(?::\.(\d+))?([^}]*)\}|[^]/g;
/** Tags whose content is kept; the content of others is left out. */
const READ_TAGS: ReadonlySet<string> = new Set(["param", "a"]);
/** Texts for other profiles (developers) are left out. */
const PROFILE = "normal";

/** A longer text is not a valid template. */
const TEMPLATE_MAX = 4000;

/** Tags and white space at both ends are removed. Never throws: what it cannot parse is left as it is. */
export function eventText(template: string, args: readonly EventArgument[]): string {
  const open: boolean[] = [];
  let words = "";
  for (const match of template.slice(0, TEMPLATE_MAX).matchAll(TOKEN)) {
    const [whole, escaped, closing, tag, attributes] = match;
    if (tag !== undefined) {
      if (closing === "/") open.pop();
      else open.push(isRead(tag, attributes ?? ""));
    } else if (open.every((isShown) => isShown)) {
      words += escaped ?? argumentText(match, args) ?? whole;
    }
  }
  return words.replace(/[ \t]+\n/g, "\n").trim();
}

function isRead(tag: string, attributes: string): boolean {
  if (tag !== "profile") return READ_TAGS.has(tag);
  const [, not, name] = /name="(!?)([^"]*)"/.exec(attributes) ?? [];
  return (name === PROFILE) !== (not === "!");
}

function argumentText(match: RegExpMatchArray, args: readonly EventArgument[]): string | undefined {
  const [, , , , , place, decimals, unit = ""] = match;
  if (place === undefined) return undefined;
  const argument = args[Number(place) - 1];
  if (!argument) return undefined;
  return argument.kind === "words" ? argument.text : `${numberText(argument, decimals)}${UNITS.get(unit) ?? unit}`;
}

const DECIMALS_MAX = 20;

function numberText({ value, isFloat }: Extract<EventArgument, { kind: "number" }>, decimals?: string): string {
  if (typeof value === "bigint" || !isFloat) return String(value);
  if (!Number.isFinite(value)) return "—"; // not measured
  if (decimals !== undefined) return value.toFixed(Math.min(Number(decimals), DECIMALS_MAX));
  return String(Number(value.toPrecision(6)));
}
