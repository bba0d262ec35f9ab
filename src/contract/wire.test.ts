import { describe, expect, it } from "vitest";
import { decodeWire, encodeWire } from "./wire.js";

const LIMITS = { charsMax: 64, depthMax: 8, valuesMax: 100 };
const binary = (message: object): Uint8Array => {
  const frame = encodeWire(message);
  if (typeof frame === "string") throw new Error("expected a binary frame");
  return frame;
};

describe("a message without bytes", () => {
  it("is JSON text, and comes back as it was", () => {
    const frame = encodeWire({ kind: "ui-alive", note: "é" });
    expect(frame).toBe('{"kind":"ui-alive","note":"é"}');
    expect(decodeWire(frame)).toEqual({ kind: "ui-alive", note: "é" });
  });

  it("keeps numbers that JSON lacks: never received is not null at the other end", () => {
    const message = { never: Number.NEGATIVE_INFINITY, up: [Number.POSITIVE_INFINITY], no: Number.NaN, zero: -0.5 };
    expect(decodeWire(encodeWire(message))).toEqual(message);
    expect(decodeWire('{"a":{"$number":"12"},"b":{"$number":{}}}')).toEqual({
      ...{ a: { $number: "12" }, b: { $number: {} } },
    });
  });

  it("keeps a marker that came as text: there are no bytes beside it", () => {
    expect(decodeWire('{"bytes":{"$bytes":3}}')).toEqual({ bytes: { $bytes: 3 } });
  });

  it("is nothing when it is not JSON, or larger than its reader allows", () => {
    expect(decodeWire("{not json")).toBeUndefined();
    expect(decodeWire(JSON.stringify({ text: "x".repeat(80) }), LIMITS)).toBeUndefined();
    expect(decodeWire(JSON.stringify({ text: "x" }), LIMITS)).toEqual({ text: "x" });
  });
});

describe("a message with bytes", () => {
  it("is its header's length, the header and the bytes, and comes back as it was", () => {
    const frame = binary({ kind: "x", bytes: Uint8Array.of(1, 2, 3) });
    const header = '{"kind":"x","bytes":{"$bytes":3}}';
    expect([...frame.subarray(0, 4)]).toEqual([header.length, 0, 0, 0]);
    expect(new TextDecoder().decode(frame.subarray(4, 4 + header.length))).toBe(header);
    expect([...frame.subarray(4 + header.length)]).toEqual([1, 2, 3]);
    expect(decodeWire(frame)).toEqual({ kind: "x", bytes: Uint8Array.of(1, 2, 3) });
  });

  it("may hold none, and no second array", () => {
    expect(decodeWire(binary({ bytes: new Uint8Array() }))).toEqual({ bytes: new Uint8Array() });
    expect(() => encodeWire({ a: Uint8Array.of(1), b: Uint8Array.of(2) })).toThrow(/one byte array/);
  });

  it("reads from the middle of a larger buffer", () => {
    const frame = binary({ bytes: Uint8Array.of(7) });
    const larger = new Uint8Array(frame.byteLength + 5);
    larger.set(frame, 5);
    expect(decodeWire(larger.subarray(5))).toEqual({ bytes: Uint8Array.of(7) });
  });

  it("is nothing when it is too short, claims more than is there, or its header is no UTF-8 and no JSON", () => {
    expect(decodeWire(Uint8Array.of(1, 0, 0))).toBeUndefined();
    expect(decodeWire(Uint8Array.of(5, 0, 0, 0, 123, 125))).toBeUndefined();
    expect(decodeWire(Uint8Array.of(2, 0, 0, 0, 0xff, 0xff))).toBeUndefined();
    expect(decodeWire(Uint8Array.of(1, 0, 0, 0, 123))).toBeUndefined();
    expect(decodeWire(Uint8Array.of(0, 0, 0, 0))).toBeUndefined();
    expect(decodeWire(Uint8Array.of(2, 0, 0, 0, 123, 125))).toEqual({});
  });

  it("is bounded in its header, not in its bytes", () => {
    const many = new Uint8Array(1000);
    expect(decodeWire(binary({ bytes: many }), LIMITS)).toEqual({ bytes: many });
    const note = "x".repeat(LIMITS.charsMax - '{"n":"","b":{"$bytes":1}}'.length);
    expect(decodeWire(binary({ n: note, b: Uint8Array.of(1) }), LIMITS)).toBeDefined();
    expect(decodeWire(binary({ n: `${note}x`, b: Uint8Array.of(1) }), LIMITS)).toBeUndefined();
  });
});
