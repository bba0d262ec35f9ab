/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../geo/jsonText.js";
import type { MissionItem } from "../plan.js";
import type { ValidationContext } from "./validationContext.js";
import { itemForFile, readSimpleItem, simpleItemJson, sourceOf, statedJumpId } from "./simpleItem.js";

const nan = undefined;
const WAYPOINT = {
  type: "SimpleItem",
  command: 16,
  frame: 3,
  doJumpId: 4,
  autoContinue: true,
  params: [0, 1, 2, null, 50, 1, 40],
};
const placed: MissionItem = {
  command: 16,
  params: [0, 1, 2, nan],
  position: { latitudeDeg: 50, longitudeDeg: 1 },
  altitude: { datum: "home", valueM: 40 },
  autoContinue: true,
};
const read = (value: unknown) => {
  const context: ValidationContext = { mistake: undefined };
  const item = readSimpleItem(context, value, "i");
  return { item, mistake: context.mistake && `${context.mistake.where}: ${context.mistake.problem}` };
};
const itemOf = (changes: JsonObject): MissionItem => {
  const { item, mistake } = read({ ...WAYPOINT, ...changes });
  if (mistake !== undefined) throw new Error(mistake);
  return item;
};

describe("an item of a file", () => {
  it("has four params, a place and a height", () => {
    expect(itemOf({})).toEqual(placed);
    expect(itemOf({ type: "missionItem" })).toEqual(placed);
    expect(itemOf({ type: undefined })).toEqual(placed);
    expect(itemOf({ autoContinue: false }).autoContinue).toBe(false);
    expect(itemOf({ autoContinue: undefined }).autoContinue).toBe(true);
  });

  it.each([
    [0, "amsl"],
    [3, "home"],
    [5, "amsl"],
    [6, "home"],
    [10, "terrain"],
    [11, "terrain"],
  ])("in frame %i has its height in the datum %s", (frame, datum) => {
    expect(itemOf({ frame }).altitude).toEqual({ datum, valueM: 40 });
  });

  it("in the forms of earlier years is the same", () => {
    const { params, ...rest } = WAYPOINT;
    const coordinate = [50, 1, 40];
    expect(itemOf({ params: params.slice(0, 4), coordinate })).toEqual(placed);
    expect(read({ ...rest, coordinate, param1: 0, param2: 1, param3: 2, param4: null })).toEqual({
      item: placed,
      mistake: undefined,
    });
  });

  it("without a place has three numbers more, unless all are zero", () => {
    const speed = { command: 178, frame: 2, params: [1, 5, -1, 0, 0, 0, 0] };
    expect(itemOf(speed)).toEqual({ command: 178, params: [1, 5, -1, 0], autoContinue: true });
    // Whatever frame the file names: command 178 has no place.
    expect(itemOf({ ...speed, frame: 3, params: [1, 5, -1, 0, 7, null, 9] })).toEqual({
      command: 178,
      params: [1, 5, -1, 0],
      tail: [7, nan, 9],
      autoContinue: true,
    });
  });

  it("of an unknown command has a place where its numbers look like degrees", () => {
    const unknown = (latitude: unknown, longitude: unknown) =>
      itemOf({ command: 9999, params: [0, 0, 0, 0, latitude, longitude, 5] });
    expect(unknown(50.5, 1)).toMatchObject({ position: { latitudeDeg: 50.5, longitudeDeg: 1 } });
    expect(unknown(50, 1.5)).toMatchObject({ position: { latitudeDeg: 50, longitudeDeg: 1.5 } });
    expect(unknown(50, 1)).toMatchObject({ tail: [50, 1, 5] });
    expect(unknown(null, 1)).toMatchObject({ tail: [nan, 1, 5] });
  });

  it("at 0, 0 or nowhere has no place, and may have no height", () => {
    const at = (...place: readonly unknown[]) => itemOf({ params: [0, 0, 0, 0, ...place] });
    const { position: _place, ...placeless } = placed;
    expect(at(0, 0, 40)).toEqual({ ...placeless, params: [0, 0, 0, 0] });
    expect(at(null, null, 40)).toEqual({ ...placeless, params: [0, 0, 0, 0] });
    expect(at(null, 0, 40)).toEqual({ ...placeless, params: [0, 0, 0, 0] });
    expect(at(0, null, 40)).toEqual({ ...placeless, params: [0, 0, 0, 0] });
    expect(at(0, 1, 40).position).toEqual({ latitudeDeg: 0, longitudeDeg: 1 });
    expect(at(50, 0, 40).position).toEqual({ latitudeDeg: 50, longitudeDeg: 0 });
    expect(at(50, 1, null)).not.toHaveProperty("altitude");
  });

  const { params: _params, ...noParams } = WAYPOINT;
  it.each([
    [7, "i: an object was expected, not 7"],
    [{ ...WAYPOINT, type: "ComplexItem" }, "i.type: a SimpleItem was expected"],
    [{ ...WAYPOINT, command: 65_536 }, "i.command: 65536 is outside 0 to 65535"],
    [{ ...WAYPOINT, command: 16.5 }, "i.command: a whole number was expected, not 16.5"],
    [{ ...WAYPOINT, frame: 256 }, "i.frame: 256 is outside 0 to 255"],
    [{ ...WAYPOINT, frame: 1 }, "i.frame: frame 1 is not one an aircraft flies"],
    [{ ...WAYPOINT, frame: 2 }, "i.frame: command 16 has a place, and frame 2 has none"],
    [
      { ...WAYPOINT, frame: 2, params: [0, 0, 0, 0, 0, 0, 40] },
      "i.frame: command 16 has a place, and frame 2 has none",
    ],
    [{ ...WAYPOINT, frame: 2, params: [0, 0, 0, 0, 0, null, 0] }, undefined],
    [noParams, "i.params: a list was expected, not nothing"],
    [{ ...WAYPOINT, params: [0, 0, 0, 0, 50, 1] }, "i.params: 7 values were expected, not 6"],
    [{ ...WAYPOINT, params: [0, 0, 0, 0], coordinate: [50, 1] }, "i.coordinate: 3 values were expected, not 2"],
    [{ ...WAYPOINT, params: [0, 0, 0], coordinate: [50, 1, 2] }, "i.params: 4 values were expected, not 3"],
    [
      { ...noParams, coordinate: [50, 1, 2], param1: 0, param2: 0, param3: 0 },
      "i.param4: a number was expected, not nothing",
    ],
    [{ ...WAYPOINT, params: ["0", 0, 0, 0, 50, 1, 40] }, 'i.params[0]: a number was expected, not "0"'],
    [
      { ...WAYPOINT, params: [0, 0, 0, 4.4e9, 50, 1, 40] },
      "i.params[3]: 4400000000 is outside -4300000000 to 4300000000",
    ],
    [{ ...WAYPOINT, params: [0, 0, 0, 0, 91, 1, 40] }, "i.params[4]: 91 is outside -90 to 90"],
    [{ ...WAYPOINT, params: [0, 0, 0, 0, 50, 181, 40] }, "i.params[5]: 181 is outside -180 to 180"],
    [{ ...WAYPOINT, params: [0, 0, 0, 0, 50, 1, 100_001] }, "i.params[6]: 100001 is outside -1000 to 100000"],
    [
      { ...WAYPOINT, params: [0, 0, 0, 0, 50, null, 40] },
      "i.params[4]: latitude and longitude were expected, only one is there",
    ],
    [
      { ...WAYPOINT, params: [0, 0, 0, 0, null, 1, 40] },
      "i.params[4]: latitude and longitude were expected, only one is there",
    ],
    [
      { ...WAYPOINT, params: [0, 0, 0, 0], coordinate: [50, null, 40] },
      "i.coordinate[0]: latitude and longitude were expected, only one is there",
    ],
  ])("%j: %s", (value, mistake) => {
    expect(read(value).mistake).toBe(mistake);
  });
});

