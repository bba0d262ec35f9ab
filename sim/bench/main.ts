/**
 * `npm run bench`: every figure beside that of another program measured in the same run, as a ratio, because absolute times depend on
 * the machine. `--quick` shortens the memory run to two minutes; `--only NAME` runs one benchmark.
 */
import { homedir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { benchTable, type BenchLine } from "./benchLine.js";
import { benchCoast } from "./coast.js";
import { benchCoverage } from "./coverage.js";
import { benchDecode } from "./decode.js";
import { benchFrames, benchStart } from "./browser.js";
import { benchFleet } from "./fleet.js";
import { benchHeartbeats } from "./heartbeats.js";
import { benchMap } from "./map.js";
import { benchMavlinkReader } from "./mavlinkReader.js";
import { benchMemory } from "./memory.js";
import { benchReplay } from "./replay.js";
import { benchTelemetry } from "./telemetry.js";
import { benchVision } from "./vision.js";

const cache = process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache");
const TEST_ELECTRON = path.join(cache, "vigie", "electron-25.1.1");

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" } },
});

const BENCHES: Readonly<Record<string, () => Promise<readonly BenchLine[]>>> = {
  mavlink: async () => [await benchMavlinkReader()],
  replay: benchReplay,
  fleet: benchFleet,
  telemetry: benchTelemetry,
  heartbeats: benchHeartbeats,
  coast: () => Promise.resolve([benchCoast()]),
  coverage: () => Promise.resolve(benchCoverage()),
  vision: async () => [await benchDecode(), ...(await benchVision())],
  frames: async () => [await benchFrames()],
  map: () => benchMap(values.quick ? 2 : 10),
  start: async () => [await benchStart(TEST_ELECTRON)],
  memory: async () => [await benchMemory(values.quick ? 2 : 10)],
};

async function run(): Promise<void> {
  const lines: BenchLine[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (values.only !== undefined && values.only !== name) continue;
    process.stderr.write(`bench: ${name}...\n`);
    lines.push(...(await bench()));
  }
  console.log(benchTable(lines));
}

run().catch((problem: unknown) => {
  console.error(problem);
  process.exitCode = 1;
});
