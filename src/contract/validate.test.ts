import { describe, expect, it } from "vitest";
import { MESSAGE_LIMITS } from "../core/boundedJson.js";
import { seededRng } from "../core/rng.js";
import { COAST_FILE_BYTES_MAX } from "../geo/coastLimits.js";
import { validateFromUi } from "./validate.js";
import { decodeWire, encodeWire } from "./wire.js";

const request = (inner: unknown) => ({ kind: "request", requestId: 4, request: inner });
const order = { vehicleId: "udp:14550/1", commandId: "c-1", isConfirmed: true };
const command = (inner: unknown) => request({ kind: "command", ...order, command: inner });

describe("what a screen may say", () => {
  it.each([
    { kind: "ui-alive" },
    { kind: "frame-shown", cameraId: "camera-1", frameId: 12 },
    command({ kind: "arm" }),
    command({ kind: "take-off", altitudeAboveHomeM: 20 }),
    command({
      kind: "go-to",
      position: { latitudeDeg: 50.7, longitudeDeg: 1.6 },
      height: { datum: "home", valueM: 60 },
    }),
    request({ kind: "upload-plan", vehicleId: "a/1", planText: "{}" }),
    request({ kind: "open-recording-bytes", name: "x.tlog", bytes: new Uint8Array(3) }),
    request({ kind: "get-tide", position: { latitudeDeg: 50.7, longitudeDeg: 1.6 } }),
    request({ kind: "get-tide", position: { latitudeDeg: 50.7, longitudeDeg: 1.6 }, unixTimeMs: 1_795_400_000_000.5 }),
    request({ kind: "recording-frame", recordingId: "R-1", unixTimeUs: 1_795_400_000_000_000 }),
  ])("accepts %j", (message) => {
    expect(validateFromUi(message)).toEqual({ ok: true, value: message });
  });

  it.each([
    [undefined, undefined],
    ["hello", undefined],
    [{ kind: "self-destruct" }, undefined],
    [{ kind: "ui-alive", extra: 1 }, undefined],
    [{ kind: "frame-shown", cameraId: "camera-1", frameId: 1.5 }, undefined],
    [{ kind: "frame-shown", frameId: 1 }, undefined],
    [command({ kind: "take-off", altitudeAboveHomeM: Number.NaN }), 4],
    [command({ kind: "take-off" }), 4],
    [
      command({ kind: "go-to", position: { latitudeDeg: 91, longitudeDeg: 0 }, height: { datum: "home", valueM: 1 } }),
      4,
    ],
    [command({ kind: "go-to", position: { latitudeDeg: 1, longitudeDeg: 0 }, height: { datum: "agl", valueM: 1 } }), 4],
    [request({ kind: "list-plans", path: "/etc" }), 4],
    [request({ kind: "get-places", path: "/etc" }), 4],
    [request({ kind: "get-tide", position: { latitudeDeg: 91, longitudeDeg: 1 } }), 4],
    [request({ kind: "get-tide", position: { latitudeDeg: 50, longitudeDeg: 1 }, unixTimeMs: 1e15 }), 4],
    [request({ kind: "command", ...order, commandId: "", command: { kind: "arm" } }), 4],
    [request({ kind: "command", ...order, isConfirmed: undefined, command: { kind: "arm" } }), 4],
    [request(null), 4],
    [{ kind: "request", requestId: -1, request: { kind: "list-plans" } }, undefined],
  ])("refuses %j and knows which request it was", (message, requestId) => {
    const checked = validateFromUi(message);
    expect(checked).toMatchObject({ ok: false, error: { kind: "invalid-message", requestId } });
  });
});

describe("what is too large", () => {
  const sized = (byteLength: number): Uint8Array =>
    Object.defineProperty(new Uint8Array(1), "byteLength", { value: byteLength });
  const mb = 1024 * 1024;
  const part = (bytes: Uint8Array) =>
    request({ kind: "open-recording-part", uploadId: "u", name: "x.tlog", totalBytes: 9, offsetBytes: 0, bytes });
  it.each([
    ["a recording", 512 * mb, (bytes: Uint8Array) => request({ kind: "open-recording-bytes", name: "x.tlog", bytes })],
    ["a part of one", 8 * mb, part],
    ["a coast line", COAST_FILE_BYTES_MAX, (bytes: Uint8Array) => request({ kind: "load-coast-line", geojson: bytes })],
  ])("%s: is refused from one byte above its limit, and says so", (_what, limit, messageOf) => {
    expect(validateFromUi(messageOf(sized(limit))).ok).toBe(true);
    const refused = validateFromUi(messageOf(sized(limit + 1)));
    expect(refused).toMatchObject({
      ok: false,
      error: { problem: expect.stringMatching(/^request\.\w+: too large$/) },
    });
  });
});

it("only a whole number from 0 is a request's id", () => {
  const refusedId = (message: unknown) => {
    const checked = validateFromUi(message);
    return checked.ok ? "accepted" : checked.error.requestId;
  };
  const asking = (requestId: unknown) => ({ kind: "request", requestId, request: null });
  expect([0, 7, -1, 1.5, "3", Number.NaN].map((id) => refusedId(asking(id)))).toEqual([
    ...[0, 7, undefined, undefined, undefined, undefined],
  ]);
  expect([null, 5, { kind: "request" }].map(refusedId)).toEqual([undefined, undefined, undefined]);
});

describe("the wire", () => {
  it("carries one byte array in any message, and text as JSON", () => {
    const message = request({ kind: "open-recording-bytes", name: "é.tlog", bytes: Uint8Array.of(1, 2, 255) });
    expect(decodeWire(encodeWire(message))).toEqual(message);
    expect(decodeWire(encodeWire({ kind: "ui-alive" }))).toEqual({ kind: "ui-alive" });
    // A header that is not valid UTF-8 is rejected, not decoded with replacement characters.
    expect(decodeWire(Uint8Array.of(3, 0, 0, 0, 0x22, 0xe9, 0x22))).toBeUndefined();
  });

  it("findings 6.10: a frame of more values than any message has is no message, whichever form it takes", () => {
    const flood = `[${"[],".repeat(200_000)}[]]`;
    const binary = new Uint8Array(4 + flood.length);
    new DataView(binary.buffer).setUint32(0, flood.length, true);
    binary.set(Buffer.from(flood), 4);
    expect(decodeWire(flood, MESSAGE_LIMITS)).toBeUndefined();
    expect(decodeWire(binary, MESSAGE_LIMITS)).toBeUndefined();
    expect(decodeWire("[[1]]", MESSAGE_LIMITS)).toEqual([[1]]);
  });

  it("gives no message for garbage, and never throws", () => {
    const rng = seededRng(3);
    for (let i = 0; i < 2000; i++) {
      const bytes = Uint8Array.from({ length: Math.floor(rng.uniform() * 80) }, () => rng.uniform() * 256);
      expect(validateFromUi(decodeWire(bytes)).ok).toBe(false);
    }
    expect(decodeWire("[".repeat(200_000))).toBeUndefined();
  });
});
