import { describe, expect, it } from "vitest";
import { seededRng } from "../../src/core/rng.js";
import { ok } from "../../src/core/result.js";
import type { VideoFrame } from "../../src/contract/messages.js";
import type { RecordedSample } from "../../src/vehicle/recordedTrack.js";
import { demoRecording } from "../bridge/testing/fakeWorld.js";
import type { VehicleReport } from "../../src/vehicle/flightReport.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { aContact, aStation, aVehicle } from "../bridge/testing/builders.js";
import type { FakeTransport } from "../bridge/testing/fakeTransport.js";
import { aboveHomeNow, batteryNow, isArmedNow, missionItemNow, modeNow, type Moment, silenceS } from "./instruments.js";
import { FrameFetcher } from "./frameFetcher.js";
import { createPlayer } from "./player.js";
import { advance, seek, setPace, shiftPace, skip, startClock, togglePlay } from "./replayClock.js";
import { contactsAt, isArmedAt, lastIndexAt, modeAt, sampleAgeS, sampleAt, hasArmingData } from "./sampleAt.js";
import { armedSpans, curveOf, markNear, marksOf, modeSpans, ticksOf, timeScale } from "./timeline.js";

const END_US = 1_795_400_000_000_000;
const document = demoRecording(END_US);
const { firstUnixUs, lastUnixUs } = document.report;
const vehicleReport = document.report.vehicles[0]!;
const sample = (s: number, change: Partial<RecordedSample> = {}): RecordedSample => ({
  ...document.vehicles[0]!.track[0]!,
  unixTimeUs: s * 1e6,
  ...change,
});

describe("replay clock", () => {
  const clock = startClock(0, 100e6);
  it("moves by real time times its pace, and not while it stands", () => {
    expect(advance(clock, 100).atUnixUs).toBe(0);
    expect(advance(setPace(togglePlay(clock), 8), 100).atUnixUs).toBe(0.8e6);
  });
  it("does not leap after the page was asleep", () => {
    expect(advance(togglePlay(clock), 60_000).atUnixUs).toBe(0.25e6);
  });
  it("stops at the end and begins again from there", () => {
    const near = togglePlay(seek(clock, 99.9e6));
    const ended = advance(near, 200);
    expect([ended.atUnixUs, ended.isPlaying]).toEqual([100e6, false]);
    expect(togglePlay(ended)).toMatchObject({ atUnixUs: 0, isPlaying: true });
  });
  it("keeps inside the recording and inside its paces", () => {
    expect([seek(clock, -5).atUnixUs, seek(clock, 1e12).atUnixUs, skip(clock, -5).atUnixUs]).toEqual([0, 100e6, 0]);
    expect(shiftPace(clock, -1).paceFactor).toBe(1);
    expect(shiftPace(setPace(clock, 32), 1).paceFactor).toBe(32);
    expect(shiftPace(clock, 1).paceFactor).toBe(2);
  });
});

describe("moments of a recording", () => {
  it.each([1, 2, 3])("finds the last entry at or before an instant, as a plain search does (seed %i)", (seed) => {
    const rng = seededRng(seed);
    const entries = Array.from({ length: 60 }, () => ({ unixTimeUs: Math.floor(rng.uniform() * 100) })).sort(
      (a, b) => a.unixTimeUs - b.unixTimeUs,
    );
    for (let at = -1; at <= 101; at++) {
      const plain = entries.reduce((found, entry, i) => (entry.unixTimeUs <= at ? i : found), -1);
      expect(lastIndexAt(entries, at)).toBe(plain);
    }
  });

  it("stands between its samples, turning the short way", () => {
    const track = [
      sample(0, { altitudeAboveHomeM: 10, headingDeg: 350 }),
      sample(1, { altitudeAboveHomeM: 20, headingDeg: 10 }),
    ];
    const middle = sampleAt(track, 0.5e6)!;
    expect(middle.altitudeAboveHomeM).toBeCloseTo(15);
    expect(middle.headingDeg).toBeCloseTo(0);
    expect(sampleAt(track, -1)).toBeUndefined();
  });

  it("invents nothing across a gap, and says how old its knowledge is", () => {
    const track = [sample(0, { altitudeAboveHomeM: 10 }), sample(60, { altitudeAboveHomeM: 20 })];
    expect(sampleAt(track, 30e6)?.altitudeAboveHomeM).toBe(10);
    expect(sampleAgeS(track, 30e6)).toBe(30);
    expect(sampleAgeS(track, -1)).toBeUndefined();
  });

  it("keeps unknown unknown", () => {
    const track = [
      sample(0, { headingDeg: undefined, batteryFraction: undefined }),
      sample(1, { headingDeg: 90, batteryFraction: undefined }),
    ];
    expect(sampleAt(track, 0.5e6)).toMatchObject({ headingDeg: 90, batteryFraction: undefined });
  });

  it("knows mode and arming, open spans included", () => {
    const at = (s: number): number => firstUnixUs + s * 1e6;
    expect([modeAt(vehicleReport, at(-1)), modeAt(vehicleReport, at(0)), modeAt(vehicleReport, at(310))]).toEqual([
      undefined,
      "STABILIZE",
      "LOITER",
    ]);
    expect([
      isArmedAt(vehicleReport, at(10)),
      isArmedAt(vehicleReport, at(35)),
      isArmedAt(vehicleReport, at(880)),
    ]).toEqual([false, true, false]);
    const open = { ...vehicleReport, armed: [{ fromUnixUs: at(35), toUnixUs: null }] };
    expect(isArmedAt(open, lastUnixUs)).toBe(true);
    expect(armedSpans(open, "ARMED", lastUnixUs)[0]?.toUnixUs).toBe(lastUnixUs);
  });

  it("shows each contact as it was known then", () => {
    const contacts = [10, 20, 30].map((s) => ({ unixTimeUs: s, contact: aContact({ lengthM: s }) }));
    const recording = { ...document, contacts };
    expect(contactsAt(recording, 9)).toEqual([]);
    expect(contactsAt(recording, 25).map(({ lengthM }) => lengthM)).toEqual([20]);
  });
});

