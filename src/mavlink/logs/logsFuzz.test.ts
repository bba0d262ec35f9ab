/** Damaged log files of every kind: they must be read to the end, and nothing may throw. */
import { describe, expect, it } from "vitest";
import { seededRng, type Rng } from "../../core/rng.js";
import { recording } from "../testing/golden.js";
import { logBytes } from "../testing/logs.js";
import { below, joined, noise } from "../testing/mutate.js";
import { FlightReading } from "./flightReading.js";
import { openLog } from "./openLog.js";

const FILES = [
  ["a.tlog", recording("plane").slice(0, 60_000)],
  ["a.bin", logBytes("flight.bin").slice(0, 40_000)],
  ["a.ulg", logBytes("flight.ulg").slice(0, 50_000)],
] as const;
const ROUNDS = 100;

/** Several places of damage in a file, most of them early, where logs describe their own format. */
function wounded(rng: Rng, bytes: Uint8Array): Uint8Array {
  let copy: Uint8Array = bytes.slice();
  for (let i = below(rng, 12); i >= 0; i--) {
    const at = Math.floor(rng.uniform() ** 2 * copy.length);
    const kind = below(rng, 5);
    if (kind === 0) copy[at] = below(rng, 256);
    else if (kind === 1) copy.fill(below(rng, 256), at, at + below(rng, 300));
    else if (kind === 2) copy = joined([copy.slice(0, at), noise(rng, below(rng, 200)), copy.slice(at)]);
    else if (kind === 3) copy = joined([copy.slice(0, at), copy.slice(at + below(rng, 200))]);
    else copy = joined([copy.slice(0, at), copy.slice(below(rng, at + 1), at), copy.slice(at)]);
  }
  return rng.uniform() < 0.3 ? copy.slice(0, below(rng, copy.length)) : copy;
}

describe.each(FILES)("damaged %s", (name, bytes) => {
  const soundFrames = new FlightReading(openLog(name, bytes)).finish().report.frames;

  it("is read to its end, and so is every instant of it", () => {
    let countOfFrames = 0;
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const rng = seededRng(seed);
      const file = wounded(rng, bytes);
      const { report, problems, stateAt } = new FlightReading(openLog(name, file)).finish();
      const { firstUnixUs, lastUnixUs } = report;
      stateAt(firstUnixUs + rng.uniform() * (lastUnixUs - firstUnixUs));
      expect(problems.length, `seed ${seed}`).toBeLessThanOrEqual(110);
      countOfFrames += report.frames;
    }
    // Most of the valid frames must still be found.
    expect(countOfFrames).toBeGreaterThan(soundFrames * ROUNDS * 0.3);
  });

  it("of another kind of log, or of nothing, is no log", () => {
    const rng = seededRng(9);
    for (const [, other] of FILES) new FlightReading(openLog(name, other)).finish();
    for (let i = 0; i < 5; i++) {
      const flight = new FlightReading(openLog(name, noise(rng, 5000))).finish();
      expect(flight.report.vehicles.every(({ modes }) => modes.length === 0)).toBe(true);
    }
  });
});
