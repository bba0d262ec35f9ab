import { join } from "node:path";
import { expect, it } from "vitest";
import { sortieFolders } from "./sortieFolders.js";

const BEGUN_UNIX_US = Date.UTC(2026, 10, 23, 2, 10) * 1000;

it("names folders by time and label, but the first as it was asked for", () => {
  const next = sortieFolders({ sortiesFolder: "sorties", firstFolder: join("elsewhere", "one"), label: "beach" });
  expect(next(BEGUN_UNIX_US)).toBe(join("elsewhere", "one"));
  expect(next(BEGUN_UNIX_US)).toBe(join("sorties", "2026-11-23T02-10-00Z-beach"));
  expect(next(BEGUN_UNIX_US + 1_000_000)).toBe(join("sorties", "2026-11-23T02-10-01Z-beach"));
});
