/** The two machines for parameters, step by step: requests, time-outs, and the end. */
import { describe, expect, it } from "vitest";
import type { ParamType } from "../../../vehicle/params.js";
import {
  paramExchangeRetryPolicyFor,
  startParamExchange,
  stepParamExchange,
  type ParamExchangeEvent,
} from "./paramExchange.js";
import { paramListRetryPolicyFor, startParamList, stepParamList, type ParamListEvent } from "./paramList.js";

const SILENCE = { kind: "timeout" } as const;
const silences = (count: number) => Array.from({ length: count }, () => SILENCE);

describe("the list of parameters", () => {
  const POLICY = { silenceMs: 1000, longestMs: 2500, growth: 2, triesMax: 3, requestsAtOnce: 2 };
  const value = (index: number | undefined, countOfAll: number, name = `P${index}`): ParamListEvent => ({
    kind: "received",
    param: { name, value: index ?? 77, type: "real32", index, countOfAll },
  });
  const param = (index: number) => ({ name: `P${index}`, value: index, type: "real32" });
  const values = (from: number, to: number, countOfAll: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => value(from + i, countOfAll));
  function run(...events: readonly ParamListEvent[]) {
    let [state, effects] = startParamList(POLICY);
    for (const event of events) [state, effects] = stepParamList(state, event);
    return { state, effects };
  }
  /** What is requested, and for how long it is waited: "list", indices, milliseconds after a colon. */
  const asked = (...events: readonly ParamListEvent[]) =>
    run(...events)
      .effects.map((effect) => {
        if (effect.kind === "request-list") return "list";
        return effect.kind === "request-index" ? effect.index : `:${effect.afterMs}`;
      })
      .join(" ");

  it("is asked for whole, and done with its last one, in the order of the list", () => {
    expect(asked()).toBe("list :1000");
    expect(asked(value(2, 3))).toBe(":1000");
    expect(run(value(2, 3), value(0, 3), value(1, 3))).toEqual({
      state: { phase: "done", params: [param(0), param(1), param(2)], hash: undefined },
      effects: [],
    });
  });
  it("keeps PX4's checksum, which is none of them", () => {
    const hash = value(undefined, 2, "_HASH_CHECK");
    expect(run(hash, value(0, 2), value(1, 2)).state).toMatchObject({ phase: "done", hash: 77, params: { length: 2 } });
    expect(run(hash).effects).toEqual([]);
  });
  it("does not take a changed parameter for a place in the list", () => {
    expect(run(value(undefined, 2)).effects).toEqual([]);
    expect(run(value(undefined, 1)).state.phase).toBe("loading");
  });
  it("takes a repeated one for no progress", () => {
    expect(asked(value(0, 3), value(0, 3))).toBe("");
  });
  it("asks for the gaps, a few at a time, the next when the last of them is there", () => {
    const begun = [value(0, 5), value(2, 5), value(4, 5)];
    expect(asked(...begun, SILENCE)).toBe("1 3 :1000");
    expect(asked(...begun, SILENCE, value(1, 5))).toBe(":1000");
    const many = [value(0, 6), value(1, 6), value(2, 6), SILENCE];
    expect(asked(...many)).toBe("3 4 :1000");
    expect(asked(...many, value(3, 6), value(4, 6))).toBe("5 :1000");
    expect(run(...many, value(3, 6), value(4, 6), value(5, 6)).state.phase).toBe("done");
  });
  it("waits longer with each silence, and again less when they come", () => {
    const begun = [value(0, 3), value(1, 3)];
    expect(asked(...begun, SILENCE, SILENCE)).toBe("2 :2000");
    expect(asked(...begun, SILENCE, SILENCE, SILENCE)).toBe("2 :2500");
    expect(asked(value(0, 4), value(1, 4), SILENCE, SILENCE, value(2, 4))).toBe(":1800");
    expect(asked(value(0, 4), value(1, 4), SILENCE, value(2, 4))).toBe(":1000");
  });
  it("is asked for again where hardly any came, but not where few are missing", () => {
    expect(asked(SILENCE)).toBe("list :1000");
    expect(asked(...values(0, 98, 200), SILENCE)).toBe("list :1000");
    expect(asked(...values(0, 99, 200), SILENCE)).toBe("100 101 :1000");
    // Less than half, but sixty are soon asked for one by one.
    expect(asked(...values(0, 39, 100), SILENCE)).toBe("40 41 :1000");
    expect(asked(...values(0, 49, 110), SILENCE)).toBe("50 51 :1000");
    expect(asked(...values(0, 48, 110), SILENCE)).toBe("list :1000");
  });
  it("begins anew when the count changes: every place means something else then", () => {
    const anew = run(value(0, 3), value(1, 3), value(2, 4));
    expect(anew.effects[0]).toEqual({ kind: "request-list" });
    expect(asked(value(0, 3), value(1, 3), value(2, 4), ...values(0, 2, 4))).toBe(":1000");
    expect(run(value(0, 3), value(1, 3), value(2, 4), ...values(0, 3, 4)).state.phase).toBe("done");
  });
  it("is given up when the count changes for ever: five new lists are asked for", () => {
    const changes = Array.from({ length: 6 }, (_, i) => value(0, 10 + i));
    expect(run(...changes).state.phase).toBe("loading");
    expect(run(...changes, value(0, 20)).state).toEqual({
      phase: "failed",
      failure: { kind: "no-reply" },
      countOfDone: 0,
    });
  });
  it("is given up after three silences in a row, and tells how many there are", () => {
    const begun = [value(0, 3), value(1, 3)];
    expect(run(...begun, ...silences(3)).state.phase).toBe("loading");
    const failed = run(...begun, ...silences(4));
    expect(failed).toEqual({
      state: { phase: "failed", failure: { kind: "no-reply" }, countOfDone: 2 },
      effects: [],
    });
    expect(stepParamList(failed.state, value(2, 3))).toEqual([failed.state, []]);
    expect(run(value(0, 4), ...silences(3), value(1, 4), ...silences(3)).state.phase).toBe("loading");
  });
  it.each([
    ["cancel", "cancelled"],
    ["vehicle-lost", "vehicle-lost"],
  ] as const)("ends at %s", (kind, failure) => {
    expect(run(value(0, 3), { kind })).toEqual({
      state: { phase: "failed", failure: { kind: failure }, countOfDone: 1 },
      effects: [],
    });
  });
  it("waits by the link's round trip, from 0.8 to 4 seconds", () => {
    const waitsMs = [undefined, 0, 150, 200, 1000, 9000].map((roundTripMs) => paramListRetryPolicyFor(roundTripMs));
    expect(waitsMs.map(({ silenceMs }) => silenceMs)).toEqual([1000, 800, 800, 900, 2500, 4000]);
    expect(paramListRetryPolicyFor(200)).toEqual({
      ...{ silenceMs: 900, longestMs: 6000, growth: 1.4, triesMax: 10, requestsAtOnce: 10 },
    });
  });
});