describe("newcomer 5: arming that nobody told", () => {
  const recording = demoRecording(0);
  const [reported] = recording.report.vehicles;
  if (!reported) throw new Error("the make-believe recording reports on its aircraft");
  const report: VehicleReport = { ...reported, armed: [], modes: [] };
  const sample = recording.vehicles[0]?.track[0];
  const at = (change: Partial<Moment>): boolean | undefined => {
    const track = sample ? [sample] : [];
    return isArmedNow({ atUnixUs: sample?.unixTimeUs ?? 0, state: undefined, sample, report, track, ...change });
  };
  const modes = [{ unixTimeUs: 0, customMode: 0, name: "STABILIZE" }];
  it("is not known, neither in a log without it nor before the first word", () => {
    expect(at({})).toBeUndefined();
    expect(at({ report: { ...report, modes } })).toBe(false);
    expect(at({ report: { ...report, modes }, track: [], sample: undefined })).toBeUndefined();
    expect([hasArmingData(report), hasArmingData({ ...report, modes })]).toEqual([false, true]);
  });
});

describe("time line", () => {
  it("shows modes until the next one and the last to the end", () => {
    const spans = modeSpans(vehicleReport, lastUnixUs);
    expect(spans.map(({ label }) => label)).toEqual(["STABILIZE", "AUTO", "LOITER", "AUTO", "RTL"]);
    expect(spans.every((span, i) => span.toUnixUs === (spans[i + 1]?.fromUnixUs ?? lastUnixUs))).toBe(true);
  });
  it("marks everything that happened in order, a contact once, warnings as warnings", () => {
    const marks = marksOf(document);
    expect(marks.map(({ unixTimeUs }) => unixTimeUs)).toEqual(
      marks.map(({ unixTimeUs }) => unixTimeUs).sort((a, b) => a - b),
    );
    expect(marks.filter(({ kind }) => kind === "contact")).toHaveLength(4);
    expect(marks.find(({ label }) => label === "EKF variance")?.severity).toBe("caution");
  });
  it("keeps the greatest and least of a long curve within its limit of points", () => {
    const track = Array.from({ length: 9000 }, (_, i) =>
      sample(i, { altitudeAboveHomeM: i === 4321 ? 99 : i === 77 ? -9 : Math.sin(i) }),
    );
    const curve = curveOf(track, ({ altitudeAboveHomeM }) => altitudeAboveHomeM, 500);
    expect(curve.length).toBeLessThanOrEqual(500);
    const values = curve.map(({ value }) => value);
    expect([Math.max(...values), Math.min(...values)]).toEqual([99, -9]);
  });
  it("turns pixels into time and back", () => {
    const scale = timeScale(firstUnixUs, lastUnixUs, 800);
    expect(scale.timeAt(scale.xOf(firstUnixUs + 321e6))).toBeCloseTo(firstUnixUs + 321e6, -1);
    expect([scale.timeAt(-50), scale.timeAt(9000)]).toEqual([firstUnixUs, lastUnixUs]);
    const marks = marksOf(document);
    expect(markNear(marks, scale, scale.xOf(marks[2]!.unixTimeUs) + 3)?.unixTimeUs).toBe(marks[2]!.unixTimeUs);
    expect(markNear([], scale, 4)).toBeUndefined();
  });
  it("labels round instants, few enough to be read", () => {
    const ticks = ticksOf(0, 900e6, 10);
    expect(ticks).toEqual([0, 120, 240, 360, 480, 600, 720, 840].map((s) => s * 1e6));
  });
});

