import { describe, expect, it } from "vitest";
import type { Coast, ShoreAnswer } from "./coast.js";
import { createGroundModel } from "./groundModel.js";

const home = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const options = { homePosition: home, homeAltitudeAmslM: 8 };
const coastSaying = (answer: ShoreAnswer): Coast => ({ document: undefined as never, landOrSea: () => answer });
const shore = (surface: "land" | "sea", waterlineDistanceM: number): ShoreAnswer => ({
  surface,
  waterlineDistanceM,
  plusMinusM: 100,
});
const heightWith = (answer: ShoreAnswer) => createGroundModel(coastSaying(answer), options).heightAt(home);

describe("ground without a terrain file", () => {
  it("is mean sea level at sea, with the tide as its error", () => {
    expect(heightWith(shore("sea", 500))).toEqual({
      heightAmslM: 0,
      sigmaM: 1.5,
      surface: "sea",
      waterlineDistanceM: 500,
    });
    const calm = createGroundModel(coastSaying(shore("sea", 500)), { ...options, tideSigmaM: 0.3 });
    expect(calm.heightAt(home).sigmaM).toBeCloseTo(0.3, 9);
  });

  it("is as high as home on land, less surely further away", () => {
    expect(heightWith(shore("land", 500))).toMatchObject({ heightAmslM: 8, sigmaM: 3, surface: "land" });
    const far = createGroundModel(coastSaying(shore("land", 500)), options).heightAt({ ...home, latitudeDeg: 50.85 });
    expect(far.sigmaM).toBeGreaterThan(50);
  });

  it("goes from one to the other in the band where the line may be, with an error that covers both", () => {
    const middle = heightWith(shore("land", 0));
    expect(middle).toMatchObject({ surface: "waterline", heightAmslM: 4 });
    expect(middle.sigmaM).toBeGreaterThan(4);
    const heights = [shore("sea", 99), shore("sea", 50), shore("land", 0), shore("land", 50), shore("land", 99)].map(
      (answer) => heightWith(answer).heightAmslM,
    );
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(heights[0]).toBeLessThan(0.1);
    expect(heights[4]).toBeGreaterThan(7.9);
  });

  it("says unknown outside the map and without one", () => {
    expect(heightWith({ surface: "unknown" })).toMatchObject({ surface: "unknown", waterlineDistanceM: undefined });
    expect(createGroundModel(undefined, options).heightAt(home).surface).toBe("unknown");
  });
});