describe("one parameter", () => {
  const POLICY = { waitMs: 500, growth: 2, triesMax: 3 };
  const heard = (value: number, type: ParamType = "real32", name = "A"): ParamExchangeEvent => ({
    kind: "received",
    param: { name, value, type, index: undefined, countOfAll: 1 },
  });
  type What = { readonly wanted?: number; readonly type?: ParamType };
  function run({ wanted, type }: What, ...events: readonly ParamExchangeEvent[]) {
    let [state, effects] = startParamExchange({ name: "A", wanted, type }, POLICY);
    for (const event of events) [state, effects] = stepParamExchange(state, event);
    return { state, effects };
  }
  const read = (afterMs: number) => [
    { kind: "request-read", name: "A" },
    { kind: "arm-timer", afterMs },
  ];
  const set = (value: number, type: ParamType, afterMs: number) => [
    { kind: "request-set", name: "A", value, type },
    { kind: "arm-timer", afterMs },
  ];

  it("is only read where nothing is wanted, also where its type is known", () => {
    expect(run({}).effects).toEqual(read(500));
    expect(run({ type: "int8" }).effects).toEqual(read(500));
    expect(run({}, heard(7, "int8"))).toEqual({ state: { phase: "done", value: 7, type: "int8" }, effects: [] });
    expect(run({}, heard(7, "int8", "B")).state.phase).toBe("reading");
  });
  it("is asked for three times, each time longer, before its name is unknown", () => {
    expect(run({}, ...silences(2)).effects).toEqual(read(2000));
    expect(run({}, ...silences(3))).toEqual({
      state: { phase: "failed", failure: { kind: "unknown-name", name: "A" } },
      effects: [],
    });
  });
  it("is written with the type it is reported with, with fresh patience", () => {
    expect(run({ wanted: 5 }, SILENCE, heard(4, "int16")).effects).toEqual(set(5, "int16", 500));
    expect(run({ wanted: 5, type: "int8" }, SILENCE).effects).toEqual(set(5, "int8", 1000));
    expect(run({ wanted: 0, type: "int8" }).effects).toEqual(set(0, "int8", 500));
  });
  it("is read again after three silences, or after another value", () => {
    expect(run({ wanted: 5, type: "int8" }, ...silences(3)).effects).toEqual(read(500));
    expect(run({ wanted: 5, type: "int8" }, SILENCE, heard(4, "int8")).effects).toEqual(read(500));
    expect(run({ wanted: 5, type: "int8" }, ...silences(3), SILENCE).effects).toEqual(read(1000));
  });
  it.each([
    [5, 5, "int32", true],
    [5.7, 5, "int32", true],
    [5, 5.9, "int32", true],
    [5, 6, "int32", false],
    [-0.5, 0.4, "int32", true],
    [0.1, Math.fround(0.1), "real32", true],
    [1, 1.000001, "real32", true],
    [1, 1.00001, "real32", false],
    [-1, -1.000001, "real32", true],
    [-1, 1, "real32", false],
    [0, 1e-9, "real32", false],
  ] as const)("wanted %d, reported %d as %s: the same is %s", (wanted, value, type, isSame) => {
    expect(run({ wanted, type }, heard(value, type)).state.phase).toBe(isSame ? "done" : "checking");
  });
  it("waits by the link's round trip, from 0.5 to 4 seconds", () => {
    const waitsMs = [undefined, 0, 100, 200, 1000, 9000].map((roundTripMs) => paramExchangeRetryPolicyFor(roundTripMs));
    expect(waitsMs.map(({ waitMs }) => waitMs)).toEqual([700, 500, 500, 700, 2300, 4000]);
    expect(paramExchangeRetryPolicyFor(200)).toEqual({ waitMs: 700, growth: 1.3, triesMax: 7 });
  });
});
