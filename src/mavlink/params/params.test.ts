import { describe, expect, it } from "vitest";
import type { Param, ParamType } from "../../vehicle/params.js";
import { packParams } from "../testing/packParams.js";
import { crc32Part } from "../../core/crc32.js";
import type { ListedParam } from "./listedParam.js";
import { readPackedParams } from "./packedParams.js";
import { readParamFile, writeParamFile, writeQgcParamFile } from "./paramFile.js";
import { px4ParamHash } from "./paramHash.js";
import { COMP_METADATA_TYPE, ftpPathOf, metadataPlace } from "../componentMetadata.js";
import { readParamMetadata } from "./paramMetadata.js";

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

/** Encoded by Python's `struct` after the layout in ArduPilot's AP_Filesystem_Param.cpp. */
const PACKED =
  "1c670800080004d04143524f5f42414c5f50495443480000803f1439524f4c4c0000003f0000803f03a1524d494e475f434845434b0100000013c0424154545f4341504143495459f0550000e40c000011c046535f4743535f454e41424c45ff00046754494d454f55540000a040128052544c5f5350454544d4fe000001095f07";

describe("ArduPilot's packed file", () => {
  it("gives names, values, types and defaults", () => {
    const read = readPackedParams(fromHex(PACKED));
    expect(read).toEqual({
      ok: true,
      value: [
        { name: "ACRO_BAL_PITCH", value: 1, type: "real32", defaultValue: 1 },
        { name: "ACRO_BAL_ROLL", value: 0.5, type: "real32", defaultValue: 1 },
        { name: "ARMING_CHECK", value: 1, type: "int32", defaultValue: 1 },
        { name: "BATT_CAPACITY", value: 22_000, type: "int32", defaultValue: 3300 },
        { name: "FS_GCS_ENABLE", value: -1, type: "int8", defaultValue: 0 },
        { name: "FS_GCS_TIMEOUT", value: 5, type: "real32", defaultValue: 5 },
        { name: "RTL_SPEED", value: -300, type: "int16", defaultValue: 0 },
        { name: "RTL_SPEED_", value: 7, type: "int8", defaultValue: 7 },
      ],
    });
  });

  const many = Array.from({ length: 1400 }, (_, i): ListedParam => {
    const type = (["int8", "int16", "int32", "real32"] as const)[i % 4]!;
    const value = type === "int8" ? (i % 200) - 100 : i * 3;
    return { name: `GRP${i >> 5}_PAR${i}`, value, type, defaultValue: i % 3 ? value : 1 };
  });

  it("may hold padding anywhere between two parameters", () => {
    expect(readPackedParams(packParams(many))).toEqual({ ok: true, value: many });
    const bare = many.map(({ defaultValue: _, ...param }) => param);
    expect(readPackedParams(packParams(many, false))).toEqual({ ok: true, value: bare });
  });

  it("is refused when it is something else, cut, or broken", () => {
    expect(readPackedParams(fromHex("1234"))).toEqual({ ok: false, error: { kind: "not-packed" } });
    expect(readPackedParams(fromHex("ffff01000100"))).toEqual({ ok: false, error: { kind: "not-packed" } });
    const cut = fromHex(PACKED).subarray(0, 60);
    expect(readPackedParams(cut)).toMatchObject({ ok: false, error: { kind: "broken" } });
    expect(readPackedParams(packParams(many).subarray(0, 6))).toEqual({
      ok: false,
      error: { kind: "count", countOfRead: 0, countOfDeclared: 1400 },
    });
    const wrongType = fromHex(PACKED);
    wrongType[6] = 0x0e;
    expect(readPackedParams(wrongType)).toEqual({ ok: false, error: { kind: "broken", atByte: 6 } });
  });
});

describe("PX4's hash", () => {
  it("is the published check value of its CRC", () => {
    expect(crc32Part(Uint8Array.from("123456789", (c) => c.charCodeAt(0)))).toBe(0x2dfd2d88);
  });

  it("covers names and bytes in order, without the volatile ones (computed by Python's zlib)", () => {
    const params: ListedParam[] = [
      { name: "BAT1_CAPACITY", value: -1, type: "real32" },
      { name: "COM_RC_IN_MODE", value: 1, type: "int32" },
      { name: "LND_FLIGHT_T_HI", value: 77, type: "int32" },
      { name: "MAV_SYS_ID", value: 1, type: "int32" },
      { name: "NAV_ACC_RAD", value: 10, type: "real32" },
      { name: "SDLOG_PROFILE", value: -8388607, type: "int32" },
    ];
    expect(px4ParamHash(params, (name) => name === "LND_FLIGHT_T_HI")).toBe(0xd8c111c7);
  });
});

