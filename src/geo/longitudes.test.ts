import { describe, expect, it } from "vitest";
import { wrap180, wrap360 } from "./angles.js";
import { joinedAt180 } from "./joinHalves.js";
import { unwrapped, wrapLongitudeDeg } from "./longitudes.js";
import { at } from "./testing/coasts.js";

describe("angles", () => {
  it.each([
    [0, 0],
    [359.5, 359.5],
    [360, 0],
    [361, 1],
    [725, 5],
    [-1, 359],
    [-361, 359],
  ])("a bearing of %f° is one of %f°", (angleDeg, wrappedDeg) => {
    expect(wrap360(angleDeg)).toBe(wrappedDeg);
  });

  it.each([
    [0, 0],
    [10, 10],
    [179, 179],
    [180, -180],
    [190, -170],
    [-180, -180],
    [-181, 179],
    [350, -10],
  ])("a turn by %f° is shortest by %f°", (angleDeg, wrappedDeg) => {
    expect(wrap180(angleDeg)).toBe(wrappedDeg);
  });
});

describe("longitudes", () => {
  it.each([
    [0, 0],
    [180, 180],
    [-180, -180],
    [179.5, 179.5],
    [180.5, -179.5],
    [-180.5, 179.5],
    [360, 0],
    [359, -1],
    [541, -179],
  ])("%f° is %f°", (longitudeDeg, wrappedDeg) => {
    expect(wrapLongitudeDeg(longitudeDeg)).toBe(wrappedDeg);
  });

  it("are made continuous across the antimeridian, from the first one on", () => {
    expect(unwrapped([at(1, 179), at(2, -179), at(3, 178)])).toEqual([at(1, 179), at(2, 181), at(3, 178)]);
    expect(unwrapped([at(1, -179), at(2, 179)])).toEqual([at(1, -179), at(2, -181)]);
    expect(unwrapped([at(1, -179), at(2, 179)], 180)).toEqual([at(1, 181), at(2, 179)]);
  });

  it("are left as they are where none is beyond it", () => {
    const places = [at(1, 10), at(2, -10)];
    expect(unwrapped(places)).toBe(places);
    const none: readonly ReturnType<typeof at>[] = [];
    expect(unwrapped(none)).toBe(none);
  });
});

describe("an area cut in two at the antimeridian", () => {
  const west = [at(0, 179), at(0, 180), at(2, 180), at(2, 179)];
  const east = [at(0, -180), at(0, -178), at(2, -178), at(2, -180)];
  /** The same ring, whichever corner it starts at. */
  const fromLowest = (ring: readonly ReturnType<typeof at>[]) => {
    const start = ring.reduce((best, { longitudeDeg, latitudeDeg }, index) => {
      const { longitudeDeg: bestLon, latitudeDeg: bestLat } = ring[best]!;
      return latitudeDeg < bestLat || (latitudeDeg === bestLat && longitudeDeg > bestLon) ? index : best;
    }, 0);
    return [...ring.slice(start), ...ring.slice(0, start)];
  };
  // Anticlockwise from the south; the ends of the cut stay, once each.
  const whole = [at(0, 179), at(0, 180), at(0, -178), at(2, -178), at(2, 180), at(2, 179)];

  it("is one again, with the longitudes of the earth", () => {
    const [joined, ...others] = joinedAt180([west, east]);
    expect(others).toEqual([]);
    expect(fromLowest(joined ?? [])).toEqual(fromLowest(whole));
  });

  it("whichever half comes first, and whichever way round either is drawn", () => {
    for (const one of [west, [...west].reverse()])
      for (const other of [east, [...east].reverse()])
        for (const halves of [
          [one, other],
          [other, one],
        ]) {
          const joined = joinedAt180(halves);
          expect(joined).toHaveLength(1);
          expect(fromLowest(joined[0] ?? [])).toEqual(fromLowest(whole));
        }
  });

  it("whichever corner either starts at", () => {
    const turned = (ring: typeof west, by: number) => [...ring.slice(by), ...ring.slice(0, by)];
    for (let one = 0; one < 4; one++)
      for (let other = 0; other < 4; other++) {
        const joined = joinedAt180([turned(west, one), turned(east, other)]);
        expect(joined.map(fromLowest)).toEqual([fromLowest(whole)]);
      }
  });

  it("although the two cuts differ by a centimetre", () => {
    const rough = [at(5e-8, -180), at(0, -178), at(2, -178), at(2, -179.99999995)];
    expect(joinedAt180([west, rough])).toHaveLength(1);
    const other = [at(5e-7, -180), at(0, -178), at(2, -178), at(2, -180)];
    expect(joinedAt180([west, other])).toHaveLength(2);
    const short = [at(0, -180), at(0, -178), at(2, -178), at(2 - 5e-7, -180)];
    expect(joinedAt180([west, short])).toHaveLength(2);
    const off = [at(0, -179.999999), at(0, -178), at(2, -178), at(2, -179.999999)];
    expect(joinedAt180([west, off])).toHaveLength(2);
  });

  it("areas that do not meet there stay apart, unchanged", () => {
    const areas = [west, [at(5, -180), at(5, -178), at(7, -178), at(7, -180)], [at(0, 10), at(0, 11), at(1, 11)]];
    expect(joinedAt180(areas)).toBe(areas);
  });

  it("two areas that share an edge elsewhere are two", () => {
    const left = [at(0, 9), at(0, 10), at(2, 10), at(2, 9)];
    const right = [at(0, 10), at(0, 11), at(2, 11), at(2, 10)];
    expect(joinedAt180([left, right])).toEqual([left, right]);
  });

  it("several cut areas are each joined, and one cut in three pieces too", () => {
    const up = (ring: typeof west, byDeg: number) => ring.map((one) => at(one.latitudeDeg + byDeg, one.longitudeDeg));
    const joined = joinedAt180([west, up(west, 10), [at(0, 10), at(0, 11), at(1, 11)], up(east, 10), east]);
    expect(joined).toHaveLength(3);
    expect(joined.map((ring) => ring.length).sort()).toEqual([3, 6, 6]);
    // Two pieces in the west, one in the east that meets both.
    const tall = [at(0, -180), at(0, -178), at(12, -178), at(12, -180), at(10, -180), at(2, -180)];
    const three = joinedAt180([west, up(west, 10), tall]);
    expect(three).toHaveLength(1);
    expect(three[0]).toHaveLength(10);
  });
});
