import { describe, expect, it } from "vitest";
import type { Flavour } from "../../flavour.js";
import { createServiceHarness, only } from "../../testing/serviceHarness.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { createArdupilotParams } from "./ardupilotParams.js";
import { createParamTable, hashOf } from "./paramTable.js";
import { createPx4Params } from "./px4Params.js";

const TO = { targetSystem: 1, targetComponent: 1 } as const;
const LIST: WireMessage = { name: "PARAM_REQUEST_LIST", fields: TO };
const readOf = (paramId: string, paramIndex = -1): WireMessage => ({
  name: "PARAM_REQUEST_READ",
  fields: { ...TO, paramId, paramIndex },
});
const setOf = (paramId: string, paramValue: number, paramType = 9): WireMessage => ({
  name: "PARAM_SET",
  fields: { ...TO, paramId, paramValue, paramType },
});

function aircraft(autopilot: Flavour["autopilot"], linkBitsPerS = 460_800) {
  const harness = createServiceHarness({ autopilot, airframe: "copter" }, (view, controls) => {
    const table = createParamTable({ view, controls });
    const link = { systemId: 1, linkBitsPerS, speedup: 1 };
    return [autopilot === "px4" ? createPx4Params(table, link) : createArdupilotParams(table, link)];
  });
  const { view, controls } = harness;
  const values = (forMs: number) => only(harness.run(forMs), "PARAM_VALUE");
  return { ...harness, table: createParamTable({ view, controls }), values };
}

/** The bits of a float32. */
function intOf(value: number): number {
  const four = new DataView(new ArrayBuffer(4));
  four.setFloat32(0, value);
  return four.getInt32(0);
}

describe("parameters of an ArduPilot", () => {
  it("lists everything once, in order, cast to float, in about six seconds of a fast link", () => {
    const ap = aircraft("ardupilot");
    ap.ask(LIST);
    const received = ap.values(7000);
    expect(received.map(({ paramIndex }) => paramIndex)).toEqual(received.map((_, i) => i));
    expect(received).toHaveLength(received[0]?.paramCount ?? 0);
    expect(received.find(({ paramId }) => paramId === "RTL_ALT")).toMatchObject({ paramValue: 3000, paramType: 6 });
  });

  it("uses at most 30 % of the link", () => {
    const ap = aircraft("ardupilot", 57_600);
    ap.ask(LIST);
    const bytes = ap.values(10_000).length * 37;
    expect(bytes / ((57_600 / 8) * 10)).toBeGreaterThan(0.28);
    expect(bytes / ((57_600 / 8) * 10)).toBeLessThanOrEqual(0.3);
  });

  it("answers a read with the index it was asked by, and drops what exceeds twenty waiting", () => {
    const ap = aircraft("ardupilot");
    ap.ask(readOf("RTL_ALT"));
    ap.ask(readOf("", 7));
    const [byName, byIndex] = ap.values(100);
    expect(byName).toMatchObject({ paramId: "RTL_ALT", paramIndex: 65535 });
    expect(byIndex).toMatchObject({ paramId: ap.table.listed()[7]?.name, paramIndex: 7 });
    for (let i = 0; i < 50; i++) ap.ask(readOf("", i));
    expect(ap.values(1000)).toHaveLength(20);
  });

  it("says nothing to an unknown name or a NaN, and gives the old value of a read-only one", () => {
    const ap = aircraft("ardupilot");
    expect(ap.ask(setOf("NO_SUCH", 1))).toEqual([]);
    expect(ap.ask(setOf("RTL_ALT", NaN))).toEqual([]);
    ap.ask(readOf("NO_SUCH"));
    expect(ap.values(200)).toEqual([]);
    expect(only(ap.ask(setOf("BATT_CAPACITY", 1)), "PARAM_VALUE")).toMatchObject([{ paramValue: 22_000 }]);
  });

  it("echoes what it stored, and flies by it", () => {
    const ap = aircraft("ardupilot");
    expect(only(ap.ask(setOf("RTL_ALT", 2500.7)), "PARAM_VALUE")).toMatchObject([
      { paramId: "RTL_ALT", paramValue: 2500, paramIndex: 65535 },
    ]);
    expect(ap.flight.params["RTL_ALT"]).toBe(2500);
    expect(only(ap.ask(setOf("FENCE_OPTIONS", 2)), "PARAM_VALUE")[0]?.paramValue).toBe(2);
  });

  it("counts differently once a family is enabled", () => {
    const ap = aircraft("ardupilot");
    const before = ap.table.listed().length;
    expect(only(ap.ask(setOf("DID_ENABLE", 1)), "PARAM_VALUE")[0]?.paramCount).toBe(before + 4);
    ap.ask(readOf("DID_OPTIONS"));
    expect(ap.values(100)[0]).toMatchObject({ paramId: "DID_OPTIONS", paramCount: before + 4 });
  });
});

