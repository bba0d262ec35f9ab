import { existsSync, readFileSync } from "node:fs";

const fixture = (file: string): URL => new URL(`../fixtures/${file}`, import.meta.url);
/** Recordings that are too large for the repository are stored beside the checkout where the project is developed. */
const beside = (file: string): URL => new URL(`../../../../shared/vectors/${file}`, import.meta.url);

/** The bytes of a real autopilot's recording; undefined where the file does not exist. */
export function vectorBytes(file: string): Uint8Array | undefined {
  const place = [fixture(file), beside(file)].find((url) => existsSync(url));
  return place && new Uint8Array(readFileSync(place));
}

/** What another program counted in the same recording. */
export function vectorSummary(file: string): unknown {
  const bytes = vectorBytes(file.replace(/\.tlog$/, ".summary.json"));
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}
