/** Milliseconds per frame from transport stream bytes to luma in the headless station, against ffmpeg. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createNapiDecoder } from "../../src/io/decoderNapi.js";
import { createTsDemuxer } from "../../src/video/tsDemuxer.js";
import { openPipeline } from "../camera/pipeline.js";
import type { Scenario } from "../scenario.js";
import { median, type BenchLine } from "./benchLine.js";

const COUNT_OF_FRAMES = 150;
const ROUNDS = 3;

/** A leg over the first training scenario, encoded by the simulator's camera. */
async function codedLeg(): Promise<Buffer> {
  const file = path.resolve("missions/scenarios/boulogne-night-1.json");
  const scenario = JSON.parse(readFileSync(file, "utf8")) as Scenario;
  const packets: Uint8Array[] = [];
  const pipeline = openPipeline({
    scenario,
    seed: scenario.seed,
    onPackets: (bytes) => packets.push(bytes.slice()),
    onFailure: (message) => {
      throw new Error(message);
    },
  });
  for (let i = 0; i < COUNT_OF_FRAMES; i++) {
    const pose = {
      latitudeDeg: scenario.home.latitudeDeg + i * 3e-6,
      longitudeDeg: scenario.home.longitudeDeg - 1e-3,
      altitudeAmslM: scenario.home.altitudeAmslM + 70,
      ...{ headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
      ...{ gimbalAzimuthDeg: 0, gimbalElevationDeg: -90, gimbalRollDeg: 0 },
    };
    const exposure = { unixTimeUs: 1_795_400_000_000_000 + i * 40_000, scenarioS: i / 25, truth: pose, estimate: pose };
    while (!pipeline.expose(exposure)) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await pipeline.close();
  return Buffer.concat(packets);
}

async function decodeOnceMs(stream: Buffer): Promise<number> {
  const made = await createNapiDecoder({ queueMax: COUNT_OF_FRAMES });
  if (!made.ok) throw new Error(made.error.because);
  const demuxer = createTsDemuxer();
  const start = performance.now();
  for (const event of [...demuxer.push(stream), ...demuxer.flush()]) {
    if (event.kind === "access-unit") made.value.decode({ tagUs: event.ptsUs ?? 0, ...event });
  }
  await made.value.flush();
  const tookMs = (performance.now() - start) / Math.max(1, made.value.stats().countOfDecoded);
  await made.value.close();
  return tookMs;
}

function ffmpegOnceMs(file: string): number {
  const start = performance.now();
  spawnSync("ffmpeg", [
    "-v",
    "quiet",
    "-threads",
    "1",
    "-i",
    file,
    "-map",
    "0:v",
    "-pix_fmt",
    "gray",
    "-f",
    "null",
    "-",
  ]);
  return (performance.now() - start) / COUNT_OF_FRAMES;
}

export async function benchDecode(): Promise<BenchLine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "vigie-decode-"));
  const file = path.join(folder, "leg.ts");
  const stream = await codedLeg();
  writeFileSync(file, stream);
  const oursMs: number[] = [];
  const theirsMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    oursMs.push(await decodeOnceMs(stream));
    theirsMs.push(ffmpegOnceMs(file));
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    name: "demux and decode, 640x512",
    value: median(oursMs),
    unit: "ms a frame",
    peer: { name: "ffmpeg, one thread, its start included", value: median(theirsMs) },
    ratio: median(theirsMs) / median(oursMs),
  };
}
