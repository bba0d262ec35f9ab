import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { definitionOfName } from "./definitions.js";
import { encodeFrame } from "./encode.js";
import type { MavlinkFrame } from "./frame.js";
import { createReader } from "./reader.js";
import { isSignatureValid } from "./signing.js";
import { bytesOf, goldenFrames, hexOf, signedFrames, wireFieldsOf } from "./testing/golden.js";

const COUNT_OF_V1_WITH_EXTENSIONS = 92;
/** The file's timestamps need more than 48 bits; the frame carries the low 48, as MAVLink specifies. */
const time10usOf = (golden: { timestamp: string }) => Number(golden.timestamp) % 2 ** 48;
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());

function readOne(bytes: Uint8Array): MavlinkFrame {
  const received: MavlinkFrame[] = [];
  createReader({ isDatagram: true }).push(bytes, (frame) => received.push(frame));
  expect(received).toHaveLength(1);
  return received[0]!;
}

/**
 * Extension fields that our definitions have and the older pymavlink does not: its frames read as zero there, so they
 * are left out of the comparison.
 */
const withoutNewer = (fields: MavlinkFrame["fields"], known: object) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name in known));

describe("frames made by pymavlink", () => {
  const frames = goldenFrames();

  it("are all here", () => {
    expect(frames).toHaveLength(556);
    expect(new Set(frames.map((frame) => frame.name)).size).toBe(79);
  });

  it.each(frames.map((frame, i) => [`${i} ${frame.name} v${frame.version} ${frame.mode}`, frame] as const))(
    "frame %s decodes to its fields and encodes to its bytes",
    (_name, golden) => {
      const bytes = bytesOf(golden.hex);
      const frame = readOne(bytes);
      expect(frame).toMatchObject({
        name: golden.name,
        messageId: golden.msgId,
        version: golden.version,
        systemId: golden.sysid,
        componentId: golden.compid,
        seq: golden.seq,
        signature: undefined,
      });
      const fields = wireFieldsOf(golden.fields, frame.fields);
      expect(withoutNewer(frame.fields, golden.fields)).toEqual(fields);
      for (const [name, value] of Object.entries(frame.fields)) {
        if (!(name in golden.fields)) expect(Number(value), name).toBe(0);
      }
      const encoded = encodeFrame({
        name: golden.name,
        fields,
        systemId: golden.sysid,
        componentId: golden.compid,
        seq: golden.seq,
        version: golden.version,
      });
      // The two encodings differ: pymavlink writes extension fields into MAVLink 1 frames, the specification forbids it
      // ("Extension fields are not sent when a message is encoded using the MAVLink v1 protocol"), so ours are shorter.
      const base = definitionOfName(golden.name)!.baseLength;
      const carriesExtensions = golden.version === 1 && bytes[1]! > base;
      if (!carriesExtensions) expect(hexOf(encoded)).toBe(golden.hex);
      else {
        expect(hexOf(encoded.slice(2, -2))).toBe(hexOf(bytes.slice(2, 6 + base)));
        expect(readOne(encoded).fields).toEqual(withoutNewer(fields, readOne(encoded).fields));
      }
    },
  );

  it("differ in encoding only where MAVLink 1 frames carry extension fields", () => {
    const differing = frames.filter(
      (f) => f.version === 1 && bytesOf(f.hex)[1]! > definitionOfName(f.name)!.baseLength,
    );
    expect(differing).toHaveLength(COUNT_OF_V1_WITH_EXTENSIONS);
  });
});

describe("frames signed by pymavlink", () => {
  const { secretKeyHex, frames } = signedFrames();
  const secretKey = bytesOf(secretKeyHex);

  it.each(frames.map((frame, i) => [i, frame.name, frame] as const))(
    "frame %i %s, both directions",
    (_i, _n, golden) => {
      const frame = readOne(bytesOf(golden.hex));
      expect(frame.signature).toMatchObject({ linkId: golden.linkId, time10us: time10usOf(golden) });
      expect(isSignatureValid(frame.bytes, { secretKey, sha256 })).toBe(true);
      const fields = wireFieldsOf(golden.fields, frame.fields);
      expect(withoutNewer(frame.fields, golden.fields)).toEqual(fields);
      const encoded = encodeFrame({
        name: golden.name,
        fields,
        systemId: frame.systemId,
        componentId: frame.componentId,
        seq: golden.seq,
        version: 2,
        signing: { secretKey, linkId: golden.linkId, time10us: time10usOf(golden), sha256 },
      });
      expect(hexOf(encoded)).toBe(golden.hex);
    },
  );

  it("are refused with another key, or one bit changed", () => {
    const bytes = bytesOf(frames[0]!.hex);
    expect(isSignatureValid(bytes, { secretKey: new Uint8Array(32), sha256 })).toBe(false);
    bytes[bytes.length - 1]! ^= 1;
    expect(isSignatureValid(bytes, { secretKey, sha256 })).toBe(false);
  });
});
