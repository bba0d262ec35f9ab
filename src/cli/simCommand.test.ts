import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { withCoast } from "./simCommand.js";

it("a drawn scene lies on the coast of this installation unless another is named", () => {
  const [, , name, file = ""] = withCoast(["--generate", "7"]);
  expect(name).toBe("--coast");
  expect(existsSync(file), file).toBe(true);
  expect(withCoast(["--generate=7", "--coast=own.json"])).toEqual(["--generate=7", "--coast=own.json"]);
  expect(withCoast(["--scenario", "a.json"])).toEqual(["--scenario", "a.json"]);
});
