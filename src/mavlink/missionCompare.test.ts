import { describe, expect, it } from "vitest";
import { fieldsOf } from "./messageFields.js";
import { ardupilotKeptParams } from "./dialects/ardupilotKept.js";
import { compareItems, type ListKind } from "./missionCompare.js";
import { wireItemFrom } from "./protocols/mission/missionMessages.js";
import type { WireMissionItem } from "./protocols/mission/missionWire.js";
import { recording } from "./testing/golden.js";
import { readTlog } from "./tlog.js";

const itemOf = (changes: Partial<WireMissionItem> = {}): WireMissionItem => ({
  seq: 1,
  frame: 3,
  command: 16,
  current: 0,
  autocontinue: 1,
  params: [0, 0, 0, 0],
  x: 507_264_000,
  y: 16_138_999,
  z: 60,
  ...changes,
});
const MISSION: ListKind = { part: "mission", firstItemIsHome: true, keptParams: ardupilotKeptParams };
const compareMissions = (planned: readonly WireMissionItem[], onAircraft: readonly WireMissionItem[]) =>
  compareItems(MISSION, planned, onAircraft);
const HOME = itemOf({ seq: 0, frame: 0, z: 20 });
const fieldsThatDiffer = (planned: Partial<WireMissionItem>, onAircraft: Partial<WireMissionItem>) =>
  compareMissions([HOME, itemOf(planned)], [HOME, itemOf(onAircraft)]).map((difference) => difference.field);

/** The items one side sent in a recording; of items sent again with the same number, the last. */
function itemsSentBy(name: "copter" | "plane", isGround: boolean): readonly WireMissionItem[] {
  const items = new Map<number, WireMissionItem>();
  readTlog(recording(name), ({ frame }) => {
    const fields = fieldsOf(frame, "MISSION_ITEM_INT");
    if (fields && (frame.systemId === 255) === isGround) items.set(fields.seq, wireItemFrom(fields));
  });
  return [...items.values()].sort((a, b) => a.seq - b.seq);
}

describe.each(["copter", "plane"] as const)("what a real ArduPilot gave back (%s)", (name) => {
  it("is recognised as the mission it was sent", () => {
    const [sent, received] = [itemsSentBy(name, true), itemsSentBy(name, false)];
    expect(sent).toHaveLength(13);
    expect(compareMissions(sent, received)).toEqual([]);
  });
});

