import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { FlightAlarm } from "../../src/vehicle/flightAlarms.js";
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
  const text = [...source.matchAll(/\bkey: "([a-z-]+)"/g), ...source.matchAll(/#notice\(\w+, "([a-z-]+)"/g)];
  const keys = [...new Set(text.map(([, key]) => `notice.${key!}`))];
  expect(keys.length).toBeGreaterThan(10);
  for (const key of keys) {
    expect(DICTIONARIES.en, key).toHaveProperty([key]);
    expect(DICTIONARIES.fr, key).toHaveProperty([key]);
  }
});

it("issue 6: has words for every alarm of a flight: a kind without them does not compile", () => {
  const kinds: Readonly<Record<FlightAlarm["kind"], true>> = {
    fall: true,
    "ground-impact": true,
    "disarmed-in-air": true,
    "disarmed-by-itself": true,
    "disarmed-unheard": true,
    "armed-elsewhere": true,
    "fence-breach": true,
    "fence-breach-over": true,
  };
  for (const kind of Object.keys(kinds)) {
    expect(DICTIONARIES.en).toHaveProperty([`notice.flight-${kind}`]);
    expect(DICTIONARIES.fr).toHaveProperty([`notice.flight-${kind}`]);
  }
});
