import { describe, expect, it } from "vitest";
import { createCoast } from "../coast.js";
import { destination } from "../geodesic.js";
import { at, straightCoast } from "../testing/coasts.js";
import { coastGround } from "./coastGround.js";
import { betweenSeaAndHome, homeGround } from "./homeGround.js";
import { seaLevelGround } from "./seaLevelGround.js";

const home = { homePosition: at(50.75, 1.6), homeAltitudeAmslM: 8 };

describe("a height between the sea and home", () => {
  const between = betweenSeaAndHome(home);
  const near = (landPart: number) => between(home.homePosition, landPart);

  it("is the part of home's height that the ground is land", () => {
    expect([0, 0.25, 0.5, 1].map((landPart) => near(landPart).heightAmslM)).toEqual([0, 2, 4, 8]);
  });

  it("is as certain as the tide at sea and the field on land, and covers both in between", () => {
    expect(near(0).sigmaM).toBe(1.5);
    expect(near(1).sigmaM).toBe(3);
    // Halfway the step between the two is 8 m * 0.5.
    expect(near(0.5).sigmaM).toBeCloseTo(Math.hypot(2.25, 4), 12);
    expect(near(0.2).sigmaM).toBeCloseTo(Math.hypot(1.8, 8 * 0.4), 12);
  });

  it("land further than 500 m from home may have risen by a metre every hundred", () => {
    const away = (lengthM: number, bearingDeg: number) =>
      between(destination(home.homePosition, bearingDeg, lengthM), 1).sigmaM;
    expect(away(499, 0)).toBe(3);
    for (const bearingDeg of [0, 90, 225]) {
      expect(away(600, bearingDeg)).toBeCloseTo(4, 2);
      expect(away(1500, bearingDeg)).toBeCloseTo(13, 2);
    }
    expect(between(destination(home.homePosition, 0, 5000), 0).sigmaM).toBe(1.5);
  });

  it("is halfway where only home is known", () => {
    expect(homeGround(home).heightAt(home.homePosition)).toEqual({
      ...{ heightAmslM: 4, sigmaM: Math.hypot(2.25, 4), surface: "unknown", waterlineDistanceM: undefined },
    });
  });
});

describe("ground from the coast and home", () => {
  // The line's 95 % error is 20 m; 0.001° of longitude is 70.6 m here.
  const ground = coastGround(createCoast(straightCoast()), home);
  const offM = (eastM: number) => ground.heightAt(at(50.75, 1.6 + eastM / 70_575));

  it("is certain outside the band of the line's error", () => {
    expect(offM(30)).toMatchObject({ heightAmslM: 8, surface: "land", sigmaM: 3 });
    expect(offM(-30)).toMatchObject({ heightAmslM: 0, surface: "sea", sigmaM: 1.5 });
    expect(offM(30)?.waterlineDistanceM).toBeCloseTo(30, 1);
  });

  it.each([
    [-19, 0.025],
    [-10, 0.25],
    [0.001, 0.5],
    [10, 0.75],
    [19, 0.975],
  ])("%f m inland within it, it is land by %f", (eastM, landPart) => {
    expect(offM(eastM)?.surface).toBe("waterline");
    expect(offM(eastM)?.heightAmslM).toBeCloseTo(8 * landPart, 1);
    expect(offM(eastM)?.waterlineDistanceM).toBeCloseTo(Math.abs(eastM), 1);
  });

  it("is waterline exactly on a line without an error", () => {
    const exact = { medianM: 0, p90M: 0, worstM: 0 };
    const document = straightCoast({ error: exact });
    const coast = { document, landOrSea: () => ({ surface: "land", waterlineDistanceM: 0, plusMinusM: 0 }) as const };
    expect(coastGround(coast, home).heightAt(home.homePosition)).toMatchObject({
      surface: "waterline",
      heightAmslM: 4,
    });
  });

  it("is none where the coast has no data", () => {
    expect(ground.heightAt(at(51, 1.6))).toBeUndefined();
  });
});

it("sea level is the same everywhere, 2 m of sigma where nothing else is said", () => {
  const expected = { heightAmslM: 0, sigmaM: 2, surface: "unknown", waterlineDistanceM: undefined };
  expect(seaLevelGround().heightAt(at(1, 2))).toEqual(expected);
  expect(seaLevelGround(0.5).heightAt(at(1, 2)).sigmaM).toBe(0.5);
});
