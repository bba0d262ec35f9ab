import { describe, expect, it } from "vitest";
import type { ParamType } from "../../../vehicle/params.js";
import { frameOf, TO_VEHICLE, VEHICLE } from "../testing/frames.js";
import {
  paramRequestList,
  paramRequestRead,
  paramSet,
  paramStopList,
  paramTypeNumber,
  paramTypeOf,
  receivedParamFrom,
} from "./paramWire.js";

describe("the types of parameters", () => {
  it("have MAV_PARAM_TYPE's numbers; any other is taken for a float", () => {
    const types: readonly ParamType[] = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "real32"];
    expect(types.map(paramTypeNumber)).toEqual([1, 2, 3, 4, 5, 6, 9]);
    expect([1, 2, 3, 4, 5, 6, 9].map(paramTypeOf)).toEqual(types);
    expect([0, 7, 8, 10].map(paramTypeOf)).toEqual(["real32", "real32", "real32", "real32"]);
  });
});

describe("a received parameter", () => {
  const fields = { param_id: "RTL_ALT", param_type: 9, param_value: 15.5, param_count: 900, param_index: 4 };
  it("has its place in the list, unless it was asked for by its name", () => {
    const received = (param_index: number) =>
      receivedParamFrom(frameOf({ name: "PARAM_VALUE", fields: { ...fields, param_index } }), VEHICLE, "c-cast");
    expect(received(4)).toEqual({ name: "RTL_ALT", value: 15.5, type: "real32", index: 4, countOfAll: 900 });
    expect(received(65_535)?.index).toBeUndefined();
    expect(received(65_534)?.index).toBe(65_534);
  });
  it("is read from the right bytes in either version of MAVLink", () => {
    const whole = { ...fields, param_type: 6, param_value: paramSetBits(-5, "int32") };
    const bytewise = (version: 1 | 2) =>
      receivedParamFrom(frameOf({ name: "PARAM_VALUE", fields: whole }, VEHICLE, version), VEHICLE, "bytewise");
    expect([bytewise(1)?.value, bytewise(2)?.value]).toEqual([-5, -5]);
  });
  it("is nothing else", () => {
    expect(receivedParamFrom(frameOf({ name: "HEARTBEAT", fields: {} }), VEHICLE, "c-cast")).toBeUndefined();
  });
});

const paramSetBits = (value: number, type: ParamType): bigint => {
  const bits = paramSet(VEHICLE, { name: "A", value, type }, "bytewise").fields["param_value"];
  return typeof bits === "bigint" ? bits : 0n;
};

describe("the bits of a value for PX4", () => {
  it.each([
    [1, "real32", 0x3f800000n],
    [-2, "real32", 0xc0000000n],
    [1, "int32", 1n],
    [-1, "int32", 0xffffffffn],
    [200, "uint8", 200n],
  ] as const)("%d as %s", (value, type, bits) => {
    expect(paramSetBits(value, type)).toBe(bits);
  });
});

it("the requests name the vehicle, and the parameter by its name or its place", () => {
  expect([
    paramRequestList(VEHICLE),
    paramRequestRead(VEHICLE, "RTL_ALT"),
    paramRequestRead(VEHICLE, 0),
    paramSet(VEHICLE, { name: "RTL_ALT", value: 20, type: "int16" }, "c-cast"),
    paramStopList(VEHICLE),
  ]).toEqual([
    { name: "PARAM_REQUEST_LIST", fields: TO_VEHICLE },
    { name: "PARAM_REQUEST_READ", fields: { ...TO_VEHICLE, param_id: "RTL_ALT", param_index: -1 } },
    { name: "PARAM_REQUEST_READ", fields: { ...TO_VEHICLE, param_index: 0 } },
    { name: "PARAM_SET", fields: { ...TO_VEHICLE, param_id: "RTL_ALT", param_type: 4, param_value: 20 } },
    { name: "PARAM_SET", fields: { ...TO_VEHICLE, param_id: "_HASH_CHECK", param_type: 5, param_value: 0 } },
  ]);
});