describe("comparing missions", () => {
  it("leaves home to the vehicle, and counts items", () => {
    expect(compareMissions([HOME, itemOf()], [itemOf({ seq: 0, x: 1, z: 9 }), itemOf()])).toEqual([]);
    expect(compareMissions([HOME, itemOf()], [HOME])).toEqual([
      { seq: 0, field: "count", planned: "2", onAircraft: "1" },
    ]);
  });
  it.each([
    ["a degree's 1e-7", { x: 507_264_002 }],
    ["a cut-off centimetre", { z: 59.99 }],
    ["the other spelling of a frame", { frame: 6 }],
    ["params a waypoint does not keep", { params: [0, 5, 5, 90] as const }],
    ["float32", { z: Math.fround(60.001) }],
  ])("tolerates %s", (_what, onAircraft) => {
    expect(fieldsThatDiffer({}, onAircraft)).toEqual([]);
  });
  it.each([
    ["latitude", { x: 507_264_003 }],
    ["longitude", { y: 16_138_000 }],
    ["altitude", { z: 59.98 }],
    ["frame", { frame: 0 }],
    ["command", { command: 17 }],
    ["param1", { params: [3, 0, 0, 0] as const }],
  ])("finds another %s", (field, onAircraft) => {
    expect(fieldsThatDiffer({}, onAircraft)).toEqual([field]);
  });
  it("compares the params of other commands exactly, NaN meaning anything", () => {
    const speed = { command: 178, frame: 2, params: [1, 12.3, -1, 0] as const };
    expect(fieldsThatDiffer(speed, { ...speed, frame: 0, x: 0, y: 0, z: 0 })).toEqual([]);
    expect(fieldsThatDiffer(speed, { ...speed, params: [1, Math.fround(12.3), -1, 0] })).toEqual([]);
    expect(fieldsThatDiffer(speed, { ...speed, params: [1, 12.4, -1, 0] })).toEqual(["param2"]);
    expect(fieldsThatDiffer({ ...speed, params: [1, 12.3, -1, NaN] }, { ...speed, params: [1, 12.3, -1, 7] })).toEqual(
      [],
    );
  });
  it("compares params 5 to 7 of an item without a place; what is not kept comes back as 0", () => {
    // DO_GIMBAL_MANAGER_PITCHYAW has no position: param5 (in x) holds flags, param7 (in z) the gimbal's id.
    const gimbal = { command: 1000, frame: 2, params: [-30, 0, 0, 0] as const, x: 12, y: 0, z: 1 };
    expect(fieldsThatDiffer(gimbal, gimbal)).toEqual([]);
    expect(fieldsThatDiffer(gimbal, { ...gimbal, x: 0, z: 0 })).toEqual([]);
    expect(fieldsThatDiffer(gimbal, { ...gimbal, x: 7, y: 8, z: 9 })).toEqual(["param5", "param6", "param7"]);
  });
  it("finds an item after which the mission would stop; ArduPilot keeps no autocontinue and says 1", () => {
    expect(fieldsThatDiffer({}, { autocontinue: 0 })).toEqual(["autocontinue"]);
    expect(fieldsThatDiffer({ autocontinue: 0 }, { autocontinue: 1 })).toEqual([]);
    const px4: ListKind = { ...MISSION, firstItemIsHome: false };
    const differ = compareItems(px4, [itemOf({ autocontinue: 0 })], [itemOf({ autocontinue: 1 })]);
    expect(differ).toMatchObject([{ field: "autocontinue" }]);
  });
  it("knows that a timed loiter keeps the sense of its turn only", () => {
    const loiter = { command: 19, params: [30, 0, 50, 0] as const };
    expect(fieldsThatDiffer(loiter, { ...loiter, params: [30, 0, 1, 0] })).toEqual([]);
    expect(fieldsThatDiffer(loiter, { ...loiter, params: [30, 0, -1, 0] })).toEqual(["param3"]);
  });
  it("looks at the first item where it is not home, and takes a direction all the way round", () => {
    const list: ListKind = {
      part: "mission",
      firstItemIsHome: false,
      keptParams: () => ["float", "float", "float", "direction"],
    };
    const differ = (ours: number, theirs: number) =>
      compareItems(list, [itemOf({ seq: 0, params: [0, 0, 0, ours] })], [itemOf({ seq: 0, params: [0, 0, 0, theirs] })])
        .length;
    expect([differ(-90, 270), differ(0, 360), differ(NaN, 12), differ(10, 11)]).toEqual([0, 0, 0, 1]);
  });
});

describe("comparing fences and rally points", () => {
  const fence: ListKind = { ...MISSION, part: "fence" };
  const rally: ListKind = { ...MISSION, part: "rally" };
  const circle = itemOf({ command: 5003, frame: 0, params: [319.8, 0, 0, 0] });
  const vertex = itemOf({ command: 5001, frame: 0, params: [3, 0, 0, 0] });
  const point = itemOf({ command: 5100, z: 42.7 });

  it("leaves heights and frames of a fence, and metres cut off", () => {
    expect(compareItems(fence, [circle, vertex], [{ ...circle, z: 0, frame: 5 }, vertex])).toEqual([]);
    expect(compareItems(fence, [circle], [{ ...circle, params: [319, 0, 0, 0] }])).toEqual([]);
    expect(compareItems(rally, [point], [{ ...point, z: 42 }])).toEqual([]);
  });
  it("finds another radius, corner, count of corners, side or height, in the first item too", () => {
    const differs = (list: ListKind, ours: WireMissionItem, change: Partial<WireMissionItem>) =>
      compareItems(list, [ours], [{ ...ours, ...change }]).map(({ field }) => field);
    expect(differs(fence, circle, { params: [250, 0, 0, 0] })).toEqual(["param1"]);
    expect(differs(fence, vertex, { x: vertex.x + 50 })).toEqual(["latitude"]);
    expect(differs(fence, vertex, { params: [4, 0, 0, 0] })).toEqual(["param1"]);
    expect(differs(fence, vertex, { command: 5002 })).toEqual(["command"]);
    expect(differs(rally, point, { z: 40 })).toEqual(["altitude"]);
    expect(compareItems(fence, [circle], [])).toMatchObject([{ field: "count" }]);
  });
  it("findings 1: a rally point that a PX4 gives back in frame 5 is the same; on an ArduPilot it is another", () => {
    const back = [{ ...point, frame: 5 }];
    expect(compareItems({ ...rally, keepsRallyFrame: false }, [point], back)).toEqual([]);
    expect(compareItems(rally, [point], back)).toMatchObject([{ field: "frame" }]);
  });
});
