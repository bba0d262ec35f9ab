import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeDatagram } from "./mavlinkCodec.js";
import { createSigning } from "./signing.js";

const SIGNED = "src/mavlink/fixtures/mavlink-signed.json";
type Golden = { readonly secretKeyHex: string; readonly frames: readonly { readonly hex: string }[] };

describe("signatures made by another program", () => {
  it.skipIf(!existsSync(SIGNED))("are good with their key and bad with any other", () => {
    const { secretKeyHex, frames } = JSON.parse(readFileSync(SIGNED, "utf8")) as Golden;
    const [right, wrong] = [createSigning(0, () => 0), createSigning(0, () => 0)];
    right.setKey(Buffer.from(secretKeyHex, "hex"), 0n);
    wrong.setKey(Buffer.alloc(32, 7), 0n);
    const bytes = frames.map(({ hex }) => Buffer.from(hex, "hex"));
    expect(bytes.length).toBeGreaterThan(20);
    expect(bytes.map((frame) => right.check(frame))).toEqual(bytes.map(() => "good"));
    expect(bytes.map((frame) => right.check(frame))).toEqual(bytes.map(() => "bad"));
    expect(bytes.map((frame) => wrong.check(frame))).toEqual(bytes.map(() => "bad"));
    expect(bytes.flatMap((frame) => decodeDatagram(frame)).length).toBeGreaterThan(10);
  });
});

describe("without a key", () => {
  it("nothing is signed, and an all-zero key takes one away", () => {
    const signing = createSigning(0, () => 1_795_400_000_000_000);
    const frame = Buffer.from("fd09000000010100000000000000020351040327f0", "hex");
    expect(signing.sign(frame, 50)).toBe(frame);
    signing.setKey(Buffer.alloc(32, 1), 0n);
    expect(signing.sign(frame, 50)).toHaveLength(frame.length + 13);
    signing.setKey(Buffer.alloc(32), 0n);
    expect(signing.isKeyed()).toBe(false);
    expect(signing.check(frame)).toBe("unsigned");
  });
});
