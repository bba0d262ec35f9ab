import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, readSettings } from "./settings.js";

describe("settings", () => {
  it.each([null, "", "not json", "[]", "7", '{"theme":"pink","units":{"lengths":3},"screenScale":3}'])(
    "falls back field by field from %j",
    (stored) => {
      expect(readSettings(stored, DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
    },
  );
  it("keeps what is sound beside what is not", () => {
    const stored =
      '{"language":"fr","theme":"neon","units":{"speeds":"kn"},"isMuted":"yes","arePlaceNamesShown":false,"isGraticuleShown":true,"areContoursShown":true,"groundShading":"steepness","groundLight":"moon","isMiniMapShown":true,"hiddenOverlays":["Zones",7],"screenScale":1.25}';
    expect(readSettings(stored, DEFAULT_SETTINGS)).toEqual({
      ...DEFAULT_SETTINGS,
      language: "fr",
      units: { ...DEFAULT_SETTINGS.units, speeds: "kn" },
      arePlaceNamesShown: false,
      isGraticuleShown: true,
      areContoursShown: true,
      groundShading: "steepness",
      hiddenOverlays: ["Zones"],
      isMiniMapShown: true,
      screenScale: 1.25,
    });
  });
});
