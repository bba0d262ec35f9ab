/** The two machines that fetch logs, step by step: requests, time-outs, what is stored, and the end. */
import { describe, expect, it } from "vitest";
import { logDataWaitMs, startLogData, stepLogData, type LogDataEvent } from "./logData.js";
import { logListWaitMs, startLogList, stepLogList, type LogListEvent } from "./logList.js";

const SILENCE = { kind: "timeout" } as const;
const LOST = { kind: "vehicle-lost" } as const;

describe("the list of logs", () => {
  const entry = (id: number, countOfLogs: number, lastId: number): LogListEvent => ({
    kind: "entry",
    entry: { id, countOfLogs, lastId, sizeBytes: 1000 * id, unixTimeS: undefined },
  });
  function run(...events: readonly LogListEvent[]) {
    let [state, effects] = startLogList(1000);
    for (const event of events) [state, effects] = stepLogList(state, event);
    return { state, effects };
  }
  const ids = (...events: readonly LogListEvent[]) => {
    const { state } = run(...events);
    return state.phase === "done" ? state.entries.map(({ id }) => id) : state.phase;
  };
  const asked = (...events: readonly LogListEvent[]) =>
    run(...events, SILENCE).effects.flatMap((effect) =>
      effect.kind === "request-list" ? [[effect.first, effect.last]] : [],
    );
  const timer = { kind: "arm-timer", afterMs: 1000 };

  it("is asked for whole, and again while nothing comes", () => {
    const request = { kind: "request-list", first: 0, last: 65_535 };
    expect(run().effects).toEqual([request, timer]);
    expect(run(SILENCE).effects).toEqual([request, timer]);
  });
  it("is done with its last entry, in order and each once", () => {
    expect(run(entry(2, 3, 3)).effects).toEqual([timer]);
    expect(ids(entry(3, 3, 3), entry(1, 3, 3), entry(1, 3, 3), entry(2, 3, 3))).toEqual([1, 2, 3]);
    expect(ids(entry(3, 3, 3), entry(1, 3, 3), entry(1, 3, 3))).toBe("listing");
    expect(ids(entry(0, 1, 0))).toEqual([0]);
  });
  it("asks again for the first stretch that is missing", () => {
    expect(asked(entry(1, 6, 6), entry(4, 6, 6), entry(6, 6, 6))).toEqual([[2, 3]]);
    expect(asked(entry(1, 6, 6), entry(2, 6, 6))).toEqual([[3, 6]]);
    expect(asked(entry(4, 3, 4))).toEqual([[2, 3]]);
    expect(asked(entry(2, 2, 1))).toEqual([[0, 1]]);
  });
  it("takes six tries in a row without an entry, then what there is", () => {
    const five = Array.from({ length: 5 }, () => SILENCE);
    expect(ids(...five)).toBe("listing");
    expect(run(...five, SILENCE).state).toEqual({ phase: "failed", failure: { kind: "no-reply" } });
    expect(run(...five, SILENCE).effects).toEqual([]);
    expect(ids(...five.slice(1), entry(1, 2, 2), ...five)).toBe("listing");
    expect(ids(...five.slice(1), entry(1, 2, 2), ...five, SILENCE)).toEqual([1]);
  });
  it("fails with the vehicle, and hears nothing after its end", () => {
    expect(run(LOST)).toEqual({ state: { phase: "failed", failure: { kind: "vehicle-lost" } }, effects: [] });
    expect(run(LOST, SILENCE, entry(1, 1, 1)).state.phase).toBe("failed");
    expect(ids(entry(0, 0, 0), SILENCE)).toEqual([]);
  });
  it("waits by the link's round trip, six seconds at most", () => {
    expect([undefined, 0, 1000, 2250, 9000].map(logListWaitMs)).toEqual([2000, 1500, 3500, 6000, 6000]);
  });
});

