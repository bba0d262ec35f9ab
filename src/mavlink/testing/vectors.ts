import { existsSync, readFileSync } from "node:fs";

const fixture = (file: string): URL => new URL(`../fixtures/${file}`, import.meta.url);
/** Recordings that are too large to keep twice lie beside the checkout where the project is worked on. */
const beside = (file: string): URL => new URL(`../../../../shared/vectors/${file}`, import.meta.url);

/** Bytes of a recording made by a real autopilot, undefined where it is not at hand. */
export function vectorBytes(file: string): Uint8Array | undefined {
  const place = [fixture(file), beside(file)].find((url) => existsSync(url));
  return place && new Uint8Array(readFileSync(place));
}

/** What another program counted in it. */
export function vectorSummary(file: string): unknown {
  const bytes = vectorBytes(file.replace(/\.tlog$/, ".summary.json"));
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}
