import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definitionOfName, REGISTRIES, type FieldDefinition } from "./definitions.js";
import { encodeFrame } from "./encode.js";
import type { FieldValue, MavlinkFrame } from "./frame.js";
import { createReader } from "./reader.js";

function readOne(bytes: Uint8Array): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  expect(frames).toHaveLength(1);
  return frames[0]!;
}
const ids = { systemId: 42, componentId: 190, seq: 5 };

const INTEGERS = { char: [0, 255], int8_t: [-128, 127], uint8_t: [0, 255], int16_t: [-32768, 32767] } as const;
const WIDE = { uint16_t: [0, 65535], int32_t: [-(2 ** 31), 2 ** 31 - 1], uint32_t: [0, 2 ** 32 - 1] } as const;
const RANGES: Readonly<Record<string, readonly [number, number]>> = { ...INTEGERS, ...WIDE };

function anElement(type: FieldDefinition["type"]): fc.Arbitrary<number | bigint> {
  if (type === "int64_t") return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  if (type === "uint64_t") return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  if (type === "float") return fc.float();
  if (type === "double") return fc.double();
  const [min, max] = RANGES[type]!;
  return fc.integer({ min, max });
}
function aValue(field: FieldDefinition): fc.Arbitrary<FieldValue> {
  if (field.arrayLength === 0) return anElement(field.type);
  if (field.type === "char") {
    const ascii = fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code));
    return fc.string({ unit: ascii, maxLength: field.arrayLength });
  }
  const length = { minLength: field.arrayLength, maxLength: field.arrayLength };
  return fc.array(anElement(field.type) as fc.Arbitrary<number>, length);
}
const allNames = REGISTRIES.flatMap((registry) => Object.values(registry).map((mapping) => mapping.MSG_NAME));
const aMessage = fc.constantFrom(...allNames).chain((name) => {
  const { fields } = definitionOfName(name)!;
  const values = fc.record(Object.fromEntries(fields.map((field) => [field.name, aValue(field)])));
  return values.map((value) => ({ name, fields: value }));
});

describe("the definitions", () => {
  it("have one message an id and an id a message, over all dialects", () => {
    const pairs = REGISTRIES.flatMap((r) => Object.values(r).map((m) => `${m.MSG_ID}`));
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(new Set(allNames).size).toBe(allNames.length);
    expect(allNames.length).toBe(343);
  });
});

describe("encoding", () => {
  it("is undone by reading, for every message of every dialect (property)", () => {
    fc.assert(
      fc.property(aMessage, ({ name, fields }) => {
        const frame = readOne(encodeFrame({ name, fields, ...ids, version: 2 }));
        expect(frame).toMatchObject({ name, version: 2, ...ids });
        expect(frame.fields).toEqual(fields);
      }),
      { numRuns: 3000, seed: 20261123 },
    );
  });

  it("never cuts the first byte of the payload", () => {
    const bytes = encodeFrame({
      name: "PARAM_REQUEST_LIST",
      fields: {},
      systemId: 0,
      componentId: 0,
      seq: 0,
      version: 2,
    });
    expect(bytes[1]).toBe(1);
    expect(bytes).toHaveLength(13);
    expect(readOne(bytes).fields).toEqual({ target_system: 0, target_component: 0 });
  });

  it("leaves extension fields out of MAVLink 1", () => {
    const frame = readOne(
      encodeFrame({
        name: "STATUSTEXT",
        fields: { severity: 2, text: "hello", id: 9, chunk_seq: 1 },
        ...ids,
        version: 1,
      }),
    );
    expect(frame.version).toBe(1);
    expect(frame.fields).toEqual({ severity: 2, text: "hello" });
  });

  it("writes text beyond ASCII as UTF-8, cut between characters, and reads it back", () => {
    const text = "Ébène 🚤 ".repeat(10);
    const frame = readOne(encodeFrame({ name: "STATUSTEXT", fields: { severity: 6, text }, ...ids, version: 2 }));
    const got = frame.fields["text"] as string;
    expect(text.startsWith(got)).toBe(true);
    expect(got.length).toBeGreaterThan(30);
  });

  it("carries 64-bit integers and NaN exactly", () => {
    const time_usec = 2n ** 63n + 12345n;
    const frame = readOne(encodeFrame({ name: "GPS_RAW_INT", fields: { time_usec }, ...ids, version: 2 }));
    expect(frame.fields["time_usec"]).toBe(time_usec);
    const item = readOne(encodeFrame({ name: "MISSION_ITEM_INT", fields: { param4: Number.NaN }, ...ids, version: 2 }));
    expect(item.fields["param4"]).toBeNaN();
  });

  it("treats what cannot be said as a bug", () => {
    expect(() => encodeFrame({ name: "NO_SUCH", fields: {}, ...ids, version: 2 })).toThrow(/NO_SUCH/);
    expect(() => encodeFrame({ name: "GIMBAL_MANAGER_STATUS", fields: {}, ...ids, version: 1 })).toThrow(/MAVLink 1/);
  });
});