describe("a parameter file", () => {
  it("is read as Mission Planner, MAVProxy and people write it", () => {
    const text =
      "#NOTE: 23/11/2026\r\nACRO_BAL_ROLL,1\r\nRTL_ALT\t1500 # low\nWPNAV_SPEED   500.5\n\nRTL_ALT,3000\nX_Y, -1e-3\n";
    expect(readParamFile(text)).toEqual({
      ok: true,
      value: [
        { name: "ACRO_BAL_ROLL", value: 1 },
        { name: "WPNAV_SPEED", value: 500.5 },
        { name: "RTL_ALT", value: 3000 },
        { name: "X_Y", value: -0.001 },
      ],
    });
  });

  it("is read as QGroundControl writes it", () => {
    const text =
      "# Onboard parameters for Vehicle 1\n# Vehicle-Id Component-Id Name Value Type\n1\t1\tBAT1_N_CELLS\t4\t6\n1\t1\tNAV_ACC_RAD\t10.000000\t9\n";
    expect(readParamFile(text)).toEqual({
      ok: true,
      value: [
        { name: "BAT1_N_CELLS", value: 4 },
        { name: "NAV_ACC_RAD", value: 10 },
      ],
    });
  });

  it.each([
    ["A,1\nB,two\n", 2, '"two" is not a number'],
    ["A,1\n\nB\n", 3, "1 columns: a name and a value, or five, belong here"],
    ["A_NAME_THAT_IS_TOO_LONG,1", 1, '"A_NAME_THAT_IS_TOO_LONG" is not a parameter\'s name'],
    ["1\t1\tA\tNaN\t9", 1, '"NaN" is not a number'],
    ["# nothing\n", 2, "no parameter in this file"],
    ['{"fileType": "Plan"}', 1, '"{"fileType":" is not a parameter\'s name'],
  ])("says which line is wrong (%j)", (text, line, problem) => {
    expect(readParamFile(text)).toEqual({ ok: false, error: { line, problem } });
  });

  const param = (name: string, value: number, type: ParamType): Param => ({
    ...{ name, value: type === "real32" ? Math.fround(value) : value, type, metadata: undefined, awaitsReboot: false },
  });
  const params = [param("RTL_ALT", 3000, "int32"), param("ACRO_P", 0.1, "real32"), param("PI", Math.PI, "real32")];

  it("is written so that reading gives back the same values", () => {
    expect(writeParamFile(params)).toBe("ACRO_P,0.1\nPI,3.141593\nRTL_ALT,3000\n".replace("3.141593", "3.14159274"));
    const read = readParamFile(writeQgcParamFile(params, { systemId: 7, componentId: 1, remarks: ["Stack: PX4"] }));
    const values = read.ok ? read.value.map(({ name, value }) => [name, Math.fround(value)]) : [];
    expect(values).toEqual([
      ["ACRO_P", Math.fround(0.1)],
      ["PI", Math.fround(Math.PI)],
      ["RTL_ALT", 3000],
    ]);
    expect(writeQgcParamFile(params, { systemId: 7, componentId: 1, remarks: [] })).toContain("7\t1\tRTL_ALT\t3000\t6");
  });
});

describe("component metadata", () => {
  const general = (type: object) => ({ version: 1, metadataTypes: [{ type: 2, uri: "mftp://x" }, type] });

  it("is on the vehicle, or falls back to it", () => {
    expect(
      metadataPlace(
        general({ type: 1, uri: "mftp://etc/extras/parameters.json.xz", fileCrc: 5 }),
        COMP_METADATA_TYPE.parameter,
      ),
    ).toEqual({
      path: "/etc/extras/parameters.json.xz",
      fileCrc: 5,
    });
    const both = { type: 1, uri: "https://a/b.json", fileCrc: 1, uriFallback: "mftp:///b.json", fileCrcFallback: 2 };
    expect(metadataPlace(general(both), COMP_METADATA_TYPE.parameter)).toEqual({ path: "/b.json", fileCrc: 2 });
    expect(metadataPlace(general({ type: 1, uri: "https://a/b.json" }), COMP_METADATA_TYPE.parameter)).toBeUndefined();
    expect(metadataPlace("no", COMP_METADATA_TYPE.parameter)).toBeUndefined();
    expect(ftpPathOf("mftp://@SYS/x.json")).toBe("@SYS/x.json");
  });

  it("tells unit, range, choices, bits and marks, also of numbered parameters", () => {
    const reported = readParamMetadata({
      version: 3,
      parameters: [
        {
          ...{ name: "NAV_ACC_RAD", type: "Float", shortDesc: "Acceptance Radius", units: "m", min: 0.05, max: 200 },
          ...{ default: 10, decimalPlaces: 1, increment: 0.5, group: "Mission", rebootRequired: true, volatile: true },
        },
        {
          ...{ name: "BAT{n}_SOURCE", type: "Int32", shortDesc: "Battery {n} source", readOnly: true },
          values: [{ value: 0, description: "Power Module" }],
          bitmask: [{ index: 3, description: "Bit three" }],
        },
        "nonsense",
      ],
    });
    expect(reported?.("NAV_ACC_RAD")).toMatchObject({
      isVolatile: true,
      metadata: { title: "Acceptance Radius", unit: "m", min: 0.05, max: 200, defaultValue: 10, needsReboot: true },
    });
    expect(reported?.("BAT2_SOURCE")?.metadata).toMatchObject({
      title: "Battery 2 source",
      isReadOnly: true,
      choices: [{ value: 0, label: "Power Module" }],
      bits: [{ bit: 3, label: "Bit three" }],
    });
    expect(reported?.("BAT_SOURCE")).toBeUndefined();
    expect(readParamMetadata({ version: 3 })).toBeUndefined();
  });
});
