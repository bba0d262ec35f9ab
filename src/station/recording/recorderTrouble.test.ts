import { expect, it } from "vitest";
import type { Notice } from "../../contract/messages.js";
import { StationBus } from "../bus.js";
import { publishCameraClock, publishRecorderTrouble, type RecorderTrouble } from "./recorderTrouble.js";

function noticesOf(publish: (bus: StationBus) => void): Omit<Notice, "unixTimeUs">[] {
  const notices: Omit<Notice, "unixTimeUs">[] = [];
  const bus = new StationBus();
  bus.on("notice", ({ notice }) => notices.push(notice));
  publish(bus);
  return notices;
}

const failure = { kind: "io" as const, operation: "append", code: "ENOSPC" };
const disk = { kind: "disk" as const, freeBytes: 42_400_000, secondsLeft: 599 };
const diskFacts = { minutes: 9, freeMb: 42 };
const video = { kind: "video" as const, freeBytes: undefined };

it.each<[RecorderTrouble, Omit<Notice, "unixTimeUs">]>([
  [
    { kind: "failed", folder: "/s/1", failure },
    {
      ...{ id: "recorder", severity: "danger", key: "recorder-failed" },
      facts: { folder: "/s/1", code: "ENOSPC", operation: "append", because: "ENOSPC" },
    },
  ],
  [
    { kind: "resumed", folder: "/s/1", lostS: 30.6 },
    { id: "recorder", severity: "caution", key: "recorder-resumed", facts: { folder: "/s/1", lostS: 31 } },
  ],
  [
    {
      ...{ kind: "files-lost", fromFolder: "/s/1", folder: "/s/1-2" },
      lost: [
        { path: "events.jsonl", loss: "gone" },
        { path: "video.ts", loss: "shortened" },
      ],
    },
    {
      ...{ id: "recorder-files /s/1-2", severity: "danger", key: "recorder-files-lost" },
      facts: { fromFolder: "/s/1", folder: "/s/1-2", files: "events.jsonl, video.ts" },
    },
  ],
  [
    { ...disk, level: "hour" },
    { id: "disk", severity: "caution", key: "disk-hour-left", facts: diskFacts },
  ],
  [
    { ...disk, level: "ten-minutes" },
    { id: "disk", severity: "danger", key: "disk-ten-minutes-left", facts: diskFacts },
  ],
  [
    { ...disk, level: "enough" },
    { id: "disk", severity: "info", key: "disk-enough", facts: diskFacts },
  ],
  [
    { ...video, isStopped: true },
    { id: "disk-video", severity: "danger", key: "video-not-recorded", facts: { freeMb: 0 } },
  ],
  [
    { ...video, isStopped: false },
    { id: "disk-video", severity: "info", key: "video-recorded-again", facts: { freeMb: 0 } },
  ],
  [
    { kind: "clock-stepped", stepS: -3599.96 },
    { id: "clock", severity: "info", key: "clock-stepped", facts: { stepS: -3600 } },
  ],
])("the trouble $kind is published as one notice with its facts", (trouble, notice) => {
  expect(noticesOf((bus) => publishRecorderTrouble(bus, trouble))).toEqual([notice]);
});

it("the camera's clock is published only when its times are corrected by a known amount", () => {
  const published = (clocks: Parameters<typeof publishCameraClock>[1]) =>
    noticesOf((bus) => publishCameraClock(bus, clocks));
  expect(published({ isCameraMapped: true, cameraMinusStationMs: -86_400_400 })).toEqual([
    { id: "camera-clock", severity: "caution", key: "camera-clock", facts: { offsetS: -86_400 } },
  ]);
  expect(published({ isCameraMapped: false, cameraMinusStationMs: 40 })).toEqual([]);
  expect(published({ isCameraMapped: true })).toEqual([]);
});
