import { describe, expect, it } from "vitest";
import { MISSION_RESULT, type StoredItem, type WireItem } from "../../autopilot/missionItem.js";
import { emptyMissionServer, stepMissionServer, type MissionServerEvent } from "../../autopilot/missionServer.js";
import type { Flavour } from "../../flavour.js";
import { PX4_GIVE_UP_AFTER_MS, PX4_REREQUEST_AFTER_MS } from "./px4Plan.js";

const STATION = { systemId: 255, componentId: 190 };
const OTHER = { systemId: 254, componentId: 190 };
const HOME: StoredItem = { frame: 0, command: 16, params: [0, 0, 0, 0], xDegE7: 1, yDegE7: 2, zM: 6 };
const PLACE = { xDegE7: 507_700_001, yDegE7: 16_045_001, zM: 60.126 };

function vehicle(autopilot: Flavour["autopilot"], isMissionRunning = false) {
  let state = emptyMissionServer;
  let nowMs = 0;
  const feed = (event: MissionServerEvent) => {
    const [next, effects] = stepMissionServer(state, event, { nowMs, home: HOME, isMissionRunning, autopilot });
    state = next;
    return effects;
  };
  const count = (countOfItems: number, missionType = 0, from = STATION) =>
    feed({ kind: "count", from, countOfItems, missionType });
  const item = (seq: number, change: Partial<WireItem> = {}, missionType = 0, from = STATION) =>
    feed({
      kind: "item",
      from,
      missionType,
      form: "int",
      item: { seq, frame: 6, command: 16, params: [0, 0, 0, 0], ...PLACE, ...change },
    });
  return {
    feed,
    count,
    item,
    wait: (ms: number) => {
      nowMs += ms;
      return feed({ kind: "tick" });
    },
    state: () => state,
    upload: (changes: readonly Partial<WireItem>[], missionType = 0) => {
      count(changes.length, missionType);
      return changes.flatMap((change, seq) => [...item(seq, change, missionType)]);
    },
    get: (seq: number, missionType = 0, form: "int" | "float" = "int") => {
      const [answer] = feed({ kind: "request-item", from: STATION, seq, missionType, form });
      return answer?.kind === "send-item" ? answer.item : answer;
    },
    list: (missionType = 0) => feed({ kind: "request-list", from: STATION, missionType }),
  };
}

const vertex = (count: number, command = 5001): Partial<WireItem> => ({ command, params: [count, 0, 0, 0] });
const results = (effects: readonly { readonly kind: string }[]) =>
  effects.flatMap((effect) => ("result" in effect ? [effect.result] : []));

describe("fence and rally points on ArduPilot", () => {
  it("keeps the old fence until the new one is whole", () => {
    const ap = vehicle("ardupilot");
    expect(results(ap.upload([vertex(3), vertex(3), vertex(3)], 1))).toEqual([0]);
    ap.count(4, 1);
    ap.item(0, vertex(4), 1);
    expect(ap.state().fence.items).toHaveLength(3);
    ap.wait(9000);
    expect(ap.state().fence.items).toHaveLength(3);
    expect(ap.state().fenceRevision).toBe(1);
  });

  it.each([
    ["too few vertices", [vertex(2), vertex(2)]],
    ["a polygon cut short", [vertex(4), vertex(4), vertex(4)]],
    ["mixed polygons", [vertex(3), vertex(3), vertex(3, 5002)]],
    ["a circle of no size", [{ command: 5003, params: [0, 0, 0, 0] as const }]],
  ])("refuses %s at the end, and the fence stays", (_what, items) => {
    const ap = vehicle("ardupilot");
    ap.upload([{ command: 5003, params: [50, 0, 0, 0] }], 1);
    expect(results(ap.upload(items, 1))).toEqual([MISSION_RESULT.error]);
    expect(ap.state().fence.items).toHaveLength(1);
  });

  it("gives a fence back without frame and height, a rally point in whole metres", () => {
    const ap = vehicle("ardupilot");
    ap.upload([vertex(3), vertex(3), vertex(3)], 1);
    ap.upload([{ command: 5100 }], 2);
    expect(ap.get(1, 1)).toMatchObject({ frame: 0, command: 5001, params: [3, 0, 0, 0], xDegE7: PLACE.xDegE7, zM: 0 });
    expect(ap.get(0, 2)).toMatchObject({ frame: 3, command: 5100, zM: 60 });
    expect(ap.get(3, 1)).toMatchObject({ result: MISSION_RESULT.error });
    expect(ap.get(4, 1)).toMatchObject({ result: MISSION_RESULT.invalidSequence });
  });

  it("receives a mission and a fence at the same time, each on its own", () => {
    const ap = vehicle("ardupilot");
    ap.count(2);
    ap.count(3, 1);
    expect(ap.item(0, vertex(3), 1)).toMatchObject([{ kind: "send-request", missionType: 1, seq: 1 }]);
    expect(ap.item(0)).toMatchObject([{ kind: "send-request", missionType: 0, seq: 1 }]);
  });

  it("has rally points only above home, and refuses items of another kind", () => {
    const ap = vehicle("ardupilot");
    ap.count(1, 2);
    expect(results(ap.item(0, { command: 5100, frame: 0 }, 2))).toEqual([MISSION_RESULT.unsupportedFrame]);
    ap.count(1, 2);
    expect(results(ap.item(0, { command: 16 }, 2))).toEqual([MISSION_RESULT.unsupported]);
    ap.count(1, 1);
    expect(results(ap.item(0, { command: 16 }, 1))).toEqual([MISSION_RESULT.unsupported]);
  });
});

