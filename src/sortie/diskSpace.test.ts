import { describe, expect, it } from "vitest";
import { stepDiskSpace, UNKNOWN_DISK, type DiskLevel, type DiskSpace } from "./diskSpace.js";

type Sample = Parameters<typeof stepDiskSpace>[1];
const MB = 1_000_000;

const sampleAt = (atMs: number, changes: Partial<Sample> = {}): Sample => ({
  atMonoMs: atMs,
  freeBytes: 10_000 * MB,
  writtenBytes: 0,
  vitalBytes: 0,
  ...changes,
});

const after = (...samples: readonly Sample[]): DiskSpace => samples.reduce(stepDiskSpace, UNKNOWN_DISK);

describe("how long the disk lasts", () => {
  it("is not known from one sample, and not over less than ten seconds", () => {
    expect(after(sampleAt(0))).toEqual({
      level: "enough",
      isVideoStopped: false,
      freeBytes: 10_000 * MB,
      secondsLeft: undefined,
      samples: [sampleAt(0)],
    });
    expect(after(sampleAt(0), sampleAt(9_999, { writtenBytes: 50 * MB })).secondsLeft).toBeUndefined();
    expect(after(sampleAt(0), sampleAt(10_000, { writtenBytes: 50 * MB })).secondsLeft).toBe(2000);
  });

  it.each([
    // written before and after, free before and after (MB), over twenty seconds → seconds left
    ["what the sortie writes, on a disk that does not report a loss", [100, 140], [4000, 4000], 2000],
    ["what the disk loses to other programs, when that is more", [100, 140], [4100, 4000], 800],
    ["what the sortie writes, when the disk loses less", [100, 300], [4100, 4000], 400],
    ["what the sortie writes, when files were deleted meanwhile", [100, 140], [3000, 4000], 2000],
  ] as const)("goes by %s", (_, [writtenBefore, writtenAfter], [freeBefore, freeAfter], secondsLeft) => {
    const disk = after(
      sampleAt(5_000, { writtenBytes: writtenBefore * MB, freeBytes: freeBefore * MB }),
      sampleAt(25_000, { writtenBytes: writtenAfter * MB, freeBytes: freeAfter * MB }),
    );
    expect(disk.secondsLeft).toBe(secondsLeft);
  });

  it("goes by what was written alone while the first sample has no free space", () => {
    const disk = after(
      sampleAt(0, { freeBytes: undefined }),
      sampleAt(10_000, { freeBytes: 500 * MB, writtenBytes: 5 * MB }),
    );
    expect(disk.secondsLeft).toBe(1000);
  });

  it("is a finite number on a disk where nothing is written and space is freed", () => {
    expect(after(sampleAt(0, { freeBytes: 900 * MB }), sampleAt(10_000, { freeBytes: 1000 * MB })).secondsLeft).toBe(
      1000 * MB,
    );
  });

  it("measures over the last minute: a sample of exactly sixty seconds ago still counts", () => {
    const first = sampleAt(0);
    const [second, third] = [sampleAt(1_000, { writtenBytes: 30 * MB }), sampleAt(60_000, { writtenBytes: 60 * MB })];
    const withFirst = after(first, second, third);
    expect(withFirst.samples).toEqual([first, second, third]);
    expect(withFirst.secondsLeft).toBe(10_000);
    const fourth = sampleAt(61_000, { writtenBytes: 60 * MB });
    const withoutFirst = stepDiskSpace(withFirst, fourth);
    expect(withoutFirst.samples).toEqual([second, third, fourth]);
    expect(withoutFirst.secondsLeft).toBe(20_000);
  });

  it("keeps the level and the video as they are when the system does not report free space", () => {
    const before = after(sampleAt(0, { freeBytes: 50 * MB }), sampleAt(10_000, { freeBytes: 40 * MB }));
    expect(before).toMatchObject({ level: "ten-minutes", isVideoStopped: true });
    const unknown = sampleAt(11_000, { freeBytes: undefined });
    expect(stepDiskSpace(before, unknown)).toEqual({
      level: "ten-minutes",
      isVideoStopped: true,
      freeBytes: undefined,
      secondsLeft: undefined,
      samples: [...before.samples, unknown],
    });
  });

  it("keeps the level while there is no rate", () => {
    const before: DiskSpace = { ...UNKNOWN_DISK, level: "hour" };
    expect(stepDiskSpace(before, sampleAt(0))).toMatchObject({ level: "hour", secondsLeft: undefined });
  });
});

