import { describe, expect, it } from "vitest";
import { crc32, crc32Part } from "./crc32.js";

const CHECK = Uint8Array.from("123456789", (digit) => digit.charCodeAt(0));

describe("CRC-32", () => {
  it("has the check value of the catalogues, with the inversions and without", () => {
    expect(crc32(CHECK)).toBe(0xcbf43926);
    expect(crc32Part(CHECK)).toBe(0x2dfd2d88);
  });
  it("goes on from part to part", () => {
    expect(crc32Part(CHECK.subarray(4), crc32Part(CHECK.subarray(0, 4)))).toBe(crc32Part(CHECK));
  });
});