describe("plans on PX4", () => {
  it("swaps a mission only when it is whole, and names it by an opaque id", () => {
    const px4 = vehicle("px4");
    const [, done] = px4.upload([{}, { zM: 70 }]);
    const { mission } = px4.state().ids;
    expect(done).toEqual({ kind: "send-ack", to: STATION, missionType: 0, result: 0, id: mission });
    expect(mission).not.toBe(0);
    px4.count(1);
    expect(px4.state().items).toHaveLength(2);
    px4.wait(PX4_GIVE_UP_AFTER_MS + 1);
    expect(px4.state()).toMatchObject({ receiving: undefined, ids: { mission } });
    expect(px4.list()).toMatchObject([{ kind: "send-count", countOfItems: 2, id: mission }]);
  });

  it("leaves the mission it flies alone when the same one comes again", () => {
    const px4 = vehicle("px4");
    px4.upload([{}, { zM: 70 }]);
    const { revision, ids } = px4.state();
    px4.upload([{}, { zM: 70 }]);
    expect(px4.state()).toMatchObject({ revision, ids });
    px4.upload([{}, { zM: 71 }]);
    expect(px4.state().revision).toBe(revision + 1);
  });

  it("asks in float until it hears an INT item; asks again after 250 ms, gives up after 5 s without a word", () => {
    const px4 = vehicle("px4");
    expect(px4.count(2)).toMatchObject([{ kind: "send-request", seq: 0, form: "float" }]);
    expect(px4.item(0)).toMatchObject([{ kind: "send-request", seq: 1, form: "int" }]);
    expect(px4.wait(PX4_REREQUEST_AFTER_MS)).toEqual([]);
    expect(px4.wait(1)).toMatchObject([{ kind: "send-request", seq: 1 }]);
    expect(px4.wait(PX4_GIVE_UP_AFTER_MS)).toEqual([{ kind: "say", severity: 2, text: "Operation timeout" }]);
    expect(results(px4.item(1))).toEqual([MISSION_RESULT.error]);
  });

  it("ignores an item out of order and acknowledges the last one as often as it comes", () => {
    const px4 = vehicle("px4");
    px4.count(2);
    px4.item(0);
    expect(px4.item(0)).toEqual([]);
    const [first] = px4.item(1);
    expect(px4.item(1)).toEqual([first]);
  });

  it("takes one transfer at a time: others are answered with an error", () => {
    const px4 = vehicle("px4");
    px4.count(2);
    expect(results(px4.count(2, 0, OTHER))).toEqual([MISSION_RESULT.error]);
    expect(px4.count(2)).toMatchObject([{ kind: "send-request", seq: 0 }]);
    px4.item(0);
    expect(results(px4.count(3, 1))).toEqual([MISSION_RESULT.error]);
    expect(px4.list()).toMatchObject([{ kind: "say" }]);
    expect(px4.feed({ kind: "ack", from: STATION, result: MISSION_RESULT.cancelled, missionType: 0 })).toEqual([]);
    expect(px4.list()).toMatchObject([{ kind: "send-count" }]);
    expect(results(px4.count(1))).toEqual([MISSION_RESULT.error]);
    px4.feed({ kind: "ack", from: STATION, result: 0, missionType: 0 });
    expect(px4.count(1)).toMatchObject([{ kind: "send-request" }]);
  });

  it("gives items back in order only; one it did not expect ends the download", () => {
    const px4 = vehicle("px4");
    px4.upload([{}, {}, {}]);
    expect(px4.get(0)).toBeUndefined();
    px4.list();
    expect(px4.get(0)).toMatchObject({ seq: 0, frame: 6 });
    expect(px4.get(0)).toMatchObject({ seq: 0 });
    expect(px4.get(1, 0, "float")).toMatchObject({ seq: 1, frame: 3 });
    expect(px4.get(0)).toMatchObject({ result: MISSION_RESULT.error });
    expect(px4.get(1)).toBeUndefined();
  });

  it("keeps floats as they are but turns directions into 0..360, and drops what a command does not have", () => {
    const px4 = vehicle("px4");
    px4.upload([
      { params: [2.7, 5.5, 9, -90] },
      { command: 22, params: [15, 0, 0, NaN] },
      { command: 19, params: [10, 3, -60, 0.5] },
      { command: 178, frame: 2, params: [1, 12.3, -1, 0], xDegE7: 16_777_217, yDegE7: 0, zM: 0 },
    ]);
    const [waypoint, takeoff, loiter, changeSpeed] = px4.state().items;
    expect(waypoint).toMatchObject({ frame: 3, zM: Math.fround(60.126) });
    expect(waypoint?.params.slice(0, 3)).toEqual([Math.fround(2.7), 5.5, 0]);
    expect(waypoint?.params[3]).toBeCloseTo(270, 3);
    expect(takeoff?.params).toEqual([0, 0, 0, NaN]);
    expect(loiter?.params).toEqual([10, 1, -60, 1]);
    expect(changeSpeed).toMatchObject({ frame: 2, params: [1, Math.fround(12.3), -1, 0], xDegE7: 16_777_216 });
  });

  it.each([
    ["a terrain frame", { frame: 10 }, MISSION_RESULT.unsupportedFrame],
    ["a local frame", { frame: 1 }, MISSION_RESULT.unsupportedFrame],
    ["a command it does not know", { command: 31000 }, MISSION_RESULT.unsupported],
    ["a waypoint without a place", { frame: 2 }, MISSION_RESULT.unsupported],
    ["a fence corner in a mission", { command: 5001, params: [3, 0, 0, 0] as const }, MISSION_RESULT.error],
  ])("refuses %s, and what was in force stays", (_what, change, code) => {
    const px4 = vehicle("px4");
    px4.upload([{}]);
    px4.count(2);
    expect(results(px4.item(0, change))).toEqual([code]);
    expect(px4.state().items).toHaveLength(1);
  });

  it("forgets that a fence was above home, and clears everything at once", () => {
    const px4 = vehicle("px4");
    px4.upload([{}]);
    px4.upload([vertex(3), vertex(3), vertex(3)], 1);
    px4.upload([{ command: 5100 }], 2);
    px4.list(1);
    expect(px4.get(0, 1)).toMatchObject({ frame: 5, params: [3, 0, 0, 0] });
    px4.feed({ kind: "ack", from: STATION, result: 0, missionType: 1 });
    expect(results(px4.feed({ kind: "clear", from: STATION, missionType: 255 }))).toEqual([0]);
    expect(px4.state()).toMatchObject({ items: [], fence: { items: [] }, ids: { mission: 0, fence: 0, rally: 0 } });
  });

  it("can clear a mission it flies, which ArduPilot cannot", () => {
    expect(results(vehicle("px4", true).feed({ kind: "clear", from: STATION, missionType: 0 }))).toEqual([0]);
    expect(results(vehicle("ardupilot", true).feed({ kind: "clear", from: STATION, missionType: 0 }))).toEqual([1]);
  });
});
