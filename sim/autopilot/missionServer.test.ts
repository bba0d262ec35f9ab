import { describe, expect, it } from "vitest";
import { GIVE_UP_AFTER_MS, REREQUEST_AFTER_MS } from "../services/mission/ardupilotPlan.js";
import { MISSION_RESULT, type StoredItem, type WireItem } from "./missionItem.js";
import {
  emptyMissionServer,
  stepMissionServer,
  type MissionServerEffect,
  type MissionServerEvent,
} from "./missionServer.js";

const STATION = { systemId: 255, componentId: 190 };
const OTHER = { systemId: 254, componentId: 190 };
const HOME: StoredItem = { frame: 0, command: 16, params: [0, 0, 0, 0], xDegE7: 1, yDegE7: 2, zM: 6 };

const item = (seq: number, change: Partial<WireItem> = {}): MissionServerEvent => ({
  kind: "item",
  from: STATION,
  missionType: 0,
  item: { seq, frame: 6, command: 16, params: [0, 0, 0, 0], xDegE7: 507700000, yDegE7: 16045000, zM: 60, ...change },
});
const count = (countOfItems: number, from = STATION, missionType = 0): MissionServerEvent => ({
  kind: "count",
  from,
  countOfItems,
  missionType,
});

function server() {
  let state = emptyMissionServer;
  let nowMs = 0;
  let isMissionRunning = false;
  const feed = (event: MissionServerEvent): readonly MissionServerEffect[] => {
    const [next, effects] = stepMissionServer(state, event, { nowMs, home: HOME, isMissionRunning });
    state = next;
    return effects;
  };
  return {
    feed,
    acks: (event: MissionServerEvent) =>
      feed(event).flatMap((effect) => (effect.kind === "send-ack" ? [effect.result] : [])),
    requests: (event: MissionServerEvent) =>
      feed(event).flatMap((effect) => (effect.kind === "send-request" ? [effect.seq] : [])),
    wait: (ms: number) => {
      nowMs += ms;
      return feed({ kind: "tick" });
    },
    run: () => {
      isMissionRunning = true;
    },
    items: () => state.items,
    upload: (n: number) => {
      feed(count(n));
      for (let seq = 0; seq < n; seq++) feed(item(seq));
    },
  };
}

