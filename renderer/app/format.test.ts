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
