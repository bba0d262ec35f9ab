/** Keys and figures of Review: how the replay moves, what the report counts, what stands in the instruments. */
import { describe, expect, it } from "vitest";
import { ok } from "../../src/core/result.js";
import type { VideoFrame } from "../../src/contract/messages.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import { aFrame, aStation, aVehicle } from "../bridge/testing/builders.js";
import { demoRecording } from "../bridge/testing/fakeWorld.js";
import { FrameFetcher } from "./frameFetcher.js";
import * as instruments from "./instruments.js";
import { createPlayer, type Player } from "./player.js";
import { firstAndLastBattery, totalArmedS } from "./reportFigures.js";
import { reviewActions, type ReviewActions } from "./reviewActions.js";
import { sampleAt } from "./sampleAt.js";
import { curveOf, markNear, marksOf, ticksOf, timeScale } from "./timeline.js";

const recording = demoRecording(1_795_400_000_000_000);
const { firstUnixUs, lastUnixUs } = recording.report;
const [track] = recording.vehicles;
const [reported] = recording.report.vehicles;
if (!track || !reported) throw new Error("the make-believe recording has an aircraft");

describe("the keys", () => {
  const open = () => {
    const player = createPlayer(recording, aStation().store);
    const actions = reviewActions(new Latest<Player | undefined>(player));
    const press = (name: keyof ReviewActions): number => {
      actions[name].perform();
      return (player.clock.get().atUnixUs - firstUnixUs) / 1e6;
    };
    return { player, press };
  };

  it("go by seconds and minutes, to the beginning and the end", () => {
    const { press } = open();
    expect([press("forth"), press("forthMore"), press("back"), press("backMore")]).toEqual([5, 65, 60, 0]);
    expect([press("end"), press("start")]).toEqual([(lastUnixUs - firstUnixUs) / 1e6, 0]);
  });

  it("change the pace and play", () => {
    const { player, press } = open();
    press("faster");
    press("faster");
    press("slower");
    press("play");
    expect(player.clock.get()).toMatchObject({ paceFactor: 2, isPlaying: true });
  });

  it("say that nothing is open", () => {
    const actions = reviewActions(new Latest<Player | undefined>(undefined));
    expect(actions.play.isEnabled()).toEqual({ because: "review.because.nothing-open" });
    expect(() => actions.play.perform()).not.toThrow();
    expect(open().player.document).toBe(recording);
  });

  it("that step repeat while they are held; play does not", () => {
    const actions = reviewActions(new Latest<Player | undefined>(undefined));
    expect([actions.back.isRepeated, actions.forthMore.isRepeated, actions.play.isRepeated]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("the player", () => {
  it("shows the aircraft with the longest track, and its own report", () => {
    const short = { systemId: 7, track: track.track.slice(0, 3) };
    const reports = [{ ...reported, systemId: 7 }, reported];
    const document = { ...recording, vehicles: [short, track], report: { ...recording.report, vehicles: reports } };
    const player = createPlayer(document, aStation().store);
    expect([player.track, player.report]).toEqual([track.track, reported]);
  });

  it("of a recording without an aircraft shows none", () => {
    const player = createPlayer({ ...recording, vehicles: [] }, aStation().store);
    expect([player.track, player.sample.get(), player.report]).toEqual([[], undefined, reported]);
  });

  it("stands still while it is paused", () => {
    const player = createPlayer(recording, aStation().store);
    player.tick(100);
    expect(player.clock.get().atUnixUs).toBe(firstUnixUs);
  });
});

describe("pictures", () => {
  it("are shown as they come, and none before the first or two seconds past the last", async () => {
    const { store, transport } = aStation();
    const frame = aFrame();
    transport.answerWith(() => ok({ kind: "frame", frame }));
    const shown: (VideoFrame | undefined)[] = [];
    const fetcher = new FrameFetcher(store, recording, (next) => shown.push(next));
    const { video } = recording;
    if (!video) throw new Error("the make-believe recording has video");
    fetcher.want(video.firstUnixUs - 1);
    fetcher.want(video.lastUnixUs + 2e6 + 1);
    expect([shown, transport.requests().length]).toEqual([[undefined, undefined], 0]);
    fetcher.want(video.lastUnixUs + 2e6);
    await expect.poll(() => shown.at(-1)).toBe(frame);
    fetcher.want(video.firstUnixUs);
    await expect.poll(() => shown.length).toBe(4);
  });
});

describe("the report", () => {
  it("adds up the time armed, an open span up to the end", () => {
    const armed = [
      { fromUnixUs: firstUnixUs, toUnixUs: firstUnixUs + 10e6 },
      { fromUnixUs: lastUnixUs - 5e6, toUnixUs: null },
    ];
    expect(totalArmedS({ ...reported, armed }, lastUnixUs)).toBe(15);
  });

  it("tells the battery at the first and last moment that it was known", () => {
    const samples = [undefined, 0.9, 0.5, undefined].map((batteryFraction) => ({
      ...track.track[0]!,
      batteryFraction,
    }));
    const document = { ...recording, vehicles: [{ ...track, track: samples }] };
    expect(firstAndLastBattery(document, track.systemId)).toEqual([0.9, 0.5]);
    expect(firstAndLastBattery(document, 99)).toEqual([undefined, undefined]);
  });
});

describe("the instruments", () => {
  const at = <T>(value: T) => ({ value, receivedAtMonoMs: 1 });
  const [first] = track.track;
  const moment = (state: VehicleState | undefined): instruments.Moment => ({
    ...{ atUnixUs: firstUnixUs, state, sample: first, report: reported, track: track.track },
  });
  const shown = (state: VehicleState | undefined) => {
    const now = moment(state);
    return [
      instruments.aboveHomeNow(now),
      instruments.amslNow(now),
      instruments.groundSpeedNow(now),
      instruments.headingNow(now),
      instruments.climbNow(now),
      instruments.airSpeedNow(now),
      instruments.satellitesNow(now),
      instruments.batteryNow(now),
    ];
  };

  it("show the exact state, and the track where there is none", () => {
    const state = aVehicle({
      position: at({ position: { latitudeDeg: 50, longitudeDeg: 1 }, altitudeAmslM: 71, altitudeAboveHomeM: 51 }),
      velocity: at({ northMps: 0, eastMps: 3, downMps: -1.5, groundSpeedMps: 3, courseDeg: 90 }),
      attitude: at({ rollDeg: 0, pitchDeg: 0, headingDeg: 123 }),
      airData: at({ airSpeedMps: 4, climbRateMps: 1.4, throttleFraction: 0 }),
      battery: at({ voltageV: 21, currentA: 1, remainingFraction: 0.6, timeRemainingS: 1 }),
    });
    expect(shown(state)).toEqual([51, 71, 3, 123, 1.4, 4, 17, { fraction: 0.6, volts: 21 }]);
    const fromTrack = [
      first?.altitudeAboveHomeM,
      first?.altitudeAmslM,
      first?.groundSpeedMps,
      first?.headingDeg,
      first?.climbRateMps,
    ];
    const battery = { fraction: first?.batteryFraction, volts: first?.batteryVoltageV };
    expect(shown(undefined)).toEqual([...fromTrack, undefined, undefined, battery]);
    const still = { ...state, airData: undefined };
    expect(instruments.climbNow(moment(still))).toBe(1.5);
  });

  it("count silence from the last word, none before the first", () => {
    const heard = aVehicle({ lastReceivedMonoMs: firstUnixUs / 1000 - 3000 });
    expect(instruments.silenceS(moment(heard))).toBeCloseTo(3, 6);
    expect(instruments.silenceS(moment(aVehicle({ lastReceivedMonoMs: firstUnixUs / 1000 + 9000 })))).toBe(0);
    expect(instruments.silenceS(moment(aVehicle({ lastReceivedMonoMs: -Infinity })))).toBeUndefined();
  });

  it("name the item that is flown, with how many there are where that is known", () => {
    const mission = (currentSeq: number, countOfItems: number | undefined) =>
      aVehicle({ mission: at({ currentSeq, countOfItems }) });
    expect(instruments.missionItemNow(moment(mission(5, undefined)))).toBe("5");
    expect(instruments.missionItemNow(moment(mission(0, 9)))).toBeUndefined();
    expect(instruments.missionItemNow(moment(undefined))).toBeUndefined();
  });
});

describe("the time line", () => {
  it("draws short curves whole, and leaves out what is not known", () => {
    const samples = [1, undefined, 3].map((batteryVoltageV, i) => ({
      ...track.track[0]!,
      unixTimeUs: i,
      batteryVoltageV,
    }));
    expect(curveOf(samples, ({ batteryVoltageV }) => batteryVoltageV, 10)).toEqual([
      { unixTimeUs: 0, value: 1 },
      { unixTimeUs: 2, value: 3 },
    ]);
  });

  it("marks emergencies to errors red, warnings amber, the rest not; another part of the aircraft by name", () => {
    const texts = [0, 3, 4, 5].map((severity) => ({ unixTimeUs: severity, severity, text: `s${severity}` }));
    const component = { unixTimeUs: 9, severity: 6, text: "hello", component: "camera" };
    const report = { ...recording.report, vehicles: [{ ...reported, texts: [...texts, component], events: [] }] };
    const marks = marksOf({ ...recording, report, contacts: [], events: [] });
    expect(marks.map(({ label, severity }) => [label, severity])).toEqual([
      ["s0", "danger"],
      ["s3", "danger"],
      ["s4", "caution"],
      ["s5", "info"],
      ["camera: hello", "info"],
    ]);
  });

  it("finds the nearest mark within six pixels", () => {
    const scale = timeScale(0, 100e6, 100);
    const mark = (s: number) => ({ unixTimeUs: s * 1e6, kind: "event", label: String(s), severity: "info" }) as const;
    const marks = [mark(10), mark(14)];
    expect([11, 13, 20, 20.1, 4].map((xPx) => markNear(marks, scale, xPx)?.label)).toEqual([
      "10",
      "14",
      "14",
      undefined,
      "10",
    ]);
  });

  it.each([
    [10e6, 10, 1],
    [10.5e6, 10, 2],
    [3600e6, 6, 600],
    [30 * 86_400e6, 6, 86_400],
  ])("%d µs with room for %d marks are marked every %d s", (spanUs, fits, stepS) => {
    const ticks = ticksOf(0, spanUs, fits);
    expect((ticks[1] ?? 0) - (ticks[0] ?? 0)).toBe(stepS * 1e6);
  });

  it("does not divide by nothing: a recording of no length is at the left", () => {
    expect(timeScale(5, 5, 0).xOf(5)).toBe(0);
    expect(timeScale(5, 5, 0).timeAt(50)).toBe(6);
  });
});

it("interpolates every figure of the track between two samples, and stands before a gap", () => {
  const sample = (unixTimeUs: number, value: number) => ({
    ...{ unixTimeUs, position: { latitudeDeg: value, longitudeDeg: value }, altitudeAmslM: value },
    ...{ altitudeAboveHomeM: value, headingDeg: value, rollDeg: value, pitchDeg: value },
    ...{ groundSpeedMps: value, climbRateMps: value, batteryFraction: value, batteryVoltageV: value },
  });
  expect(sampleAt([sample(0, 10), sample(3e6, 20)], 0.6e6)).toEqual(sample(0.6e6, 12));
  expect(sampleAt([sample(0, 10), sample(3e6 + 1, 20)], 1e6)).toEqual(sample(0, 10));
  expect(sampleAt([sample(0, 10), sample(1e6, 20)], 5e6)).toEqual(sample(1e6, 20));
});
