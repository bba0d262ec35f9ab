import { describe, expect, it } from "vitest";
import { geodesicDistanceM, initialBearingDeg } from "./geodesic.js";
import { readPositionText } from "./positionText.js";

const read = (text: string) => {
  const result = readPositionText(text);
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.error)}`);
  return result.value;
};
const refusalOf = (text: string) => {
  const result = readPositionText(text);
  return result.ok ? result.value : result.error;
};

describe("latitude and longitude", () => {
  // 33.3, 44.4 in the equivalent forms that GeoConvert's manual lists, and those of charts, radio and other keyboards.
  it.each([
    "33.3 44.4",
    "E44.4 N33.3",
    "33°18'N 44°24'E",
    "N 33° 18', E 44° 24'",
    "33:18N 44:24E",
    "33-18N 044-24E",
    "33-18.0N, 044-24.0E",
    "33 18 N 44 24 E",
    "33 18 00 N 44 24 00 E",
    "33° 18′ 00″ N 44° 24′ 00″ E",
    "33°18'00''N 44°24'00''E",
    "33º18’00.0”N 44º24’E",
    "33°18' 44°24'",
    "33.3°; 44.4°",
    "+33.3, +44.4",
    "33.3,44.4",
    "33,3 44,4",
    "33,3; 44,4",
    "33,3, 44,4",
    "33,3 N 44,4 E",
    "33,3N,44,4E",
    "33°18,0'N 44°24,0'E",
    "  33.3n 44.4e ",
  ])("%s", (text) => {
    const { position, squareM } = read(text);
    expect(position.latitudeDeg).toBeCloseTo(33.3, 9);
    expect(position.longitudeDeg).toBeCloseTo(44.4, 9);
    expect(squareM).toBeUndefined();
  });

  // Cape Morris Jesup in the forms of GeoConvert's own page: within a tenth of a minute of each other.
  it.each(["83.627 -32.664", "W32°40' N83°37.6'", `83°37'39"N 32°39'52"W`, "32:39.9W 83:37.6N", "83°37,6'N 32°39,9'O"])(
    "west and north of Greenland: %s",
    (text) => {
      const { position } = read(text);
      expect(Math.abs(position.latitudeDeg - 83.627)).toBeLessThan(0.001);
      expect(Math.abs(position.longitudeDeg + 32.664)).toBeLessThan(0.003);
    },
  );

  it("south and west are negative, and a zero is no negative zero", () => {
    expect(read("41°19'12\"S 174°48'36\"E").position).toEqual({ latitudeDeg: -41.32, longitudeDeg: 174.81 });
    expect(read("0.5S 0W").position).toEqual({ latitudeDeg: -0.5, longitudeDeg: 0 });
    expect(read("−33.5 −0.25").position).toEqual({ latitudeDeg: -33.5, longitudeDeg: -0.25 });
  });

  it.each([
    ["Wissant", "not-a-position"],
    ["", "not-a-position"],
    ["Cap 50 1", "not-a-position"],
    ["C-14", "not-a-position"],
    ["50.7745N", "one-coordinate"],
    ["1°36'O", "one-coordinate"],
    ["50,1", "comma"],
    ["50,7745,1,6075", "comma"],
    ["50.7745N 1.6075", "letters"],
    ["50N 1S", "letters"],
    ["1E 50W", "letters"],
    ["50 46.47 1 36.45", "letters"],
    ["50 46 28 1 36 27", "letters"],
    ["50 46 1", "letters"],
    ["50,7745 1.6075", "letters"],
    ["-50.7 S 1.6 E", "sign-and-letter"],
    ["50.5°30'N 1°E", "fraction"],
  ])("refuses %s: %s", (text, kind) => {
    expect(refusalOf(text)).toEqual({ kind });
  });

  it.each([
    ["90.001 1", "latitude"],
    ["N 91 E 1", "latitude"],
    ["90°00.1'N 1°E", "latitude"],
    ["50 180.5", "longitude"],
    ["504628N 0013627E", "latitude"],
    ["50°60'N 1°E", "minutes"],
    ["50°46'60\"N 1°E", "seconds"],
  ])("refuses %s: its %s is out of range", (text, part) => {
    expect(refusalOf(text)).toEqual({ kind: "out-of-range", part });
  });

  it("takes the limits themselves", () => {
    expect(read("90 180").position).toEqual({ latitudeDeg: 90, longitudeDeg: 180 });
    expect(read("S90 W180").position).toEqual({ latitudeDeg: -90, longitudeDeg: -180 });
  });
});

describe("MGRS", () => {
  it("is the middle of its square", () => {
    // GeoConvert's manual gives the middle of this square of a kilometre, to five decimals.
    const { position, squareM } = read("38SMB4488");
    expect(geodesicDistanceM(position, { latitudeDeg: 33.334_24, longitudeDeg: 44.403_63 })).toBeLessThan(0.7);
    expect(squareM).toBe(1000);
  });

  it.each([
    // Documented examples of tools that give the south-west corner: half a diagonal from the middle. Palantir's function:
    ["4Q FJ 12345 67890", 21.409_796_672, -157.916_081_174, 1],
    ["4QFJ123678", 21.408_985_456, -157.916_521_275, 100],
    ["4q fj 1 6", 21.338_665_625, -157.939_216_706, 10_000],
    // and the README of the Common Lisp package.
    ["32UPU9401035891", 48.146_655_723_268, 11.608_325_705_42, 1],
  ])("%s lies half a diagonal from its corner", (text, latitudeDeg, longitudeDeg, sideM) => {
    const { position, squareM } = read(text);
    const corner = { latitudeDeg, longitudeDeg };
    expect(squareM).toBe(sideM);
    expect(geodesicDistanceM(corner, position) / sideM).toBeCloseTo(Math.SQRT1_2, 2);
    // 45 degrees, but for the angle between grid north and true north.
    expect(Math.abs(initialBearingDeg(corner, position) - 45)).toBeLessThan(2);
  });

  it("of this coast is in this coast's zone", () => {
    expect(read("31U DS 01813 25000").position.longitudeDeg).toBeLessThan(3);
  });

  it.each([
    ["38SMB", "digits"],
    ["38SMB448", "digits"],
    ["38SMB 44 8812", "digits"],
    ["38SMB 444444 888888", "digits"],
    // Column A of zone 31 lies three degrees west of the zone.
    ["31UAA1234567890", "square"],
    ["61UDR1212", "square"],
    ["0UDR1212", "square"],
    ["31IDR1212", "square"],
    ["31UZZ1212", "square"],
    // Of the next band: the row is 8 degrees further north.
    ["38TMB4488", "square"],
    ["YUB17770380", "polar"],
  ])("refuses %s: %s", (text, problem) => {
    expect(refusalOf(text)).toEqual({ kind: "grid-reference", problem });
  });
});
