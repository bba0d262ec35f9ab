import { describe, expect, it } from "vitest";
import { byteItem, encodeKlv, klvChecksum, signedItem, textItem, timeItem, unsignedItem } from "./klv.js";

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

// klvdata/data/DynamicOnlyMISMMSPacketData.bin (MIT), by way of FIELD.md F.
const DYNAMIC_ONLY =
  "060e2b34020b01010e0103010100000061020800046050584e0180050271c20602fd3d070208b80d045595b66d0e045b5360c40f02c2211002cd9c1102d9171204724a0a20130487f84b86140400000000150403830926160212811704f101a229180414bc082b190234f34101060102c850";

describe("ST 0601 encoder", () => {
  it("writes the published packet byte for byte from its values", () => {
    const fromCode = (code: number, most: number, span: number) => (code / most) * span;
    // Six decimals do not determine a 32-bit code: these are the codes, checked against the published values.
    const azimuthDeg = fromCode(0x724a0a20, 2 ** 32 - 1, 360);
    const elevationDeg = fromCode(0x87f84b86 - 2 ** 32, 2 ** 31 - 1, 180);
    const slantM = fromCode(0x03830926, 2 ** 32 - 1, 5_000_000);
    expect(azimuthDeg).toBeCloseTo(160.719211, 5);
    expect(elevationDeg).toBeCloseTo(-168.792325, 5);
    expect(slantM).toBeCloseTo(68590.98, 1);
    const packet = encodeKlv([
      timeItem(1231798102000000),
      unsignedItem(5, 2, 159.97436, [0, 360]),
      signedItem(6, 2, -0.43153, 20),
      signedItem(7, 2, 3.40587, 50),
      signedItem(13, 4, 60.176822967, 90),
      signedItem(14, 4, 128.426759042, 180),
      unsignedItem(15, 2, 14190.7195, [-900, 19000]),
      unsignedItem(16, 2, 144.5713, [0, 180]),
      unsignedItem(17, 2, 152.6436, [0, 180]),
      unsignedItem(18, 4, azimuthDeg, [0, 360]),
      signedItem(19, 4, elevationDeg, 180),
      unsignedItem(20, 4, 0, [0, 360]),
      unsignedItem(21, 4, slantM, [0, 5_000_000]),
      unsignedItem(22, 2, 722.82, [0, 10_000]),
      signedItem(23, 4, -10.542388633, 90),
      signedItem(24, 4, 29.157890123, 180),
      unsignedItem(25, 2, 3216.037, [-900, 19000]),
      byteItem(65, 6),
    ]);
    expect(hexOf(packet)).toBe(DYNAMIC_ONLY);
  });

  it("sums as the published checksums do", () => {
    expect(klvChecksum(bytesOf("060E2B34020081BB"))).toBe(0xb4fd);
    expect(klvChecksum(bytesOf(DYNAMIC_ONLY.slice(0, -4)))).toBe(0xc850);
  });

  it("marks what a signed tag cannot hold as out of range, and clamps an unsigned one", () => {
    expect(hexOf(signedItem(6, 2, 20.1, 20).bytes)).toBe("8000");
    expect(hexOf(signedItem(13, 4, 91, 90).bytes)).toBe("80000000");
    expect(hexOf(unsignedItem(15, 2, 30000, [-900, 19000]).bytes)).toBe("ffff");
    expect(hexOf(signedItem(6, 2, -20, 20).bytes)).toBe("8001");
  });

  it("uses the long form of BER from 128 bytes on", () => {
    const packet = encodeKlv([timeItem(0), textItem(3, "x".repeat(130))]);
    expect(hexOf(packet.subarray(16, 18))).toBe("8193");
    expect(hexOf(packet.subarray(28, 31))).toBe("038182");
  });
});
