import * as packaged from "mgrs";
import { err, ok, type Result } from "../core/result.js";
import type { Position } from "./position.js";

/** Node loads the package's CommonJS file, whose functions are members of `default`; bundlers load its module, which has none. */
const members: Readonly<Record<string, unknown>> = { ...packaged };
const mgrs = (members["default"] ?? packaged) as typeof packaged;

/** Why a text in the form of an MGRS reference is refused. */
export type GridFailure = {
  readonly kind: "grid-reference";
  /**
   * `digits`: none, odd, more than five a direction, or two groups of unequal length. `square`: no such square in that zone
   * and band. `polar`: within the polar caps (bands A, B, Y, Z), which are not read.
   */
  readonly problem: "digits" | "square" | "polar";
};

type GridSquare = {
  /** The square's centre, as GeoConvert and GEOTRANS 3 give it. */
  readonly position: Position;
  /** Length of the square's side: 1, 10, 100, 1000 or 10,000 m. */
  readonly sideM: number;
};

const REFERENCE = /^(?<zone>\d{1,2})\s*(?<letters>[A-Z]\s*[A-Z]{2})\s*(?<first>\d*)\s*(?<second>\d*)$/;
const POLAR = /^[ABYZ]\s*[A-Z]{2}\s*\d*\s*\d*$/;
const DIGITS_MAX = 5;

/**
 * Reads an MGRS reference (NGA.STND.0037) on WGS 84, in capitals, with or without spaces between its parts: "31U DR 12345 67890".
 * A reference that lies outside its zone and band is refused; the package alone would answer with a place elsewhere. Undefined
 * for a text of another form.
 */
export function readGridReference(text: string): Result<GridSquare, GridFailure> | undefined {
  if (POLAR.test(text)) return refused("polar");
  const parts = REFERENCE.exec(text);
  if (!parts) return undefined;
  const { zone = "", letters = "", first = "", second = "" } = parts.groups ?? {};
  if (!areDigitsOfOneSquare(first, second)) return refused("digits");
  const digits = first + second;
  const reference = `${Number(zone)}${letters.replaceAll(/\s/g, "")}`;
  const position = Number(zone) <= 60 ? centreOf(reference, digits) : undefined;
  return position ? ok({ position, sideM: 10 ** (DIGITS_MAX - digits.length / 2) }) : refused("square");
}

/** As many for the east as for the north, in one group or two. */
function areDigitsOfOneSquare(first: string, second: string): boolean {
  if (second !== "") return first.length === second.length && second.length <= DIGITS_MAX;
  return first !== "" && first.length % 2 === 0 && first.length <= 2 * DIGITS_MAX;
}

const refused = (problem: GridFailure["problem"]): Result<GridSquare, GridFailure> =>
  err({ kind: "grid-reference", problem });

/** Undefined where neither the centre nor a corner of the small square lies in the 100 km square of that name. */
function centreOf(reference: string, digits: string): Position | undefined {
  try {
    const [westDeg, southDeg, eastDeg, northDeg] = mgrs.inverse(reference + digits);
    const [longitudeDeg, latitudeDeg] = mgrs.toPoint(reference + digits);
    const places: readonly (readonly [number, number])[] = [
      [longitudeDeg, latitudeDeg],
      ...[westDeg, eastDeg].flatMap((sideDeg) => [[sideDeg, southDeg] as const, [sideDeg, northDeg] as const]),
    ];
    return places.some((place) => mgrs.forward([...place], 0) === reference)
      ? { latitudeDeg, longitudeDeg }
      : undefined;
  } catch {
    // The package throws at letters that no zone has.
    return undefined;
  }
}

/**
 * The MGRS reference of the square metre that holds the place: "31U DS 01817 25673". Undefined in the polar caps, south of 80° S
 * and north of 84° N.
 */
export function gridReferenceOf({ latitudeDeg, longitudeDeg }: Position): string | undefined {
  if (latitudeDeg < -80 || latitudeDeg > 84) return undefined;
  const [, zone, square, east, north] =
    /^(\d+[A-Z])([A-Z]{2})(\d{5})(\d{5})$/.exec(mgrs.forward([longitudeDeg, latitudeDeg], DIGITS_MAX)) ?? [];
  return [zone, square, east, north].every((part) => part !== undefined)
    ? [zone, square, east, north].join(" ")
    : undefined;
}