describe("mission upload as ArduPilot takes it", () => {
  it("asks for one item after another and accepts the last", () => {
    const s = server();
    expect(s.requests(count(3))).toEqual([0]);
    expect(s.requests(item(0))).toEqual([1]);
    expect(s.requests(item(1))).toEqual([2]);
    expect(s.feed(item(2))).toEqual([
      { kind: "send-ack", to: STATION, result: 0, missionType: 0, id: 0 },
      { kind: "say", severity: 6, text: "Flight plan received" },
    ]);
  });

  it("truncates the old mission at once and overwrites it item by item", () => {
    const s = server();
    s.upload(5);
    s.feed(count(3));
    expect(s.items()).toHaveLength(3);
    s.feed(item(0));
    s.feed(item(1, { zM: 99 }));
    expect(s.items()).toHaveLength(3);
    expect(s.items()[1]?.zM).toBe(99);
    expect(s.items()[2]?.zM).toBe(60);
  });

  it("acknowledges an out-of-order item with 13 and goes on", () => {
    const s = server();
    s.feed(count(3));
    s.feed(item(0));
    expect(s.acks(item(0))).toEqual([MISSION_RESULT.invalidSequence]);
    expect(s.acks(item(2))).toEqual([MISSION_RESULT.invalidSequence]);
    expect(s.requests(item(1))).toEqual([2]);
  });

  it("ends the transfer when it refuses an item", () => {
    const s = server();
    s.feed(count(3));
    s.feed(item(0));
    expect(s.acks(item(1, { command: 31000 }))).toEqual([MISSION_RESULT.unsupported]);
    expect(s.acks(item(1))).toEqual([MISSION_RESULT.error]);
  });

  it.each([
    ["a terrain frame", { frame: 10 }, MISSION_RESULT.unsupportedFrame],
    ["a local frame", { frame: 1 }, MISSION_RESULT.unsupportedFrame],
    ["NaN in the first parameter", { params: [NaN, 0, 0, 0] as const }, MISSION_RESULT.invalidParam1],
    ["a latitude beyond the pole", { xDegE7: 91e7 }, MISSION_RESULT.invalidParam5],
    ["a longitude beyond 180", { yDegE7: -181e7 }, MISSION_RESULT.invalidParam6],
  ])("refuses %s with the right code", (_what, change, code) => {
    const s = server();
    s.feed(count(2));
    expect(s.acks(item(0, change))).toEqual([code]);
  });

  it("asks again after a second of silence and gives up after eight", () => {
    const s = server();
    s.feed(count(2));
    expect(s.wait(REREQUEST_AFTER_MS)).toEqual([]);
    expect(s.wait(1)).toEqual([{ kind: "send-request", to: STATION, missionType: 0, seq: 0, form: "float" }]);
    expect(s.wait(500)).toEqual([]);
    expect(s.wait(GIVE_UP_AFTER_MS)).toContainEqual({
      kind: "send-ack",
      to: STATION,
      result: 15,
      missionType: 0,
      id: 0,
    });
    expect(s.acks(item(0))).toEqual([MISSION_RESULT.error]);
  });

  it("denies a second uploader and a download meanwhile; the first may start again", () => {
    const s = server();
    s.feed(count(2));
    expect(s.acks(count(4, OTHER))).toEqual([MISSION_RESULT.denied]);
    expect(s.acks({ kind: "request-list", from: STATION, missionType: 0 })).toEqual([MISSION_RESULT.denied]);
    expect(s.acks({ kind: "request-item", from: STATION, seq: 0, missionType: 0, form: "int" })).toEqual([
      MISSION_RESULT.denied,
    ]);
    s.feed(item(0));
    expect(s.requests(count(2))).toEqual([0]);
  });

  it("says no to too many items and to plans nobody knows; a count of 0 clears", () => {
    const s = server();
    s.upload(3);
    expect(s.acks(count(5000))).toEqual([MISSION_RESULT.noSpace]);
    expect(s.feed(count(3, STATION, 7))).toEqual([{ kind: "send-ack", to: STATION, result: 3, missionType: 7, id: 0 }]);
    expect(s.acks({ kind: "clear", from: STATION, missionType: 255 })).toEqual([MISSION_RESULT.unsupported]);
    expect(s.acks(count(0))).toEqual([0]);
    expect(s.items()).toHaveLength(0);
  });
});

describe("mission download and clearing", () => {
  it("counts home, gives home as item 0 and refuses what is not there", () => {
    const s = server();
    s.upload(3);
    expect(s.feed({ kind: "request-list", from: OTHER, missionType: 0 })).toEqual([
      { kind: "send-count", to: OTHER, missionType: 0, countOfItems: 3, id: 0 },
    ]);
    const [first] = s.feed({ kind: "request-item", from: OTHER, seq: 0, missionType: 0, form: "int" });
    expect(first).toEqual({ kind: "send-item", to: OTHER, missionType: 0, item: { seq: 0, ...HOME }, form: "int" });
    expect(s.acks({ kind: "request-item", from: OTHER, seq: 3, missionType: 0, form: "int" })).toEqual([13]);
  });

  it("gives back what it keeps: rounded, and with its own frames", () => {
    const s = server();
    s.feed(count(4));
    s.feed(item(0));
    s.feed(item(1, { zM: 60.1279, params: [2.7, 5, 6, 90] }));
    s.feed(item(2, { command: 178, frame: 2, params: [1, 12.3, -1, 0] }));
    s.feed(item(3, { command: 19, params: [6, 0, 0, 0] }));
    expect(s.items()[1]).toMatchObject({ frame: 3, params: [2, 0, 0, 0], zM: Math.fround(60.12) });
    expect(s.items()[2]).toMatchObject({ frame: 0, params: [1, Math.fround(12.3), -1, 0], xDegE7: 0 });
    expect(s.items()[3]?.params).toEqual([6, 0, 1, 0]);
  });

  it("clears, but not while the mission is flown", () => {
    const s = server();
    s.upload(3);
    const clear: MissionServerEvent = { kind: "clear", from: STATION, missionType: 0 };
    s.run();
    expect(s.acks(clear)).toEqual([MISSION_RESULT.error]);
    expect(s.items()).toHaveLength(3);
  });
});
