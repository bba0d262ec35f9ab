import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("the screens that a test run builds are those a user gets: React without its development half, no machine's paths", () => {
  const folder = "dist/renderer/assets";
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(0);
  for (const name of scripts) {
    const text = readFileSync(`${folder}/${name}`, "utf8");
    expect(text.includes("jsxDEV"), name).toBe(false);
    expect(text.includes(process.cwd()), name).toBe(false);
  }
});
