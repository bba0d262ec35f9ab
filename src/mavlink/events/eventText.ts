/**
 * The sentences of event metadata: "{2:.1m}" is the second argument with one decimal, in metres; <profile name="dev"> is for
 * those who build vehicles; "\<" is a plain "<". https://github.com/mavlink/libevents
 */

/** An argument as it is to be read. */
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

/** One escaped letter, a tag, a place for an argument, or any letter. */
const TOKEN = /\\([\\<>{}])|<(\/?)([a-zA-Z]+)([^>]*)>|\{(\d+)(?::\.(\d+))?([^}]*)\}|[^]/g;
/** Tags whose content is read; that of others is left out. */
const READ_TAGS: ReadonlySet<string> = new Set(["param", "a"]);
/** This station speaks to those who fly. */
const PROFILE = "normal";

/** A sentence longer than this is none. */
const TEMPLATE_MAX = 4000;

/** White space at both ends is left out, as are tags. Never fails: what it cannot read stays as it is. */
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
