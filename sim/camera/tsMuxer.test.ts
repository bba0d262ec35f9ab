import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { committedScenario, poseOver } from "../testing/scenarios.js";
import { openPipeline } from "./pipeline.js";
import { openPoseKlv } from "./poseKlv.js";
import { crc32Mpeg } from "./psi.js";
import { openTsMuxer, TS_PACKET } from "./tsMuxer.js";

const FRAMES = 50;
const hasFfmpeg = spawnSync("ffprobe", ["-version"]).status === 0;

type Probed = {
  readonly streams: readonly unknown[];
  readonly frames: readonly { readonly key_frame: number }[];
  readonly packets: readonly { readonly stream_index: number; readonly pts: number }[];
};

const scenario = committedScenario("boulogne-night-1");
const exposures = Array.from({ length: FRAMES }, (_, i) => {
  const truth = poseOver(scenario, { eastM: -110 + i * 0.35, northM: -60, headingDeg: 350, elevationDeg: -85 });
  return { unixTimeUs: 1_795_400_000_000_000 + i * 40_000, scenarioS: 10 + i * 0.04, truth, estimate: truth };
});

describe("transport stream", () => {
  it("ends its tables with the CRC the standard names", () => {
    expect(crc32Mpeg([...Buffer.from("123456789")])).toBe(0x0376e6e7); // the catalogued check of CRC-32/MPEG-2
  });

  it("fills whole packets and counts them per stream, whatever the size of a frame", () => {
    const muxer = openTsMuxer();
    const counters = new Map<number, number>();
    for (let size = 1; size < 600; size++) {
      const video = new Uint8Array(size).fill(1);
      const packets = muxer.mux({ timeUs: size * 40_000, video, klv: new Uint8Array(size % 251), isKeyframe: false });
      expect(packets.length % TS_PACKET).toBe(0);
      for (let at = 0; at < packets.length; at += TS_PACKET) {
        expect(packets[at]).toBe(0x47);
        const pid = ((packets[at + 1]! & 0x1f) << 8) | packets[at + 2]!;
        const counter = packets[at + 3]! & 15;
        const before = counters.get(pid);
        if (before !== undefined) expect(counter).toBe((before + 1) & 15);
        counters.set(pid, counter);
      }
    }
  });
});

describe.skipIf(!hasFfmpeg)("transport stream as ffmpeg reads it (skipped where ffmpeg is absent)", () => {
  const folder = mkdtempSync(join(tmpdir(), "vigie-ts-"));
  const file = join(folder, "video.ts");
  const probe = (...args: string[]) =>
    JSON.parse(execFileSync("ffprobe", ["-v", "error", "-of", "json", ...args, file], { encoding: "utf8" })) as Probed;

  beforeAll(async () => {
    const parts: Uint8Array[] = [];
    const failures: string[] = [];
    const onPackets = (packets: Uint8Array) => parts.push(packets);
    const pipeline = openPipeline({ scenario, seed: 1, onPackets, onFailure: (message) => failures.push(message) });
    for (const exposure of exposures) {
      // The encoder's results arrive in later turns of the event loop, so wait for one when its queue is full.
      while (!pipeline.expose(exposure)) await new Promise((resolve) => setImmediate(resolve));
    }
    await pipeline.close();
    expect(failures).toEqual([]);
    writeFileSync(file, Buffer.concat(parts));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("holds H.264 without B-frames and KLV", () => {
    const { streams } = probe("-show_streams");
    expect(streams).toHaveLength(2);
    expect(streams[0]).toMatchObject({ codec_name: "h264", width: 640, height: 512, has_b_frames: 0 });
    expect(streams[1]).toMatchObject({ codec_name: "klv", codec_tag_string: "KLVA" });
  });

  it("decodes to every frame without a complaint, a keyframe each second or sooner", () => {
    const run = spawnSync("ffmpeg", ["-v", "warning", "-i", file, "-map", "0:v", "-f", "null", "-"], {
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    const { frames } = probe("-select_streams", "v", "-show_entries", "frame=key_frame");
    expect(frames).toHaveLength(FRAMES);
    const keys = frames.flatMap((frame, i) => (frame.key_frame ? [i] : []));
    expect(keys.slice(0, 3)).toEqual([0, 20, 40]);
  });

  it("gives a frame and its metadata the same time, 40 ms after the last", () => {
    const { packets } = probe("-show_entries", "packet=stream_index,pts");
    const ptsOf = (stream: number) =>
      packets.filter((packet) => packet.stream_index === stream).map((packet) => packet.pts);
    expect(ptsOf(1)).toEqual(ptsOf(0));
    expect(ptsOf(0)[1]! - ptsOf(0)[0]!).toBe(3600);
  });

  it("carries each pose packet unharmed", () => {
    const args = ["-v", "error", "-i", file, "-map", "0:d", "-c", "copy", "-f", "data", "-"];
    const poseKlv = openPoseKlv(scenario);
    expect(execFileSync("ffmpeg", args).equals(Buffer.concat(exposures.map(poseKlv)))).toBe(true);
  });
});
