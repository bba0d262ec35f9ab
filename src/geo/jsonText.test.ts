import { describe, expect, it } from "vitest";
import { parseJsonObject } from "./jsonText.js";

describe("findings 6.10: a file from outside costs no more than it is worth", () => {
  it("five megabytes of empty arrays are refused with their place, unparsed", () => {
    const read = parseJsonObject(`{\n"a": [${"[],".repeat(1_500_000)}[]]}`, "a.plan");
    expect(read).toMatchObject({
      ok: false,
      error: {
        kind: "bad-file",
        path: "a.plan",
        where: "line 2, column 1500003",
        problem: "more than 1 million values",
      },
    });
  });

  it("too deep tells where", () => {
    expect(parseJsonObject(`{"a": ${"[".repeat(70)}`, "a.plan")).toMatchObject({
      ok: false,
      error: { where: "line 1, column 70", problem: "nested deeper than 64 levels" },
    });
  });
});
