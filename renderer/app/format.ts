/** Formats numbers by language and units. Pure; there is never a line break between a number and its unit. */
import type { DatumAltitude, Position } from "../../src/geo/position.js";
import type { Language } from "./dictionary.js";

export type Units = {
  /** Heights and sizes; distances over ground use km or NM accordingly. */
  readonly lengths: "m" | "ft";
  readonly speeds: "mps" | "kn";
  readonly positions: "deg" | "dm";
};

/** For instruments that draw the unit smaller than the number. */
export type Quantity = { readonly text: string; readonly unit: string };

export const FEET_PER_M = 1 / 0.3048;
export const KNOTS_PER_MPS = 3600 / 1852;
const M_PER_NM = 1852;
/** Between number and unit: no line break there. */
const NBSP = "\u00a0";

export type Format = {
  /** "what: rest", with the space before the colon that French has (no line breaks there). */
  readonly labelled: (what: string, rest: string) => string;
  readonly language: Language;
  readonly decimalMark: "." | ",";
  /** Fixed digits, the language's decimal mark, a true minus sign. */
  readonly numberText: (value: number, digits?: number) => string;
  /** Heights and sizes of things. */
  readonly lengthOf: (valueM: number, digits?: number) => Quantity;
  readonly lengthText: (valueM: number, digits?: number) => string;
  /** With its datum: "58 m AGL", "78 m AMSL". `datumName` is a word of the language. */
  readonly heightText: (height: DatumAltitude, datumName: string) => string;
  /** Distances over ground: m up to a kilometre, then km; NM with feet. */
  readonly wayOf: (valueM: number) => Quantity;
  readonly wayText: (valueM: number) => string;
  /** Areas over ground: m², hectares from one hectare, km² from one; with feet square feet, then square nautical miles. */
  readonly areaText: (valueM2: number) => string;
  /** What long distances over ground are counted in. */
  readonly wayUnit: { readonly name: "km" | "NM"; readonly m: number };
  readonly speedOf: (valueMps: number, digits?: number) => Quantity;
  readonly speedText: (valueMps: number, digits?: number) => string;
  readonly percentText: (fraction: number, digits?: number) => string;
  /** Three figures for directions: "007°". */
  readonly bearingText: (angleDeg: number) => string;
  /** Signed, for attitudes: "+2°". */
  readonly angleText: (angleDeg: number) => string;
  /** "2:10", "1:02:10". */
  readonly spanText: (seconds: number) => string;
  /** "12 s", "3 min", "2 h". */
  readonly ageText: (seconds: number) => string;
  /** "02:14:07" */
  readonly utcText: (unixUs: number) => string;
  readonly utcDateText: (unixUs: number) => string;
  /** One coordinate in the form of positions; `digits` of the degree, or of the minute. */
  readonly coordinateText: (axis: "latitude" | "longitude", valueDeg: number, digits?: number) => string;
  readonly positionText: (position: Position) => string;
  readonly bytesText: (bytes: number) => string;
};

const pad = (value: number, width: number): string => String(value).padStart(width, "0");
export const joined = ({ text, unit }: Quantity): string => `${text}${NBSP}${unit}`;

function fixed(value: number, digits: number, mark: "." | ","): string {
  const rounded = value.toFixed(digits);
  // Without this, small negative numbers are printed as "-0".
  const isZero = Number(rounded) === 0;
  const plain = rounded.replace("-", "").replace(".", mark);
  return value < 0 && !isZero ? `\u2212${plain}` : plain;
}

/** Hours only when there are any; never negative. */
function spanText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const tail = pad(whole % 60, 2);
  return hours > 0 ? `${hours}:${pad(minutes, 2)}:${tail}` : `${minutes}:${tail}`;
}

function ageText(seconds: number): string {
  const age = Math.max(0, seconds);
  if (age < 99.5) return `${Math.round(age)}${NBSP}s`;
  if (age < 5970) return `${Math.round(age / 60)}${NBSP}min`;
  return `${Math.round(age / 3600)}${NBSP}h`;
}

const utcText = (unixUs: number): string => new Date(unixUs / 1000).toISOString().slice(11, 19);

function utcDateText(unixUs: number, language: Language): string {
  const [year, month, day] = new Date(unixUs / 1000).toISOString().slice(0, 10).split("-");
  return language === "fr" ? `${day ?? ""}/${month ?? ""}/${year ?? ""}` : `${year ?? ""}-${month ?? ""}-${day ?? ""}`;
}

type Marks = { readonly positive: string; readonly negative: string; readonly width: number };

const NORTHING: Marks = { positive: "N", negative: "S", width: 2 };

/** `digits` are those of the degree, or of the minute. */
function coordinate(valueDeg: number, marks: Marks, { positions }: Units, { mark, digits }: Decimals): string {
  const letter = valueDeg < 0 ? marks.negative : marks.positive;
  const size = Math.abs(valueDeg);
  if (positions === "deg") return `${fixed(size, digits, mark)}°${NBSP}${letter}`;
  // Rounded as one whole number, so that 59.9996' becomes the next degree.
  const perDeg = 60 * 10 ** digits;
  const whole = Math.round(size * perDeg);
  const minutes = fixed((whole % perDeg) / 10 ** digits, digits, mark);
  return `${pad(Math.floor(whole / perDeg), marks.width)}°${NBSP}${minutes.padStart(digits === 0 ? 2 : digits + 3, "0")}'${NBSP}${letter}`;
}

