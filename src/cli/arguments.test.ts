import { describe, expect, it } from "vitest";
import { readArguments } from "./arguments.js";

const printed = (...argv: readonly string[]): string => {
  const read = readArguments(argv, { json: { type: "boolean" }, wind: { type: "string" } });
  return read.ok ? "" : read.error;
};

describe("wrong use of the command line", () => {
  it.each([
    [["--foo"], "there is no option --foo"],
    [["-x"], "there is no option -x"],
    [["--json=3"], "--json takes no value"],
    [["--wind"], "--wind needs a value"],
    [["--wind", "-5"], "--wind needs a value; write --wind=VALUE if it begins with a dash"],
  ])("%j is told in our own words", (argv, words) => {
    expect(printed(...argv)).toBe(words);
  });
});
