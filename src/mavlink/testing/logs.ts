import { readFileSync } from "node:fs";

const fixture = (file: string): URL => new URL(`../fixtures/logs/${file}`, import.meta.url);

/** Logs made by `fixtures/logs/makeLogs.py`, and what that program wrote into them. */
export const logBytes = (file: "flight.bin" | "flight.ulg" | "old.ulg"): Uint8Array =>
  new Uint8Array(readFileSync(fixture(file)));
export const logSummary = (file: "flight.bin" | "flight.ulg"): unknown =>
  JSON.parse(readFileSync(fixture(`${file}.summary.json`), "utf8"));
