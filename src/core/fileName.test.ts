import { describe, expect, it } from "vitest";
import { fileNameProblem } from "./fileName.js";

describe("attack 8: names that become files", () => {
  it.each(["Plage 3", "été.à Boulogne", "CONsole", "com10", "x".repeat(120), "é".repeat(60)])(
    "%j may be used",
    (name) => {
      expect(fileNameProblem(name)).toBeUndefined();
    },
  );
  it.each([
    ["", "empty"],
    [" ", "empty"],
    ["\u00a0", "empty"],
    [" a", "spaces"],
    ["a ", "spaces"],
    [".", "dot"],
    ["..", "dot"],
    [".hidden", "dot"],
    ["a.", "dot"],
    ["../x", "dot"],
    ["a/b", "characters"],
    ["a\\b", "characters"],
    ["a:b", "characters"],
    ["a\0b", "unseen"],
    ["a\nb", "unseen"],
    ["\u202etxt.nalp", "unseen"],
    ["a\u200bb", "unseen"],
    ["a\ud800", "unseen"],
    ["CON", "device"],
    ["nul.old", "device"],
    ["Lpt1", "device"],
    ["é".repeat(190), "too-long"],
    ["x".repeat(121), "too-long"],
  ])("%j is refused: %s", (name, problem) => {
    expect(fileNameProblem(name)).toBe(problem);
  });
});