describe("the warning level", () => {
  /** One step from a level to a disk that lasts `secondsLeft` more at 1 MB/s. */
  const levelAfter = (level: DiskLevel, secondsLeft: number): DiskLevel => {
    const freeBytes = secondsLeft * MB;
    const before: DiskSpace = { ...UNKNOWN_DISK, level, samples: [sampleAt(0, { freeBytes })] };
    return stepDiskSpace(before, sampleAt(10_000, { freeBytes, writtenBytes: 10 * MB })).level;
  };

  it.each([
    ["enough", 3601, "enough"],
    ["enough", 3600, "hour"],
    ["enough", 601, "hour"],
    ["enough", 600, "ten-minutes"],
    // Down from "hour" without a margin, up from it only with a fifth more.
    ["hour", 601, "hour"],
    ["hour", 600, "ten-minutes"],
    ["hour", 4320, "hour"],
    ["hour", 4321, "enough"],
    ["ten-minutes", 720, "ten-minutes"],
    ["ten-minutes", 721, "hour"],
    ["ten-minutes", 4320, "hour"],
    ["ten-minutes", 4321, "enough"],
  ] as const)("%s, then %i s left: %s", (before, secondsLeft, level) => {
    expect(levelAfter(before, secondsLeft)).toBe(level);
  });
});

describe("video recording", () => {
  it.each([
    // Less than 64 MB stops it; half as much again lets it go on.
    [false, 64 * MB, false],
    [false, 64 * MB - 1, true],
    [true, 96 * MB - 1, true],
    [true, 96 * MB, false],
  ])("stopped before: %s, with %i bytes free: stopped %s", (isVideoStopped, freeBytes, isStoppedNow) => {
    expect(stepDiskSpace({ ...UNKNOWN_DISK, isVideoStopped }, sampleAt(0, { freeBytes })).isVideoStopped).toBe(
      isStoppedNow,
    );
  });

  it.each([
    // 100 kB/s of telemetry and events need 360 MB for an hour.
    [10_000, 360, false],
    [10_000, 359, true],
    // Over less than ten seconds the rate is not used: 64 MB are enough.
    [9_999, 359, false],
  ])("keeps an hour of telemetry and events (%i ms, %i MB): stopped %s", (atMs, freeMB, isStopped) => {
    const before: DiskSpace = { ...UNKNOWN_DISK, samples: [sampleAt(0, { vitalBytes: 2 * MB })] };
    const disk = stepDiskSpace(before, sampleAt(atMs, { freeBytes: freeMB * MB, vitalBytes: 3 * MB }));
    expect(disk.isVideoStopped).toBe(isStopped);
  });

  it("measures the rate anew when it stops and when it goes on", () => {
    const running = after(sampleAt(0), sampleAt(1_000));
    const last = sampleAt(2_000, { freeBytes: 10 * MB });
    const stopped = stepDiskSpace(running, last);
    expect(stopped).toMatchObject({ isVideoStopped: true, samples: [last] });
    const still = sampleAt(3_000, { freeBytes: 11 * MB });
    expect(stepDiskSpace(stopped, still).samples).toEqual([last, still]);
    const again = sampleAt(4_000, { freeBytes: 900 * MB });
    expect(stepDiskSpace(stopped, again)).toMatchObject({ isVideoStopped: false, samples: [again] });
  });
});
