import { describe, expect, it } from "vitest";
import { crc32Part } from "../../src/core/crc32.js";

describe("the autopilots' checksum", () => {
  it("has the catalogue's check value for this polynomial without inversions", () => {
    expect(crc32Part(Buffer.from("123456789"))).toBe(0x2dfd2d88);
    expect(crc32Part(Buffer.from("6789"), crc32Part(Buffer.from("12345")))).toBe(0x2dfd2d88);
  });
});