describe("parameters of a PX4", () => {
  it("begins its list with the hash, then every value byte for byte", () => {
    const px4 = aircraft("px4");
    px4.ask(LIST);
    const [hash, ...values] = px4.values(8000);
    expect(hash).toMatchObject({ paramId: "_HASH_CHECK", paramType: 5, paramIndex: 65535, paramCount: values.length });
    expect(values.map(({ paramIndex }) => paramIndex)).toEqual(values.map((_, i) => i));
    const capacity = values.find(({ paramId }) => paramId === "BAT1_CAPACITY");
    expect(capacity).toMatchObject({ paramValue: 22_000, paramType: 9 });
    const action = values.find(({ paramId }) => paramId === "GF_ACTION");
    expect(intOf(action?.paramValue ?? 0)).toBe(2);
  });

  it("gives the hash when asked, changes it with a value, and stops the list when told the hash", () => {
    const px4 = aircraft("px4");
    const before = hashOf(px4.table);
    const [asked] = only(px4.ask(readOf("_HASH_CHECK")), "PARAM_VALUE");
    expect(intOf(asked?.paramValue ?? 0) >>> 0).toBe(before);
    px4.ask(setOf("MPC_XY_CRUISE", 7));
    expect(hashOf(px4.table)).not.toBe(before);
    px4.ask(LIST);
    expect(px4.values(100).length).toBeGreaterThan(1);
    px4.ask(setOf("_HASH_CHECK", 0));
    expect(px4.values(1000)).toEqual([]);
  });

  it("takes integers as bits, negative ones too, and answers with the index", () => {
    const px4 = aircraft("px4");
    const four = new DataView(new ArrayBuffer(4));
    four.setInt32(0, 3);
    const index = px4.table.indexOf("GF_ACTION");
    const [echo] = only(px4.ask(setOf("GF_ACTION", four.getFloat32(0), 6)), "PARAM_VALUE");
    expect(echo).toMatchObject({ paramId: "GF_ACTION", paramIndex: index });
    expect(px4.flight.params["GF_ACTION"]).toBe(3);
  });

  it("answers an unknown name and a wrong type with a text only", () => {
    const px4 = aircraft("px4");
    expect(only(px4.ask(setOf("NO_SUCH", 1)), "STATUSTEXT")).toMatchObject([{ text: "[pm] unknown param: NO_SUCH" }]);
    expect(px4.ask(setOf("GF_ACTION", 1, 9)).map(({ name }) => name)).toEqual(["STATUSTEXT"]);
    expect(px4.ask(readOf("NO_SUCH"))).toEqual([]);
    expect(only(px4.ask(readOf("", 9000)), "STATUSTEXT")).toMatchObject([{ text: "[pm] unknown param ID: 9000" }]);
  });

  it("leaves what it changes itself out of the hash", () => {
    const px4 = aircraft("px4");
    const before = hashOf(px4.table);
    px4.controls.setParam("LND_FLIGHT_T_LO", 12_345);
    expect(hashOf(px4.table)).toBe(before);
  });

  it("does not answer what is meant for everybody", () => {
    const px4 = aircraft("px4");
    px4.ask({ name: "PARAM_REQUEST_LIST", fields: { targetSystem: 0, targetComponent: 0 } });
    expect(px4.values(200)).toEqual([]);
  });
});
