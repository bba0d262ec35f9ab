import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { createCameraClock } from "./cameraClock.js";

const START_US = 1_795_400_000_000_000;
const DAY_US = 86_400_000_000;

/** 25 pictures a second, each 80 to 300 ms on its way; `aheadUs` is the camera's clock minus the station's. */
function watch(clock: ReturnType<typeof createCameraClock>, fromS: number, seconds: number, aheadUs: number): number {
  const rng = seededRng(fromS + 1);
  let countOfNews = 0;
  for (let i = 0; i < seconds * 25; i++) {
    const takenUs = START_US + fromS * 1e6 + i * 40_000;
    const delayUs = 80_000 + rng.uniform() * 220_000;
    if (clock.onPicture(takenUs + aheadUs, takenUs + delayUs)) countOfNews++;
  }
  return countOfNews;
}

describe("findings 6.6: one clock, the station's", () => {
  it.each([DAY_US, -DAY_US, 3_600_000_000, -60_000_000, 20_000_000])(
    "a camera that is %i µs ahead is moved onto it, to within its delay",
    (aheadUs) => {
      const clock = createCameraClock();
      expect(watch(clock, 0, 30, aheadUs)).toBe(1);
      expect(clock.isMapped()).toBe(true);
      const takenUs = START_US + 15e6;
      const errorUs = clock.toStation(takenUs + aheadUs) - takenUs;
      expect(errorUs).toBeGreaterThan(0);
      expect(errorUs).toBeLessThan(310_000);
    },
  );

  it.each([0, 900_000, -4_000_000])("one that is %i µs ahead could be a delay, and is left alone", (aheadUs) => {
    const clock = createCameraClock();
    watch(clock, 0, 30, aheadUs);
    expect(clock.isMapped()).toBe(false);
    expect(clock.toStation(START_US)).toBe(START_US);
    expect(clock.offsetUs()).toBeDefined();
  });

  it("a clock that is set in flight is told once, and followed", () => {
    const clock = createCameraClock();
    expect(watch(clock, 0, 10, DAY_US)).toBe(1);
    expect(watch(clock, 10, 20, 0)).toBe(1);
    expect(clock.isMapped()).toBe(false);
    expect(watch(clock, 30, 20, -7_200_000_000)).toBe(1);
    expect(clock.isMapped()).toBe(true);
  });

  it("a stream that stood still for half a minute and comes in a burst is late, not another clock", () => {
    const clock = createCameraClock();
    watch(clock, 0, 10, 0);
    for (let i = 0; i < 30 * 25; i++) {
      const takenUs = START_US + 10e6 + i * 40_000;
      expect(clock.onPicture(takenUs, START_US + 40e6 + i * 1000)).toBe(false);
    }
    expect(watch(clock, 41, 10, 0)).toBe(0);
    expect(clock.isMapped()).toBe(false);
  });
});