describe("the pieces of one log", () => {
  const data = (offsetBytes: number, length = 90, id = 7): LogDataEvent => ({
    kind: "data",
    data: { id, offsetBytes, bytes: new Uint8Array(length).fill(1) },
  });
  const silences = (count: number) => Array.from({ length: count }, () => SILENCE);
  type Log = { readonly sizeBytes: number; readonly held?: readonly { readonly from: number; readonly to: number }[] };
  function run({ sizeBytes, held = [] }: Log, ...events: readonly LogDataEvent[]) {
    let [state, effects] = startLogData({ id: 7, sizeBytes, held }, 500);
    for (const event of events) [state, effects] = stepLogData(state, event);
    return { state, effects };
  }
  const requests = (log: Log, ...events: readonly LogDataEvent[]) =>
    run(log, ...events).effects.flatMap((effect) =>
      effect.kind === "request-data" ? [[effect.offsetBytes, effect.count]] : [],
    );
  const LOG = { sizeBytes: 450 };
  const LONG = { sizeBytes: 100_000 };

  it("are asked for in ranges of 512 messages, from where an earlier transfer broke off", () => {
    expect(run(LONG).effects).toEqual([
      { kind: "request-data", id: 7, offsetBytes: 0, count: 46_080 },
      { kind: "arm-timer", afterMs: 500 },
    ]);
    expect(requests({ ...LONG, held: [{ from: 0, to: 90_000 }] })).toEqual([[90_000, 10_000]]);
    expect(run({ ...LOG, held: [{ from: 0, to: 450 }] })).toMatchObject({
      state: { phase: "done", sizeBytes: 450 },
      effects: [{ kind: "request-end" }],
    });
  });
  it("are stored, and the next range is asked for only when this one is through", () => {
    expect(run(LOG, data(0)).effects).toEqual([
      { kind: "store", offsetBytes: 0, bytes: new Uint8Array(90).fill(1) },
      { kind: "arm-timer", afterMs: 500 },
    ]);
    const held = [{ from: 0, to: 45_990 }];
    const almost = { ...LONG, held };
    expect(requests(almost, data(45_990 + 46_080 - 90))).toEqual([[45_990, 45_990]]);
    expect(requests(almost, data(45_990 + 46_080 - 180))).toEqual([]);
  });
  it("of an earlier range do not complete this one", () => {
    const log = { sizeBytes: 900, held: [{ from: 0, to: 450 }] };
    expect(requests(log, data(360))).toEqual([]);
    expect(run(log, data(360)).effects[0]).toMatchObject({ kind: "store", offsetBytes: 360 });
  });
  it("of another log are not ours", () => {
    expect(run(LOG, data(0, 90, 8)).effects).toEqual([]);
  });
  it("end where a short message says so, behind all that is held", () => {
    expect(run(LOG, data(0), data(90, 17)).state).toMatchObject({ phase: "done", sizeBytes: 107 });
    expect(run(LOG, data(0), data(90, 0)).state).toMatchObject({ phase: "done", sizeBytes: 90 });
    // Something was received from behind it: the message was cut, not the log.
    expect(run(LOG, data(180), data(90, 17)).state).toMatchObject({ phase: "fetching", sizeBytes: 450 });
    // The log's last message is short too, and ends exactly where the list said.
    const odd = [0, 90].map((at) => data(at));
    expect(run({ sizeBytes: 200 }, ...odd, data(180, 20)).state).toMatchObject({ phase: "done", sizeBytes: 200 });
  });
  it("that do not come are asked for again, each time longer, at most six seconds", () => {
    const waitsMs = [0, 1, 2, 3, 7].map((count) =>
      run(LOG, ...silences(count)).effects.flatMap((effect) => (effect.kind === "arm-timer" ? [effect.afterMs] : [])),
    );
    expect(waitsMs.flat().map(Math.round)).toEqual([500, 500, 700, 980, 3765]);
    const [slow] = startLogData({ id: 7, sizeBytes: 450, held: [] }, 5000);
    const [once] = stepLogData(slow, SILENCE);
    expect(stepLogData(once, SILENCE)[1].at(-1)).toEqual({ kind: "arm-timer", afterMs: 6000 });
  });
  it("are given up after eight tries, and any message begins them anew", () => {
    expect(run(LOG, ...silences(7)).state.phase).toBe("fetching");
    expect(run(LOG, ...silences(8))).toEqual({
      state: { phase: "failed", held: [], failure: { kind: "no-reply" } },
      effects: [{ kind: "request-end" }],
    });
    expect(run(LOG, ...silences(7), data(0), ...silences(7)).state).toMatchObject({
      phase: "fetching",
      held: [{ from: 0, to: 90 }],
    });
  });
  it("end by the person or with the vehicle, and keep what they hold", () => {
    const held = [{ from: 0, to: 90 }];
    expect(run(LOG, data(0), { kind: "cancel" })).toEqual({
      state: { phase: "failed", held, failure: { kind: "cancelled" } },
      effects: [{ kind: "request-end" }],
    });
    const lost = run(LOG, data(0), LOST);
    expect(lost).toEqual({ state: { phase: "failed", held, failure: { kind: "vehicle-lost" } }, effects: [] });
    expect(stepLogData(lost.state, data(90))).toEqual([lost.state, []]);
  });
  it("wait by the link's round trip, from 0.6 to 5 seconds", () => {
    expect([undefined, 50, 150, 1000, 9000].map(logDataWaitMs)).toEqual([900, 600, 700, 2400, 5000]);
  });
});
