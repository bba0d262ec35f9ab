import { err, ok, type Result } from "../core/result.js";
import { type GridFailure, readGridReference } from "./gridReference.js";
import type { Position } from "./position.js";

/** Why a typed text gives no position. */
export type PositionTextFailure =
  /** Nothing of the forms that are read: a name, perhaps. */
  | { readonly kind: "not-a-position" }
  /** Only a latitude, or only a longitude. */
  | { readonly kind: "one-coordinate" }
  /** Commas that may be decimal marks or separators. */
  | { readonly kind: "comma" }
  /** One of N and S and one of E, W and O are needed: letters are missing, too many, or twice of the same direction. */
  | { readonly kind: "letters" }
  /** "-50 S": which of the two counts? */
  | { readonly kind: "sign-and-letter" }
  /** "50.5°30'": only the last part of a coordinate may have decimals. */
  | { readonly kind: "fraction" }
  | { readonly kind: "out-of-range"; readonly part: "latitude" | "longitude" | "minutes" | "seconds" }
  | GridFailure;

type PositionText = {
  readonly position: Position;
  /** Side of the square whose centre this is, of a grid reference; undefined for latitude and longitude. */
  readonly squareM: number | undefined;
};

const NUMBER = "(\\d+(?:\\.\\d+)?)";
/** Between the parts of a coordinate: its mark, or a space, a colon or the hyphen of radio messages ("50-46.47N"). */
const part = (mark: string): string => `(?:(?<=${mark})\\s*|\\s*[\\s:-]\\s*)`;
const COORDINATE = `${NUMBER}(?:\\s*°)?(?:${part("°")}${NUMBER}(?:\\s*')?(?:${part("'")}${NUMBER}(?:\\s*")?)?)?`;
const MARKED = `${NUMBER}\\s*°(?:\\s*${NUMBER}\\s*'(?:\\s*${NUMBER}\\s*")?)?`;
const SIGN = "([+-]?)\\s*";
const LETTER = "([NSEWO])";
const GAP = "(?:\\s*;\\s*|\\s+)";

