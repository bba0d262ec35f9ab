import { describe, expect, it } from "vitest";
import { klvChecksum } from "./klv.js";
import { createFrameSync } from "./frameSync.js";
import type { KlvPacket } from "./tsEvents.js";

const T0_US = 1_795_400_000_000_000;
const KEY = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x0b, 0x01, 0x01, 0x0e, 0x01, 0x03, 0x01, 0x01, 0, 0, 0];
const big = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);

/** A complete local set with the given heading in degrees; encoded by the test itself. */
function klvAt(unixTimeUs: number, headingDeg: number, ptsUs: number | undefined, isSynchronous: boolean): KlvPacket {
  const item = (tag: number, value: number, size: number): number[] => [tag, size, ...big(value, size)];
  const items = [
    ...item(2, unixTimeUs, 8),
    ...item(5, Math.round((headingDeg / 360) * 65535), 2),
    ...item(90, 0, 4),
    ...item(91, 0, 4),
    ...item(13, 2 ** 30, 4),
    ...item(14, 2 ** 24, 4),
    ...item(15, 3000, 2),
    ...item(16, 15000, 2),
    ...item(17, 12000, 2),
    ...item(18, 0, 4),
    ...item(19, 2 ** 32 - 2 ** 30, 4),
    ...item(20, 0, 4),
  ];
  const head = [...KEY, items.length + 4, ...items, 1, 2];
  return {
    kind: "klv",
    ptsUs,
    isSynchronous,
    bytes: Uint8Array.from([...head, ...big(klvChecksum(Uint8Array.from(head)), 2)]),
  };
}

describe("frame sync", () => {
  it("gives each frame the pose of its own instant when the KLV is synchronous", () => {
    const sync = createFrameSync();
    for (let i = 0; i < 5; i++) {
      sync.onAccessUnit(i * 40_000);
      sync.onKlv(klvAt(T0_US + i * 40_000, 10 * i, i * 40_000, true));
    }
    expect(sync.frame(80_000)).toMatchObject({ unixTimeUs: T0_US + 80_000, pose: { unixTimeUs: T0_US + 80_000 } });
    expect(sync.frame(80_000).pose?.platform.headingDeg).toBeCloseTo(20, 1);
    expect(sync.status()).toMatchObject({ hasKlv: true, skewMs: 0, countOfPoses: 5 });
  });

  it("interpolates by time, the short way round north, when it is not", () => {
    const sync = createFrameSync();
    sync.onAccessUnit(1_000_000);
    sync.onKlv(klvAt(T0_US, 350, undefined, false));
    sync.onAccessUnit(1_200_000);
    sync.onKlv(klvAt(T0_US + 200_000, 10, undefined, false));
    const { pose, unixTimeUs } = sync.frame(1_100_000);
    expect(unixTimeUs).toBe(T0_US + 100_000);
    expect(((pose?.platform.headingDeg ?? 180) + 180) % 360).toBeCloseTo(180, 1);
  });

  it("measures how far the metadata lags the picture", () => {
    const sync = createFrameSync();
    sync.onAccessUnit(2_000_000);
    sync.onKlv(klvAt(T0_US, 0, 1_700_000, true));
    expect(sync.status().skewMs).toBeCloseTo(-300, 6);
  });

  it("invents no pose: none without KLV, none from bad KLV, none far from the last one", () => {
    const sync = createFrameSync();
    sync.onAccessUnit(0);
    expect(sync.frame(0)).toEqual({ ptsUs: 0, unixTimeUs: undefined, pose: undefined });
    const good = klvAt(T0_US, 0, 0, true);
    sync.onKlv({ ...good, bytes: good.bytes.map((byte, i) => (i === 30 ? byte ^ 1 : byte)) });
    expect(sync.frame(0).pose).toBeUndefined();
    expect(sync.status()).toMatchObject({ countOfBadKlv: 1, lastFailure: { kind: "bad-checksum" } });
    sync.onKlv(good);
    expect(sync.frame(1_000_000).pose).toBeUndefined();
  });
});