type Decimals = { readonly mark: "." | ","; readonly digits: number };

function wayOf(valueM: number, units: Units, mark: "." | ","): Quantity {
  if (units.lengths === "ft") return { text: fixed(valueM / M_PER_NM, 2, mark), unit: "NM" };
  // Without this limit 999.7 m would round to "1000 m" instead of "1.0 km".
  if (valueM < 999.5) return { text: fixed(valueM, 0, mark), unit: "m" };
  return { text: fixed(valueM / 1000, valueM < 99_950 ? 2 : 0, mark), unit: "km" };
}

const M2_PER_NM2 = M_PER_NM ** 2;

/** The limits are where the smaller unit would round to them. */
function areaOf(valueM2: number, isMetric: boolean, mark: "." | ","): Quantity {
  if (!isMetric) {
    if (valueM2 >= 0.005 * M2_PER_NM2)
      return { text: fixed(valueM2 / M2_PER_NM2, valueM2 < M2_PER_NM2 ? 3 : 2, mark), unit: "NM²" };
    return { text: fixed(valueM2 * FEET_PER_M ** 2, 0, mark), unit: "ft²" };
  }
  if (valueM2 < 9999.5) return { text: fixed(valueM2, 0, mark), unit: "m²" };
  if (valueM2 < 999_950) return { text: fixed(valueM2 / 1e4, 2, mark), unit: "ha" };
  return { text: fixed(valueM2 / 1e6, valueM2 < 99_950_000 ? 2 : 0, mark), unit: "km²" };
}

function bytesText(bytes: number, language: Language, mark: "." | ","): string {
  const letter = language === "fr" ? "o" : "B";
  if (bytes < 1000) return `${bytes}${NBSP}${letter}`;
  if (bytes < 999_500) return `${fixed(bytes / 1e3, 0, mark)}${NBSP}k${letter}`;
  if (bytes < 999_500_000) return `${fixed(bytes / 1e6, 1, mark)}${NBSP}M${letter}`;
  return `${fixed(bytes / 1e9, 2, mark)}${NBSP}G${letter}`;
}

export function makeFormat(language: Language, units: Units): Format {
  const mark = language === "fr" ? "," : ".";
  // A wind or boat's west is "W" in English and "O" in French.
  const west = language === "fr" ? "O" : "W";
  const easting = { positive: "E", negative: west, width: 3 };
  const isMetric = units.lengths === "m";
  const numberText = (value: number, digits = 0): string => fixed(value, digits, mark);
  const lengthOf = (valueM: number, digits = 0): Quantity =>
    isMetric
      ? { text: numberText(valueM, digits), unit: "m" }
      : { text: numberText(valueM * FEET_PER_M, 0), unit: "ft" };
  const speedOf = (valueMps: number, digits = 1): Quantity =>
    units.speeds === "mps"
      ? { text: numberText(valueMps, digits), unit: "m/s" }
      : { text: numberText(valueMps * KNOTS_PER_MPS, digits), unit: language === "fr" ? "nd" : "kn" };
  const coordinateText: Format["coordinateText"] = (axis, valueDeg, digits = units.positions === "deg" ? 5 : 3) =>
    coordinate(valueDeg, axis === "latitude" ? NORTHING : easting, units, { mark, digits });
  return {
    language,
    decimalMark: mark,
    numberText,
    lengthOf,
    lengthText: (valueM, digits) => joined(lengthOf(valueM, digits)),
    heightText: (height, datumName) => `${joined(lengthOf(height.valueM))}${NBSP}${datumName}`,
    wayOf: (valueM) => wayOf(valueM, units, mark),
    wayText: (valueM) => joined(wayOf(valueM, units, mark)),
    areaText: (valueM2) => joined(areaOf(valueM2, isMetric, mark)),
    wayUnit: isMetric ? { name: "km", m: 1000 } : { name: "NM", m: M_PER_NM },
    speedOf,
    speedText: (valueMps, digits) => joined(speedOf(valueMps, digits)),
    percentText: (fraction, digits = 0) => `${numberText(fraction * 100, digits)}${NBSP}%`,
    bearingText: (angleDeg) => `${pad(((Math.round(angleDeg) % 360) + 360) % 360, 3)}°`,
    angleText: (angleDeg) => `${Math.round(angleDeg) > 0 ? "+" : ""}${numberText(angleDeg)}°`,
    spanText,
    ageText,
    utcText,
    utcDateText: (unixUs) => utcDateText(unixUs, language),
    coordinateText,
    positionText: ({ latitudeDeg, longitudeDeg }) =>
      [coordinateText("latitude", latitudeDeg), coordinateText("longitude", longitudeDeg)].join(NBSP + NBSP),
    bytesText: (bytes) => bytesText(bytes, language, mark),
    labelled: (what, rest) => `${what}${language === "fr" ? NBSP : ""}: ${rest}`,
  };
}
