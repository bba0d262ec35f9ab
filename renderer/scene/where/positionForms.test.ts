/** Positions as texts. The MGRS digits are those of gdaltransform (EPSG:4326 to EPSG:32631, and 32630 west of Greenwich). */
import { describe, expect, it } from "vitest";
import { seededRng } from "../../../src/core/rng.js";
import { geodesicDistanceM } from "../../../src/geo/geodesic.js";
import { readPositionText } from "../../../src/geo/positionText.js";
import { forCopying, positionForms } from "./positionForms.js";

const formsOf = (latitudeDeg: number, longitudeDeg: number, language: "en" | "fr" = "en") =>
  Object.fromEntries(
    positionForms({ latitudeDeg, longitudeDeg }, language).map(({ form, text }) => [form, forCopying(text)]),
  );

describe("a position in every form", () => {
  it("in English", () => {
    expect(formsOf(50.7745, 1.6075)).toEqual({
      deg: "50.77450° N 1.60750° E",
      dm: "50° 46.470' N 001° 36.450' E",
      dms: "50° 46' 28.20\" N 001° 36' 27.00\" E",
      mgrs: "31U DS 01817 25673",
    });
  });

  it("in French, where west is O", () => {
    const { deg, dms, mgrs } = formsOf(48.3, -4.50012, "fr");
    expect([deg, dms]).toEqual(["48,30000° N 4,50012° O", "48° 18' 00,00\" N 004° 30' 00,43\" O"]);
    expect(mgrs).toMatch(/^30U UU /);
  });

  it("never has sixty seconds or sixty minutes", () => {
    expect(formsOf(50.99999999, -0.99999999)["dms"]).toBe("51° 00' 00.00\" N 001° 00' 00.00\" W");
  });

  it("has no MGRS in the polar caps", () => {
    expect(Object.keys(formsOf(85, 1))).toEqual(["deg", "dm", "dms"]);
    expect(Object.keys(formsOf(-80.5, 1))).toEqual(["deg", "dm", "dms"]);
  });

  it.each(["en", "fr"] as const)(
    "is read back by the search field as the same place to two metres (%s)",
    (language) => {
      const rng = seededRng(8);
      for (let i = 0; i < 200; i++) {
        const place = { latitudeDeg: rng.uniform() * 160 - 79, longitudeDeg: rng.uniform() * 359 - 179 };
        for (const { form, text } of positionForms(place, language)) {
          const read = readPositionText(forCopying(text));
          expect([form, text, read.ok]).toEqual([form, text, true]);
          if (read.ok) expect(geodesicDistanceM(read.value.position, place)).toBeLessThan(2);
        }
      }
    },
  );
});
