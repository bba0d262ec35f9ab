import { describe, expect, it } from "vitest";
import type { TsStatus } from "../../video/tsEvents.js";
import { VideoDiagnosis } from "./videoDiagnosis.js";
import type { VisionStatus } from "./visionMessages.js";

const ts = (change: Partial<TsStatus>): TsStatus => ({
  video: "h264",
  codec: undefined,
  hasTables: true,
  hasAudio: false,
  countOfScrambled: 0,
  countOfAccessUnits: 0,
  countOfKeyframes: 0,
  refused: undefined,
  klv: "none",
  countOfPackets: 1000,
  countOfContinuityErrors: 0,
  countOfResyncs: 0,
  countOfGarbageBytes: 0,
  countOfBadSections: 0,
  countOfDamagedUnits: 0,
  ...change,
});
const status = (change: Partial<TsStatus>, countOfDecoded = 0): VisionStatus => ({
  ts: ts(change),
  decoder: { countOfDecoded, countOfDropped: 0, countOfFailures: 0 },
  countOfLate: 0,
  countOfProcessed: 0,
  hasKlv: false,
  processMs: 0,
});

/** Feeds bytes every 100 ms from one time to the other, and returns the diagnosis. */
function bytesUntil(diagnosis: VideoDiagnosis, fromMs: number, toMs: number) {
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 100) diagnosis.onBytes(nowMs);
  return diagnosis.problem(toMs, undefined);
}

describe("case 25: bytes on the video port and no picture", () => {
  it("are explained within some seconds, and not before a keyframe had its time", () => {
    for (const [change, kind] of [
      [{ video: "other", codec: "H.265" }, "codec"],
      [{ video: "none" }, "no-pictures"],
      [{ hasTables: false, countOfGarbageBytes: 900_000 }, "not-video"],
      [{ countOfScrambled: 50 }, "encrypted"],
      [{ countOfAccessUnits: 80 }, "no-keyframe"],
      [{ countOfAccessUnits: 80, countOfKeyframes: 3 }, "not-decodable"],
    ] as const) {
      const diagnosis = new VideoDiagnosis();
      expect(bytesUntil(diagnosis, 0, 2000)).toBeUndefined();
      diagnosis.onStatus(status(change));
      expect(bytesUntil(diagnosis, 2100, 4500)).toMatchObject({ kind });
    }
  });

  it("silence is no problem of the video, and a picture ends every one", () => {
    const diagnosis = new VideoDiagnosis();
    diagnosis.onStatus(status({ video: "other", codec: "H.265" }));
    bytesUntil(diagnosis, 0, 5000);
    expect(diagnosis.problem(8000, undefined)).toBeUndefined();
    bytesUntil(diagnosis, 20_000, 25_000);
    expect(diagnosis.problem(25_000, undefined)).toMatchObject({ kind: "codec" });
    diagnosis.onFrame(25_000);
    expect(diagnosis.problem(25_000, undefined)).toBeUndefined();
  });

  it("in mid-flight it counts from the last picture on: an hour of good ones excuses nothing", () => {
    const diagnosis = new VideoDiagnosis();
    diagnosis.onStatus(status({ countOfAccessUnits: 90_000, countOfKeyframes: 3000 }, 90_000));
    diagnosis.onBytes(0);
    diagnosis.onFrame(0);
    diagnosis.onStatus(status({ countOfAccessUnits: 90_100, countOfKeyframes: 3000, countOfScrambled: 700 }, 90_000));
    expect(bytesUntil(diagnosis, 100, 4500)).toEqual({ kind: "encrypted" });
  });

  it("what the datagrams' own headers show is said at once", () => {
    const diagnosis = new VideoDiagnosis();
    diagnosis.onBytes(0);
    expect(diagnosis.problem(100, { kind: "rtp-codec", codec: "H.265" })).toEqual({
      kind: "rtp-codec",
      codec: "H.265",
    });
  });
});
