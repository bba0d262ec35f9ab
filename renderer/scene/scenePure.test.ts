import { describe, expect, it } from "vitest";
import { niceLengthM } from "./niceLength.js";
import { qualityFor } from "./quality.js";
import { THERMAL_PALETTES, paletteTable } from "./thermalPalette.js";
import { paletteFor } from "./scenePalette.js";
import { sceneTexts } from "./texts.js";

describe("thermal palettes", () => {
  it.each(THERMAL_PALETTES)("%s changes luminance in one direction only", (palette) => {
    const table = paletteTable(palette);
    // ITU-R BT.709 luma.
    const luma = (i: number) => 0.2126 * table[i * 4]! + 0.7152 * table[i * 4 + 1]! + 0.0722 * table[i * 4 + 2]!;
    const sign = palette === "black-hot" ? -1 : 1;
    for (let i = 1; i < 256; i++) expect(sign * (luma(i) - luma(i - 1))).toBeGreaterThanOrEqual(-0.01);
    expect(Math.abs(luma(255) - luma(0))).toBeGreaterThan(240);
  });
});

it("keeps the full picture for a graphics card, the calm one for software", () => {
  expect(qualityFor("ANGLE (NVIDIA, GeForce RTX 3060)").isCalm).toBe(false);
  expect(qualityFor("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)))").isCalm).toBe(true);
});

describe("scale bar", () => {
  it.each([
    [130, 100],
    [99, 50],
    [49, 20],
    [1, 1],
    [4800, 2000],
  ])("fits %i m with %i m", (room, length) => expect(niceLengthM(room)).toBe(length));
});

it("falls back to night for a theme it does not know", () => {
  expect(paletteFor(undefined).name).toBe("night");
  expect(paletteFor("mauve").name).toBe("night");
  expect(paletteFor("red").name).toBe("red");
});

it("says everything in both languages", () => {
  expect(Object.keys(sceneTexts.fr)).toEqual(Object.keys(sceneTexts.en));
});
