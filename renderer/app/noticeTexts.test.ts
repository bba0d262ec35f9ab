import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DICTIONARIES } from "./dictionary.js";

const stationFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return stationFiles(path);
    return entry.name.endsWith(".ts") && !entry.name.includes(".test.") ? [path] : [];
  });

it("has words for everything the station says of its own accord", () => {
  const source = stationFiles("src/station")
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const said = [...source.matchAll(/\bkey: "([a-z-]+)"/g), ...source.matchAll(/#notice\(\w+, "([a-z-]+)"/g)];
  const keys = [...new Set(said.map(([, key]) => `notice.${key!}`))];
  expect(keys.length).toBeGreaterThan(10);
  for (const key of keys) {
    expect(DICTIONARIES.en, key).toHaveProperty([key]);
    expect(DICTIONARIES.fr, key).toHaveProperty([key]);
  }
});
