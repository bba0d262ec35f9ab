import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { seededRng } from "../core/rng.js";
import { klvChecksum, readBerLength, readBerOid } from "./klv.js";
import { decodeSt0601, framePoseFrom } from "./st0601.js";

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

// klvdata/data/DynamicOnlyMISMMSPacketData.bin (MIT), the values as FIELD.md F gives them.
const DYNAMIC = fromHex(
  "060e2b34020b01010e0103010100000061020800046050584e0180050271c20602fd3d070208b80d045595b66d0e045b5360c40f02c2211002cd9c" +
    "1102d9171204724a0a20130487f84b86140400000000150403830926160212811704f101a229180414bc082b190234f34101060102c850",
);

const without = (tags: readonly number[]): Uint8Array => {
  const items: number[] = [];
  for (let at = 17; at < DYNAMIC.length;) {
    const [tag = 0, length = 0] = [DYNAMIC[at], DYNAMIC[at + 1]];
    if (!tags.includes(tag) && tag !== 1) items.push(...DYNAMIC.subarray(at, at + 2 + length));
    at += 2 + length;
  }
  return sealed(items);
};

/** Key, length, items and a valid checksum. */
const sealed = (items: readonly number[]): Uint8Array => {
  const length = items.length + 4;
  const head = [...DYNAMIC.subarray(0, 16), ...(length < 128 ? [length] : [0x81, length]), ...items, 1, 2];
  const sum = klvChecksum(Uint8Array.from(head));
  return Uint8Array.from([...head, sum >> 8, sum & 0xff]);
};
/** A fraction of the range, from -1 to 1, as the four bytes of a signed item. */
const signedBytes = (fraction: number): readonly number[] => {
  const raw = Math.round(fraction * 0x7fffffff) >>> 0;
  return [raw >>> 24, (raw >>> 16) & 0xff, (raw >>> 8) & 0xff, raw & 0xff];
};
const itemsOf = (set: Uint8Array): number[] => [...set.subarray(17, set.length - 4)];

describe("hostile metadata", () => {
  it("thousands of scribbled packets never throw, and give no pose beyond the world", () => {
    const rng = seededRng(601);
    for (let i = 0; i < 5000; i++) {
      const bytes = DYNAMIC.slice(0, Math.floor(rng.uniform() * (DYNAMIC.length + 1)));
      for (let j = 0; j < 3; j++) bytes[Math.floor(rng.uniform() * bytes.length)] = Math.floor(rng.uniform() * 256);
      const isSealed = i % 2 === 0 && bytes.length > 21;
      const record = decodeSt0601(isSealed ? sealed([...bytes.subarray(17)]) : bytes);
      const pose = record.ok ? framePoseFrom(record.value) : record;
      if (!pose.ok) continue;
      const { latitudeDeg, longitudeDeg } = pose.value.sensor.position;
      expect(Math.abs(latitudeDeg)).toBeLessThanOrEqual(90);
      expect(Math.abs(longitudeDeg)).toBeLessThanOrEqual(180);
    }
  });
});

