import { describe, expect, it } from "vitest";
import { ecefFromGeodetic, localFrameAt } from "./localFrame.js";
import { at } from "./testing/coasts.js";

const A = 6_378_137;
const B = 6_356_752.314_245;

describe("earth-centred coordinates", () => {
  it("are those of the ellipsoid where they are known: equator and poles", () => {
    const close = (place: ReturnType<typeof at>, heightM: number, expected: readonly number[]): void => {
      const { xM, yM, zM } = ecefFromGeodetic(place, heightM);
      [xM, yM, zM].forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 5));
    };
    close(at(0, 0), 0, [A, 0, 0]);
    close(at(0, 90), 100, [0, A + 100, 0]);
    close(at(0, 180), -50, [-A + 50, 0, 0]);
    close(at(90, 0), 10, [0, 0, B + 10]);
    close(at(-90, 0), 10, [0, 0, -B - 10]);
  });

  it("at 45° are as far from the centre as the ellipsoid is wide there", () => {
    const { xM, yM, zM } = ecefFromGeodetic(at(45, 45), 0);
    expect(xM).toBeCloseTo(yM, 6);
    // Radius at 45° geodetic latitude: sqrt(N² cos² + (N (1 - e²))² sin²) with N = 6,388,838.290 m.
    expect(Math.hypot(xM, yM, zM)).toBeCloseTo(6_367_489.5439, 3);
  });
});

describe("a local frame", () => {
  const origin = at(50.77, 1.6);
  const frame = localFrameAt(origin);

  it("has its zero at its origin, and up is up", () => {
    const { eastM, northM, upM } = frame.toEnu(origin, 25);
    expect([eastM, northM, upM]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6), expect.closeTo(25, 6)]);
    expect(frame.origin).toBe(origin);
  });

  it("east is to the right of north, and the earth curves away below", () => {
    // A degree of longitude at 50.77° is 70.5 km, of latitude 111.2 km.
    const east = frame.toEnu(at(50.77, 1.7), 0);
    expect(east.eastM).toBeGreaterThan(7040);
    expect(east.eastM).toBeLessThan(7060);
    expect(Math.abs(east.northM)).toBeLessThan(10);
    const north = frame.toEnu(at(50.87, 1.6), 0);
    expect(north.northM).toBeGreaterThan(11_115);
    expect(north.northM).toBeLessThan(11_130);
    expect(north.eastM).toBeCloseTo(0, 6);
    // d² / 2R.
    expect(north.upM).toBeCloseTo(-(11_124 ** 2) / (2 * 6_371_000), 0);
  });

  it.each([
    [50.77, 1.6],
    [-33.9, 151.2],
    [64.1, -21.9],
    [0.5, -179.9],
  ])("at %f, %f takes points there and back, 50 km far and 3 km high", (latitudeDeg, longitudeDeg) => {
    const here = localFrameAt(at(latitudeDeg, longitudeDeg));
    for (const point of [
      { eastM: 0, northM: 0, upM: 0 },
      { eastM: 1200, northM: -3400, upM: 560 },
      { eastM: -50_000, northM: 20_000, upM: 3000 },
      { eastM: 40_000, northM: 30_000, upM: -100 },
    ]) {
      const { position, heightM } = here.toPosition(point);
      const { eastM, northM, upM } = here.toEnu(position, heightM);
      expect(eastM).toBeCloseTo(point.eastM, 5);
      expect(northM).toBeCloseTo(point.northM, 5);
      expect(upM).toBeCloseTo(point.upM, 5);
    }
  });

  it("the height of a point in its plane grows with the distance, by the curve of the earth", () => {
    expect(frame.toPosition({ eastM: 0, northM: 10_000, upM: 0 }).heightM).toBeCloseTo(7.85, 1);
    expect(frame.toPosition({ eastM: 0, northM: 0, upM: 12 }).heightM).toBeCloseTo(12, 6);
  });
});