describe("an item for a file", () => {
  it("has seven params, and null for what is left to the aircraft", () => {
    expect(simpleItemJson(placed, 4)).toEqual(WAYPOINT);
  });

  it.each([
    ["home", 3],
    ["amsl", 0],
    ["terrain", 10],
  ] as const)("in the datum %s is in frame %i", (datum, frame) => {
    expect(simpleItemJson({ ...placed, altitude: { datum, valueM: 40 } }, 4)["frame"]).toBe(frame);
  });

  it("without a place is in frame 2, with its three numbers", () => {
    const bare: MissionItem = { command: 178, params: [1, 5, -1, 0], autoContinue: false };
    expect(simpleItemJson(bare, 1)).toEqual({
      type: "SimpleItem",
      command: 178,
      frame: 2,
      doJumpId: 1,
      autoContinue: false,
      params: [1, 5, -1, 0, 0, 0, 0],
    });
    expect(simpleItemJson({ ...bare, tail: [7, nan, 9] }, 1)).toMatchObject({ params: [1, 5, -1, 0, 7, null, 9] });
  });

  it("with half of a place leaves the other half open", () => {
    const { position: _place, ...heightOnly } = placed;
    const { altitude: _height, ...placeOnly } = placed;
    expect(simpleItemJson(heightOnly, 4)).toEqual({ ...WAYPOINT, params: [0, 1, 2, null, null, null, 40] });
    expect(simpleItemJson(placeOnly, 4)).toEqual({ ...WAYPOINT, params: [0, 1, 2, null, 50, 1, null] });
  });
});