/** What comes before and after the three numbers of each coordinate: letter or sign. */
const LETTERS_AFTER = new RegExp(`^${SIGN}${COORDINATE}\\s*${LETTER}[\\s;]*${SIGN}${COORDINATE}\\s*${LETTER}$`);
const LETTERS_BEFORE = new RegExp(`^${LETTER}\\s*${SIGN}${COORDINATE}[\\s;]*${LETTER}\\s*${SIGN}${COORDINATE}$`);
const SIGNED = new RegExp(`^${SIGN}${NUMBER}${GAP}${SIGN}${NUMBER}$`);
const SIGNED_MARKED = new RegExp(`^${SIGN}${MARKED}(?:\\s*;)?\\s*${SIGN}${MARKED}$`);
const ALONE = new RegExp(`^(?:${LETTER}\\s*)?${SIGN}${COORDINATE}(?:\\s*${LETTER})?$`);
/** Only what positions are made of. */
const LOOKS_LIKE_ONE = /^[\d\s.;:°'"+\-NSEWO]*\d[\d\s.;:°'"+\-NSEWO]*$/;

type Half = {
  readonly sign: string | undefined;
  readonly letter: string | undefined;
  readonly parts: readonly string[];
};

/**
 * Reads a position on WGS 84 as people type and send it: decimal degrees ("50.7745, -1.6075", "50,7745 N 1,6075 O"), degrees
 * and decimal minutes ("50°46.47'N 001°36.45'E", "50-46.47N 001-36.45E"), degrees, minutes and seconds, each with letters before
 * or after, or MGRS. O is west (ouest). Without letters the latitude comes first, and only decimal degrees or parts with their
 * marks are read. What can be read in two ways is refused.
 */
export function readPositionText(typed: string): Result<PositionText, PositionTextFailure> {
  const text = withPlainMarks(typed);
  const square = readGridReference(text);
  if (square) return square.ok ? ok({ position: square.value.position, squareM: square.value.sideM }) : square;
  const plain = withDecimalPoints(text);
  if (plain === undefined) return err({ kind: "comma" });
  const halves = halvesOf(plain);
  if (!halves) return err({ kind: whyNot(plain) });
  return positionOf(halves);
}

/** Capitals, and one sign for the many that keyboards and documents have for the same. */
const withPlainMarks = (typed: string): string =>
  typed
    .trim()
    .replaceAll(/[º˚]/g, "°")
    .replaceAll(/''|[″”“]/g, '"')
    .replaceAll(/[′’‘´`]/g, "'")
    .replaceAll(/[−–‐‑]/g, "-")
    .toUpperCase();

/** With "." for decimals and ";" between coordinates; undefined where a comma may be either. */
function withDecimalPoints(text: string): string | undefined {
  if (text.includes(".")) return text.replaceAll(",", ";");
  if (/\d,\d+,\d/.test(text) || /^[+-]?\d+,[+-]?\d+$/.test(text)) return undefined;
  return text.replaceAll(/(?<=\d),(?=\d)/g, ".").replaceAll(",", ";");
}

function halvesOf(text: string): readonly [Half, Half] | undefined {
  const signed = SIGNED.exec(text);
  if (signed) {
    const [, sign1, degrees1, sign2, degrees2] = signed;
    return [half(sign1, undefined, [degrees1]), half(sign2, undefined, [degrees2])];
  }
  const [, ...m] = SIGNED_MARKED.exec(text) ?? [];
  if (m.length > 0) return [half(m[0], undefined, m.slice(1, 4)), half(m[4], undefined, m.slice(5, 8))];
  const [, ...a] = LETTERS_AFTER.exec(text) ?? [];
  if (a.length > 0) return [half(a[0], a[4], a.slice(1, 4)), half(a[5], a[9], a.slice(6, 9))];
  const [, ...b] = LETTERS_BEFORE.exec(text) ?? [];
  if (b.length > 0) return [half(b[1], b[0], b.slice(2, 5)), half(b[6], b[5], b.slice(7, 10))];
  return undefined;
}

const half = (sign: string | undefined, letter: string | undefined, parts: readonly (string | undefined)[]): Half => ({
  sign: sign === "" ? undefined : sign,
  letter,
  parts: parts.filter((value) => value !== undefined),
});

function whyNot(text: string): "not-a-position" | "one-coordinate" | "letters" {
  if (!LOOKS_LIKE_ONE.test(text)) return "not-a-position";
  if (ALONE.test(text) && !/\d\s+\d+\s+\d/.test(text)) return "one-coordinate";
  return "letters";
}

function positionOf([first, second]: readonly [Half, Half]): Result<PositionText, PositionTextFailure> {
  if ([first, second].some(({ sign, letter }) => sign !== undefined && letter !== undefined))
    return err({ kind: "sign-and-letter" });
  const isFirstNorth = first.letter === undefined || isOfLatitude(first.letter);
  const isSecondNorth = second.letter !== undefined && isOfLatitude(second.letter);
  if (isFirstNorth === isSecondNorth) return err({ kind: "letters" });
  const [north, east] = isFirstNorth ? [first, second] : [second, first];
  const northDeg = degreesOf(north, "latitude");
  if (!northDeg.ok) return northDeg;
  const eastDeg = degreesOf(east, "longitude");
  if (!eastDeg.ok) return eastDeg;
  return ok({ position: { latitudeDeg: northDeg.value, longitudeDeg: eastDeg.value }, squareM: undefined });
}

const isOfLatitude = (letter: string): boolean => letter === "N" || letter === "S";

function degreesOf({ sign, letter, parts }: Half, part: "latitude" | "longitude"): Result<number, PositionTextFailure> {
  if (parts.slice(0, -1).some((value) => value.includes("."))) return err({ kind: "fraction" });
  const [degrees = 0, minutes = 0, seconds = 0] = parts.map(Number);
  if (minutes >= 60) return err({ kind: "out-of-range", part: "minutes" });
  if (seconds >= 60) return err({ kind: "out-of-range", part: "seconds" });
  const sizeDeg = degrees + minutes / 60 + seconds / 3600;
  if (sizeDeg > (part === "latitude" ? 90 : 180)) return err({ kind: "out-of-range", part });
  return ok(isNegative(sign, letter) && sizeDeg > 0 ? -sizeDeg : sizeDeg);
}

const isNegative = (sign: string | undefined, letter = ""): boolean =>
  sign === "-" || letter === "S" || letter === "W" || letter === "O";
