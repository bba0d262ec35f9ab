import type { RecordingDocument } from "../../src/contract/recordings.js";
import { describe, expect, it } from "vitest";
import type { LinkStatus } from "../../src/contract/linkMessages.js";
import type { VideoStatus } from "../../src/contract/messages.js";
import { aVehicle, VEHICLE } from "../bridge/testing/builders.js";
import { frameKindOf, isSimulatedRecording } from "./frameKind.js";
import { makeFormat } from "./format.js";
import { noticeText } from "./noticeText.js";
import { linkStatus, recorderStatus, videoStatus } from "./statusItems.js";
import { translatorFor } from "./text.js";
import { demoRecording } from "../bridge/testing/fakeWorld.js";

const t = translatorFor("en");

const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
const link = (change: Partial<LinkStatus>): LinkStatus => ({
  name: "udp",
  uri: "udp://:14550",
  role: "vehicle",
  state: "open",
  because: undefined,
  retryAtMonoMs: undefined,
  messagesPerS: 80,
  bytesPerS: 4000,
  countOfDuplicates: 0,
  signing: { policy: "off", keyName: undefined, countOfSigned: 0, countOfUnsigned: 0, countOfRefused: 0 },
  lossFraction: 0,
  countOfMessages: 0,
  countOfLost: 0,
  countOfBadChecksums: 0,
  countOfUnknownIds: 0,
  countOfGarbageBytes: 0,
  roundTripMs: 42,
  lastReceivedMonoMs: 0,
  ...change,
});
const video = (change: Partial<VideoStatus>): VideoStatus => ({
  state: "live",
  because: undefined,
  uri: undefined,
  framesPerS: 28.4,
  hasKlv: true,
  skewMs: undefined,
  latencyMs: 118,
  ...change,
});

describe("the frame around everything", () => {
  const base = {
    workspace: "fly",
    hasReplay: false,
    hello: undefined,
    vehicles: [aVehicle({ isSimulated: false })],
    target: VEHICLE,
  } as const;
  const training = { scenarioName: "night", seed: 1, planText: undefined };
  const hello = {
    kind: "hello",
    contractVersion: 1,
    stationVersion: "",
    hasCoast: false,
    hasPlaces: false,
    terrainFiles: [],
    hasMaps: false,
    training,
  } as const;
  it("is plain only for a real aircraft outside training", () => {
    expect(frameKindOf(base)).toBe("none");
    expect(frameKindOf({ ...base, vehicles: [aVehicle({ isSimulated: true })] })).toBe("simulation");
    expect(frameKindOf({ ...base, hello, vehicles: [], target: undefined })).toBe("simulation");
    expect(frameKindOf({ ...base, hello, workspace: "review", hasReplay: true })).toBe("replay");
  });
  it("newcomer 7: is that of what flies in Review, too, while no recording is open there", () => {
    expect(frameKindOf({ ...base, hello, workspace: "review" })).toBe("simulation");
    expect(frameKindOf({ ...base, workspace: "review" })).toBe("none");
  });
});

describe("status words", () => {
  it("tell of the worst link", () => {
    const words = linkStatus(t, format, [link({ state: "failed" }), link({ state: "lost", uri: "tcp://x" })]);
    expect(words.tone).toBe("danger");
    const some = linkStatus(t, format, [link({}), link({ state: "lost", uri: "tcp://x", because: "ECONNRESET" })]);
    expect([some.value, some.tone, some.title]).toEqual([
      "1 of 2 lost",
      "caution",
      "tcp://x: lost (the other side closed it)",
    ]);
    expect(linkStatus(t, format, [link({}), link({ state: "lost", role: "output" })]).tone).toBe("plain");
    expect(linkStatus(t, format, [link({ lossFraction: 0.1 })]).tone).toBe("caution");
    expect(linkStatus(t, format, []).value).toBe("no link");
  });
  it.each([
    [undefined, "no video", "plain"],
    [video({ state: "stale" }), "video stale", "caution"],
    [video({ state: "failed" }), "video failed", "danger"],
    [video({}), "28\u00a0fps · 118\u00a0ms", "plain"],
  ] as const)("of the video: %j", (status, value, tone) => {
    expect(videoStatus(t, format, status)).toMatchObject({ value, tone });
  });
  it("of the recorder, loudly when it fails", () => {
    const recorder = { state: "failed", folder: "x", because: "ENOSPC", sinceUnixUs: 0, bytes: 0 } as const;
    expect(recorderStatus(t, format, { recorder, nowUnixUs: 0 })).toMatchObject({
      value: "NOT RECORDING",
      tone: "danger",
    });
    const running = { ...recorder, state: "recording" } as const;
    expect(recorderStatus(t, format, { recorder: running, nowUnixUs: 65e6 }).value).toBe("REC 1:05");
  });
});

describe("notices", () => {
  const notice = { id: "1", severity: "info", unixTimeUs: 0, facts: { vehicle: "udp/1" } } as const;
  it("are said in words, and unknown ones by their key", () => {
    expect(noticeText(t, { ...notice, key: "vehicle-back" })).toBe("Aircraft udp/1 is heard again.");
    expect(noticeText(t, { ...notice, key: "brand-new" })).toBe("brand-new · vehicle udp/1");
  });
});

describe("findings 5.8: a recording of a simulation", () => {
  it("is told by its own aircraft, whatever flies now", () => {
    const recording = (isSimulated: boolean | undefined): RecordingDocument => ({
      ...demoRecording(0),
      vehicles: [{ systemId: 1, track: [], ...(isSimulated !== undefined && { isSimulated }) }],
    });
    expect([true, false, undefined].map((is) => isSimulatedRecording(recording(is)))).toEqual([true, false, false]);
    expect(isSimulatedRecording(undefined)).toBe(false);
  });
});