describe("ST 0601", () => {
  it("decodes the published packet to the published values", () => {
    const record = decodeSt0601(DYNAMIC);
    if (!record.ok) throw new Error(record.error.kind);
    const value = record.value;
    expect(value.unixTimeUs).toBe(1231798102000000);
    expect(value.platformHeadingDeg).toBeCloseTo(159.97436, 4);
    expect(value.platformPitchDeg).toBeCloseTo(-0.43153, 4);
    expect(value.platformRollDeg).toBeCloseTo(3.40587, 4);
    expect(value.sensorLatitudeDeg).toBeCloseTo(60.176822967, 8);
    expect(value.sensorLongitudeDeg).toBeCloseTo(128.426759042, 8);
    expect(value.sensorAltitudeAmslM).toBeCloseTo(14190.7195, 3);
    expect(value.hfovDeg).toBeCloseTo(144.5713, 3);
    expect(value.vfovDeg).toBeCloseTo(152.6436, 3);
    expect(value.relativeAzimuthDeg).toBeCloseTo(160.719211, 5);
    expect(value.relativeElevationDeg).toBeCloseTo(-168.792325, 5);
    expect(value.relativeRollDeg).toBe(0);
    expect(value.slantRangeM).toBeCloseTo(68590.98, 1);
    expect(value.targetWidthM).toBeCloseTo(722.82, 1);
    expect(value.centreLatitudeDeg).toBeCloseTo(-10.542388633, 8);
    expect(value.centreLongitudeDeg).toBeCloseTo(29.157890123, 8);
    expect(value.centreElevationAmslM).toBeCloseTo(3216.037, 2);
    expect(value.version).toBe(6);
  });

  it("gives a pose whose parts are the record's", () => {
    // The published roll of the sensor is zero: an eighth of the circle instead, so that no two parts are equal.
    const record = decodeSt0601(sealed([...itemsOf(without([20])), 20, 4, 0x20, 0, 0, 0]));
    const pose = record.ok ? framePoseFrom(record.value) : record;
    if (!pose.ok) throw new Error(pose.error.kind);
    const { unixTimeUs, sensor, platform, gimbal, hfovDeg, vfovDeg } = pose.value;
    expect(unixTimeUs).toBe(1231798102000000);
    expect(sensor.position.latitudeDeg).toBeCloseTo(60.1768, 3);
    expect(sensor.position.longitudeDeg).toBeCloseTo(128.4268, 3);
    expect(sensor.altitudeAmslM).toBeCloseTo(14190.72, 1);
    expect(platform.headingDeg).toBeCloseTo(159.974, 2);
    expect(platform.pitchDeg).toBeCloseTo(-0.4315, 3);
    expect(platform.rollDeg).toBeCloseTo(3.4059, 3);
    expect(gimbal.azimuthDeg).toBeCloseTo(160.719, 2);
    expect(gimbal.elevationDeg).toBeCloseTo(-168.792, 2);
    expect(gimbal.rollDeg).toBeCloseTo(45, 5);
    expect(hfovDeg).toBeCloseTo(144.571, 2);
    expect(vfovDeg).toBeCloseTo(152.644, 2);
  });

  it("refuses a wrong checksum and says both sums", () => {
    const broken = Uint8Array.from(DYNAMIC);
    broken[30] = 0xff;
    expect(decodeSt0601(broken)).toMatchObject({ ok: false, error: { kind: "bad-checksum", stated: 0xc850 } });
  });

  it("computes the checksum of jmisb's example", () => {
    expect(klvChecksum(fromHex("060E2B34020081BB"))).toBe(0xb4fd);
  });

  it("prefers the full-range attitude, which a banking aircraft needs", () => {
    const full = decodeSt0601(sealed([...itemsOf(DYNAMIC), 90, 4, 0x40, 0, 0, 0, 91, 4, 0xc0, 0, 0, 0]));
    expect(full.ok && full.value.platformPitchDeg).toBeCloseTo(45, 5);
    expect(full.ok && full.value.platformRollDeg).toBeCloseTo(-45, 5);
  });

  it("takes the height above the ellipsoid down to sea level when that is all there is", () => {
    // In the Channel off Dieppe (49.93 N 1.08 E): there the sea lies 45.1 m above the ellipsoid (`geodesy.test.ts`).
    const place = [13, 4, ...signedBytes(49.93 / 90), 14, 4, ...signedBytes(1.08 / 180)];
    // Tag 75 at 3500/65535 of -900..19000.
    const record = decodeSt0601(sealed([...itemsOf(without([13, 14, 15])), ...place, 75, 2, 0x0d, 0xac]));
    const pose = record.ok ? framePoseFrom(record.value) : record;
    if (!pose.ok) throw new Error("no pose");
    const ellipsoidM = -900 + (19900 * 3500) / 65535;
    expect(pose.value.sensor.altitudeAmslM - ellipsoidM).toBeCloseTo(-45.1, 1);
  });

  it.each([
    [13, [13, 4, 0x80, 0, 0, 0]],
    [6, [6, 2, 0x80, 0]],
  ])("treats the error value of tag %i as unknown: no pose is invented", (tag, item) => {
    const record = decodeSt0601(sealed([...itemsOf(without([tag])), ...item]));
    expect(record.ok && framePoseFrom(record.value)).toMatchObject({ ok: false, error: { kind: "incomplete" } });
  });

  it("says what is missing", () => {
    const record = decodeSt0601(without([16, 20]));
    expect(record.ok && framePoseFrom(record.value)).toEqual({
      ok: false,
      error: { kind: "incomplete", missing: ["sensorRoll", "hfov"] },
    });
  });

  it("finds the set behind garbage, with the long length form", () => {
    const long = Uint8Array.from([1, 2, 3, ...sealed([...itemsOf(DYNAMIC), 3, 40, ...Array<number>(40).fill(65)])]);
    expect(long[3 + 16]).toBe(0x81);
    expect(decodeSt0601(long)).toMatchObject({ ok: true, value: { missionId: "A".repeat(40) } });
  });

  it("never throws, whatever is cut or changed", () => {
    fc.assert(
      fc.property(fc.nat(DYNAMIC.length - 1), fc.nat(255), fc.nat(DYNAMIC.length), (at, byte, length) => {
        const bytes = DYNAMIC.slice(0, length);
        if (at < bytes.length) bytes[at] = byte;
        const record = decodeSt0601(bytes);
        if (record.ok) framePoseFrom(record.value);
      }),
    );
  });

  it("reads BER numbers and refuses those cut off", () => {
    expect(readBerLength(fromHex("81d2"), 0)).toEqual({ value: 210, next: 2 });
    expect(readBerLength(fromHex("8201"), 0)).toBeUndefined();
    expect(readBerOid(fromHex("8148"), 0)).toEqual({ value: 200, next: 2 });
    expect(readBerOid(fromHex("81"), 0)).toBeUndefined();
  });
});
