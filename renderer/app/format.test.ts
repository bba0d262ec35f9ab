import { describe, expect, it } from "vitest";
import { makeFormat } from "./format.js";

const en = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
const fr = makeFormat("fr", { lengths: "m", speeds: "kn", positions: "dm" });
const feet = makeFormat("en", { lengths: "ft", speeds: "kn", positions: "dm" });
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

describe("format", () => {
  it("joins a thing and what is said of it: French has a space before the colon, and no line breaks there", () => {
    expect(en.labelled("Start SIM-1", "not sent")).toBe("Start SIM-1: not sent");
    expect(fr.labelled("Démarrer SIM-1", "non envoyé")).toBe("Démarrer SIM-1\u00a0: non envoyé");
  });

  it("keeps number and unit together and follows the language's decimal mark", () => {
    expect(en.lengthText(7.84, 1)).toBe("7.8\u00a0m");
    expect(fr.numberText(7.84, 1)).toBe("7,8");
    expect(plain(fr.percentText(0.974, 1))).toBe("97,4 %");
  });

  it("never shows a zero with a sign", () => {
    expect(en.numberText(-0.04, 1)).toBe("0.0");
    expect(en.numberText(-0.06, 1)).toBe("−0.1");
    expect(en.angleText(0.4)).toBe("0°");
    expect(en.angleText(2.4)).toBe("+2°");
  });

  it("converts by the definitions: 0.3048 m a foot, 1852 m a nautical mile", () => {
    expect(plain(feet.lengthText(120))).toBe("394 ft");
    expect(plain(feet.speedText(10))).toBe("19.4 kn");
    expect(plain(fr.speedText(10))).toBe("19,4 nd");
    expect(plain(feet.wayText(1852))).toBe("1.00 NM");
  });

  it("shows one coordinate with the digits that a line of the graticule needs", () => {
    expect(plain(en.coordinateText("latitude", 50.75, 2))).toBe("50.75° N");
    expect(plain(en.coordinateText("longitude", -2, 0))).toBe("2° W");
    expect(plain(fr.coordinateText("longitude", -1.6, 0))).toBe("001° 36' O");
    expect(plain(fr.coordinateText("latitude", 50.5, 2))).toBe("50° 30,00' N");
    expect(plain(feet.coordinateText("latitude", 49.999_99, 0))).toBe("50° 00' N");
  });

  it("shows areas in units of their size: 10,000 m² a hectare, 1852² m² a square mile", () => {
    expect([0, 9999.4, 9999.6, 123_456, 999_960, 2_500_000, 250e6].map((m2) => plain(fr.areaText(m2)))).toEqual([
      "0 m²",
      "9999 m²",
      "1,00 ha",
      "12,35 ha",
      "1,00 km²",
      "2,50 km²",
      "250 km²",
    ]);
    expect([1000, 3_429_904].map((m2) => plain(feet.areaText(m2)))).toEqual(["10764 ft²", "1.00 NM²"]);
  });

  it("changes from metres to kilometres where the rounding does", () => {
    expect(["999 m", "1.00 km", "4.21 km", "100 km"]).toEqual(
      [999.4, 999.6, 4213, 99_960].map((m) => plain(en.wayText(m))),
    );
  });

  it("carries seconds into minutes and hours", () => {
    expect([0, 9.6, 130, 3599.7, 3730].map(en.spanText)).toEqual(["0:00", "0:10", "2:10", "1:00:00", "1:02:10"]);
    expect([12, 99, 190, 8000].map((s) => plain(en.ageText(s)))).toEqual(["12 s", "99 s", "3 min", "2 h"]);
  });

  it("writes positions in degrees, or degrees and minutes that never reach sixty", () => {
    const place = { latitudeDeg: 50.76913, longitudeDeg: -1.60412 };
    expect(plain(en.positionText(place))).toBe("50.76913° N  1.60412° W");
    expect(plain(fr.positionText(place))).toBe("50° 46,148' N  001° 36,247' O");
    expect(plain(feet.positionText({ latitudeDeg: 50.9999999, longitudeDeg: 0 }))).toBe(
      "51° 00.000' N  000° 00.000' E",
    );
  });

  it("writes directions with three figures, north as 000", () => {
    expect([7, 359.6, 214.2, -1].map(en.bearingText)).toEqual(["007°", "000°", "214°", "359°"]);
  });

  it("writes times in UTC and dates as the language does", () => {
    const at = Date.UTC(2026, 10, 23, 2, 14, 7) * 1000;
    expect(en.utcText(at)).toBe("02:14:07");
    expect([en.utcDateText(at), fr.utcDateText(at)]).toEqual(["2026-11-23", "23/11/2026"]);
    expect([en.bytesText(48_200_000), fr.bytesText(1500)].map(plain)).toEqual(["48.2 MB", "2 ko"]);
  });
});
