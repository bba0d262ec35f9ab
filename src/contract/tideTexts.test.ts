import { expect, it } from "vitest";
import type { KnownTide } from "../geo/tide/tideModel.js";
import { tideText, tideTexts } from "./tideTexts.js";

const FALLING: KnownTide = {
  ...{ kind: "known", unixTimeMs: Date.parse("2026-12-01T01:00:00Z"), trend: "falling" },
  ...{ heightChartDatumM: 6.24, heightAmslM: 1.4, meanHighWaterSpringsM: 8.75 },
  sigma: { chartDatumM: 0.25, amslM: 0.39 },
  nextHigh: { unixTimeMs: Date.parse("2026-12-01T10:05:00Z"), heightChartDatumM: 8 },
  nextLow: { unixTimeMs: Date.parse("2026-12-01T04:30:40Z"), heightChartDatumM: 1.2 },
  ports: [{ name: "Boulogne", nameIn: {}, share: 1, distanceM: 500 }],
};
const dunkirk = { name: "Dunkerque", nameIn: { en: "Dunkirk" }, share: 0.7, distanceM: 9000 };
const calais = { name: "Calais", nameIn: {}, share: 0.3, distanceM: 21_000 };
const inLanguage = (language: "en" | "fr", tide: KnownTide | undefined) =>
  tideText(
    (key, facts = {}) => tideTexts[language][key].replace(/\{\{(\w+)\}\}/g, (_, fact: string) => facts[fact] ?? "?"),
    tide,
    { language, height: (valueM) => `${valueM.toFixed(1)} m` },
  );

it("is the port, the height, the way it goes and the turn that comes first", () => {
  expect(inLanguage("en", FALLING)).toBe("Tide Boulogne 6.2 m CD, falling, low 04:31 UTC");
  expect(inLanguage("fr", FALLING)).toBe("Marée Boulogne 6.2 m ZH, descendante, basse mer 04:31 UTC");
  expect(inLanguage("en", { ...FALLING, trend: "rising" })).toBe("Tide Boulogne 6.2 m CD, rising, high 10:05 UTC");
});

it("names two ports where both have a part, in the language of the screen", () => {
  expect(inLanguage("en", { ...FALLING, ports: [dunkirk, calais] })).toContain("Tide Dunkirk–Calais 6.2 m");
  expect(inLanguage("fr", { ...FALLING, ports: [dunkirk, calais] })).toContain("Marée Dunkerque–Calais");
  const nearly = [
    { ...dunkirk, share: 0.96 },
    { ...calais, share: 0.04 },
  ];
  expect(inLanguage("en", { ...FALLING, ports: nearly })).toContain("Tide Dunkirk 6.2 m");
});

it("is no figure where the tide is not known", () => {
  expect(inLanguage("en", undefined)).toBe("Tide unknown");
  expect(inLanguage("fr", undefined)).toBe("Marée inconnue");
});