describe("pictures of a recording", () => {
  it("asks one at a time and forgets requests that were overtaken", async () => {
    const { store, transport } = aStation();
    const shown: (VideoFrame | undefined)[] = [];
    const fetcher = new FrameFetcher(store, document, (frame) => shown.push(frame));
    for (let s = 20; s < 60; s++) fetcher.want(firstUnixUs + s * 1e6);
    expect(transport.requests()).toHaveLength(1);
    transport.receive({ kind: "reply", requestId: 1, result: ok({ kind: "frame", frame: undefined }) });
    await expect.poll(() => transport.requests().length).toBe(2);
    expect(transport.requests()[1]).toMatchObject({ kind: "recording-frame", unixTimeUs: firstUnixUs + 59e6 });
    expect(shown).toEqual([undefined]);
  });
  it("asks nothing where the recording has no video", () => {
    const { store, transport } = aStation();
    new FrameFetcher(store, { ...document, video: undefined }, () => undefined).want(firstUnixUs);
    expect(transport.requests()).toHaveLength(0);
  });
});

describe("player", () => {
  it("keeps the same list of contacts until the next one is known", () => {
    const { store } = aStation();
    const player = createPlayer(document, store);
    const at = (s: number) => player.change((clock) => seek(clock, firstUnixUs + s * 1e6));
    at(201);
    const first = player.contacts.get();
    at(255);
    expect(player.contacts.get()).toBe(first);
    at(265);
    expect(player.contacts.get()).toHaveLength(2);
    at(100);
    expect(player.contacts.get()).toHaveLength(0);
    expect(player.sample.get()?.altitudeAboveHomeM).toBeGreaterThan(50);
  });

  const vehicle = (changes: Partial<VehicleState>): VehicleState => aVehicle({ systemId: 1, ...changes });
  const answered = (transport: FakeTransport, vehicles: readonly VehicleState[]): FakeTransport =>
    transport.answerWith((request) =>
      request.kind === "recording-state" ? ok({ kind: "recording-state", vehicles }) : undefined,
    );

  it("asks the station for the exact state of the instant it was moved to", async () => {
    const { store, transport } = aStation();
    answered(transport, [vehicle({ systemId: 9 }), vehicle({ mavType: 14 })]);
    const player = createPlayer(document, store);
    player.change((clock) => seek(clock, firstUnixUs + 201e6));
    await expect.poll(() => player.state.get()?.mavType).toBe(14);
    const asked = transport.requests().filter(({ kind }) => kind === "recording-state");
    expect(asked.at(-1)).toEqual({
      kind: "recording-state",
      recordingId: document.recordingId,
      unixTimeUs: firstUnixUs + 201e6,
    });
  });

  it("asks while it plays no more often than instruments are read, and once more when it stands", async () => {
    const { store, transport } = aStation();
    answered(transport, []);
    const player = createPlayer(document, store);
    const asked = () => transport.requests().filter(({ kind }) => kind === "recording-state").length;
    player.change(togglePlay);
    await expect.poll(asked).toBe(2);
    for (let frame = 0; frame < 20; frame++) {
      player.tick(16);
      await Promise.resolve();
      await Promise.resolve();
    }
    await expect.poll(asked).toBe(4);
    player.change(togglePlay);
    await expect.poll(asked).toBe(5);
  });

  it("shows what was exactly known in place of what the track says", () => {
    const at = { atUnixUs: 60e6, sample: sample(59), report: vehicleReport, track: [sample(59)] };
    const heartbeat = { customMode: 6, modeName: "RTL", isArmed: true, systemStatus: 4 };
    const state = vehicle({ lastReceivedMonoMs: 55_000, heartbeat: { value: heartbeat, receivedAtMonoMs: 55_000 } });
    expect([modeNow({ ...at, state }), isArmedNow({ ...at, state }), silenceS({ ...at, state })]).toEqual([
      "RTL",
      true,
      5,
    ]);
    expect(silenceS({ ...at, state: undefined })).toBe(1);
    expect(aboveHomeNow({ ...at, state: vehicle({ position: undefined }) })).toBe(at.sample.altitudeAboveHomeM);
    const volts = { voltageV: 15.2, currentA: undefined, remainingFraction: undefined, timeRemainingS: undefined };
    const battery = { value: volts, receivedAtMonoMs: 1 };
    expect(batteryNow({ ...at, state: vehicle({ battery }) })).toEqual({ fraction: undefined, volts: 15.2 });
    const mission = { value: { currentSeq: 3, countOfItems: 12 }, receivedAtMonoMs: 1 };
    expect(missionItemNow({ ...at, state: vehicle({ mission, autopilot: "ardupilot" }) })).toBe("3/12");
  });
});
