/** The built vision worker with Node's own decoder, ended while it is decoding. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { cameraIdOf } from "../../track/sensorIds.js";
import { startVisionHost } from "./visionHost.js";

/** Terminating its thread used to abort the whole process about once in twenty times. */
const COUNT_OF_ENDS = 80;
const CHUNK_BYTES = 188 * 70;

it.skipIf(spawnSync("ffmpeg", ["-version"]).status !== 0)(
  "a station that closes while pictures come in goes on running: the decoder is let finish (skipped without ffmpeg)",
  async () => {
    const file = join(mkdtempSync(join(tmpdir(), "vigie-end-")), "v.ts");
    const picture = ["-f", "lavfi", "-i", "testsrc=size=640x512:rate=30", "-t", "10"];
    const coding = [
      "-c:v",
      "libx264",
      "-preset",
      "ultrafast",
      "-tune",
      "zerolatency",
      "-g",
      "30",
      "-pix_fmt",
      "yuv420p",
    ];
    execFileSync("ffmpeg", ["-v", "error", ...picture, ...coding, "-f", "mpegts", file]);
    const video = readFileSync(file);
    let countOfEnded = 0;
    for (let end = 0; end < COUNT_OF_ENDS; end++) {
      let countOfFrames = 0;
      const host = startVisionHost({
        camera: { id: cameraIdOf(1), uri: "udp://:0", carrierId: undefined, detector: "built-in" },
        decoderPort: undefined,
        workerFile: resolve("dist/node/visionWorker.cjs"),
        onMessage: ({ kind }) => (countOfFrames += kind === "observed" ? 1 : 0),
        onCrash: (because) => expect.fail(because),
      });
      const framesWanted = 3 + (end % 7);
      // The clip is repeated, because a busy machine may skip so many pictures that one pass is not enough.
      for (let at = 0; countOfFrames < framesWanted; at = (at + CHUNK_BYTES) % video.byteLength) {
        host.push(video.subarray(at, at + CHUNK_BYTES), Date.now() * 1000);
        await sleep(15);
      }
      expect(countOfFrames).toBeGreaterThanOrEqual(framesWanted);
      await host.dispose();
      countOfEnded++;
    }
    expect(countOfEnded).toBe(COUNT_OF_ENDS);
  },
);