describe("what a file says beyond what we write", () => {
  const own = { ...WAYPOINT, AMSLAltAboveTerrain: null, Altitude: 40, AltitudeMode: 1 };
  const stated = (value: JsonObject, json = "the text") => sourceOf(placed, value, { json, ownJumpId: 4 });

  it("is nothing for an item as we write it ourselves", () => {
    expect(stated(own)).toBeUndefined();
    expect(stated({ ...own, doJumpId: 5 })).toEqual({ json: "the text", item: placed });
  });

  it("is its text, as it stands", () => {
    expect(stated({ ...own, note: "x" })).toEqual({ json: "the text", item: placed });
    expect(stated(WAYPOINT)?.item).toBe(placed);
  });

  it("is not the older form of the params, but everything beside them", () => {
    const { params: _old, ...rest } = own;
    const older = {
      ...rest,
      type: "missionItem",
      coordinate: [50, 1, 40],
      id: 4,
      param1: 0,
      param2: 1,
      param3: 2,
      param4: null,
    };
    expect(stated(older)).toBeUndefined();
    const noted = stated({ ...older, note: "x" });
    expect(JSON.parse(noted?.json ?? "")).toEqual({ ...own, note: "x" });
    expect(stated({ ...own, params: [0, 1, 2, null], coordinate: [50, 1, 40] })).toBeUndefined();
  });

  it("has the number that jumps name", () => {
    const source = (json: string) => statedJumpId({ json, item: placed });
    expect(source('{"doJumpId":7}')).toBe(7);
    expect(source('{"doJumpId":7.5}')).toBeUndefined();
    expect(source('{"doJumpId":"7"}')).toBeUndefined();
    expect(source("{}")).toBeUndefined();
    expect(source("[]")).toBeUndefined();
    expect(statedJumpId(undefined)).toBeUndefined();
  });
});

describe("writing an item back", () => {
  const source = { ...WAYPOINT, Altitude: 41, AltitudeMode: 3, AMSLAltAboveTerrain: 44, note: "x" };
  const kept = { json: JSON.stringify(source), item: placed };
  const written = (item: MissionItem, jumpId: number, inFile = item) =>
    itemForFile({ kind: "simple", id: "a", item, source: kept }, inFile, jumpId);

  it("writes our own members where no file has said more", () => {
    expect(itemForFile({ kind: "simple", id: "a", item: placed }, placed, 4)).toEqual({
      value: { ...WAYPOINT, AMSLAltAboveTerrain: null, Altitude: 40, AltitudeMode: 1 },
    });
    for (const [datum, mode] of [
      ["amsl", 2],
      ["terrain", 4],
    ] as const) {
      const item: MissionItem = { ...placed, altitude: { datum, valueM: 40 } };
      expect(itemForFile({ kind: "simple", id: "a", item }, item, 4)).toMatchObject({ value: { AltitudeMode: mode } });
    }
  });

  it("gives the text back while item and number are the same", () => {
    expect(written(placed, 4)).toEqual({ json: kept.json });
    expect(written(placed, 5)).toEqual({ value: { ...source, doJumpId: 5 } });
  });

  it("keeps the other members of an edited item, and its height's while that is the same", () => {
    const moved: MissionItem = { ...placed, position: { latitudeDeg: 51, longitudeDeg: 2 } };
    expect(written(moved, 4)).toEqual({ value: { ...source, params: [0, 1, 2, null, 51, 2, 40] } });
    const higher: MissionItem = { ...placed, altitude: { datum: "amsl", valueM: 60 } };
    expect(written(higher, 6)).toEqual({
      value: {
        ...WAYPOINT,
        frame: 0,
        doJumpId: 6,
        params: [0, 1, 2, null, 50, 1, 60],
        AMSLAltAboveTerrain: null,
        Altitude: 60,
        AltitudeMode: 2,
        note: "x",
      },
    });
    const { altitude: _none, ...flat } = placed;
    expect(written(flat, 4)).toEqual({ value: { ...WAYPOINT, params: [0, 1, 2, null, 50, 1, null], note: "x" } });
  });

  it("writes a jump's target anew when its number in the file changed", () => {
    const jump: MissionItem = { command: 177, params: [2, 3, 0, 0], autoContinue: true };
    const json = { ...WAYPOINT, command: 177, frame: 2, params: [9, 3, 0, 0, 0, 0, 0], note: "x" };
    const back = (target: number, jumpId: number) =>
      itemForFile(
        { kind: "simple", id: "a", item: jump, source: { json: JSON.stringify(json), item: jump } },
        { ...jump, params: [target, 3, 0, 0] },
        jumpId,
      );
    expect(back(9, 4)).toEqual({ json: JSON.stringify(json) });
    expect(back(8, 4)).toEqual({ value: { ...json, params: [8, 3, 0, 0, 0, 0, 0] } });
    expect(back(9, 5)).toEqual({ value: { ...json, doJumpId: 5 } });
  });
});
