import { describe, expect, it } from "vitest";
import { startLogData, stepLogData, type LogDataState, type LogDataStep } from "./logData.js";
import { startLogList, stepLogList } from "./logList.js";

const entry = (id: number, countOfLogs: number, lastId: number) => ({
  kind: "entry" as const,
  entry: { id, countOfLogs, lastId, sizeBytes: 1000 * id, unixTimeS: undefined },
});
const silence = { kind: "timeout" as const };

describe("a list of logs", () => {
  it("asks again only for the stretch that is missing, whether the vehicle counts from 0 or from 1", () => {
    let [state] = startLogList(1000);
    for (const id of [1, 2, 5]) [state] = stepLogList(state, entry(id, 5, 5));
    expect(stepLogList(state, silence)[1][0]).toEqual({ kind: "request-list", first: 3, last: 4 });
    [state] = startLogList(1000);
    for (const id of [2, 3]) [state] = stepLogList(state, entry(id, 4, 3));
    expect(stepLogList(state, silence)[1][0]).toEqual({ kind: "request-list", first: 0, last: 1 });
    for (const id of [0, 1]) [state] = stepLogList(state, entry(id, 4, 3));
    expect(state.phase === "done" && state.entries.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
  });

  it("may be empty", () => {
    expect(stepLogList(startLogList(1000)[0], entry(0, 0, 0))[0]).toEqual({ phase: "done", entries: [] });
  });

  it("ends in no-reply after silence, and in what was heard when something was", () => {
    let [state] = startLogList(1000);
    for (let tries = 0; tries < 6; tries++) [state] = stepLogList(state, silence);
    expect(state).toEqual({ phase: "failed", failure: { kind: "no-reply" } });
    [state] = stepLogList(startLogList(1000)[0], entry(1, 2, 2));
    for (let tries = 0; tries < 6; tries++) [state] = stepLogList(state, silence);
    expect(state).toMatchObject({ phase: "done", entries: [{ id: 1 }] });
  });
});

describe("the pieces of a log", () => {
  const data = (offsetBytes: number, length = 90, id = 7) => ({
    kind: "data" as const,
    data: { id, offsetBytes, bytes: new Uint8Array(length) },
  });
  const kinds = ([, effects]: LogDataStep) => effects.map(({ kind }) => kind);
  const begin = (sizeBytes: number) => startLogData({ id: 7, sizeBytes, held: [] }, 500);

  it("are asked for as one stretch, and the gaps one by one", () => {
    const first = begin(450);
    expect(first[1][0]).toEqual({ kind: "request-data", id: 7, offsetBytes: 0, count: 450 });
    let state: LogDataState = first[0];
    let step: LogDataStep = first;
    for (const at of [0, 180, 360]) {
      step = stepLogData(state, data(at));
      [state] = step;
    }
    expect(step[1].find(({ kind }) => kind === "request-data")).toMatchObject({ offsetBytes: 90, count: 90 });
    step = stepLogData(state, data(90));
    expect(step[1].find(({ kind }) => kind === "request-data")).toMatchObject({ offsetBytes: 270, count: 90 });
    step = stepLogData(step[0], data(270));
    expect(step[0]).toMatchObject({ phase: "done", sizeBytes: 450 });
    expect(kinds(step)).toEqual(["store", "request-end"]);
  });

  it("of an earlier stretch are kept but end nothing; those of another log are not ours", () => {
    let [state] = begin(450);
    [state] = stepLogData(state, data(0));
    [state] = stepLogData(state, silence);
    const [, effects] = stepLogData(state, data(270, 90, 8));
    expect(effects).toEqual([]);
  });

  it("end early where the log is shorter than the list said", () => {
    let [state] = begin(450);
    [state] = stepLogData(state, data(0));
    expect(stepLogData(state, data(90, 17))[0]).toMatchObject({ phase: "done", sizeBytes: 107 });
  });

  it("end with LOG_REQUEST_END whatever happens, so that the autopilot logs again", () => {
    const [state] = begin(450);
    expect(kinds(stepLogData(state, { kind: "cancel" }))).toEqual(["request-end"]);
    let silent: LogDataStep = begin(450);
    while (silent[0].phase === "fetching") silent = stepLogData(silent[0], silence);
    expect(silent[0]).toMatchObject({ phase: "failed", failure: { kind: "no-reply" } });
    expect(kinds(silent)).toEqual(["request-end"]);
    const lost = stepLogData(state, { kind: "vehicle-lost" });
    expect(lost[0]).toMatchObject({ failure: { kind: "vehicle-lost" } });
  });
});
