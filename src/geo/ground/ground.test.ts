import { describe, expect, it } from "vitest";
import type { Coast, ShoreAnswer } from "../coast.js";
import { coastGround } from "./coastGround.js";
import { composeGround, type GroundHeight, type GroundSource } from "./ground.js";
import { homeGround } from "./homeGround.js";

const home = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const options = { homePosition: home, homeAltitudeAmslM: 8 };
const coastSaying = (answer: ShoreAnswer): Coast => ({ document: undefined as never, landOrSea: () => answer });
const shore = (surface: "land" | "sea", waterlineDistanceM: number): ShoreAnswer => ({
  surface,
  waterlineDistanceM,
  plusMinusM: 100,
});
const groundWith = (answer: ShoreAnswer) =>
  composeGround([coastGround(coastSaying(answer), options)], homeGround(options));
const heightWith = (answer: ShoreAnswer) => groundWith(answer).heightAt(home);

describe("ground without a terrain file", () => {
  it("is mean sea level at sea, with the tide as its error", () => {
    expect(heightWith(shore("sea", 500))).toEqual({
      heightAmslM: 0,
      sigmaM: 1.5,
      surface: "sea",
      waterlineDistanceM: 500,
    });
  });

  it("is as high as home on land, less surely further away", () => {
    expect(heightWith(shore("land", 500))).toMatchObject({ heightAmslM: 8, sigmaM: 3, surface: "land" });
    const far = groundWith(shore("land", 500)).heightAt({ ...home, latitudeDeg: 50.85 });
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
    expect(homeGround(options).heightAt(home).surface).toBe("unknown");
  });
});

describe("ground from several sources", () => {
  const height = (heightAmslM: number): GroundHeight => ({
    ...{ heightAmslM, sigmaM: 1 },
    ...{ surface: "land", waterlineDistanceM: undefined },
  });
  const northOf = (latitudeDeg: number, heightAmslM: number): GroundSource => ({
    heightAt: (position) => (position.latitudeDeg > latitudeDeg ? height(heightAmslM) : undefined),
  });
  const otherwise = { heightAt: () => height(0) };
  const at = (latitudeDeg: number) => ({ latitudeDeg, longitudeDeg: 1.6 });

  it("comes from the first that knows, place by place, and from the last resort where none does", () => {
    const ground = composeGround([northOf(52, 30), northOf(51, 20)], otherwise);
    expect([53, 51.5, 50].map((latitudeDeg) => ground.heightAt(at(latitudeDeg)).heightAmslM)).toEqual([30, 20, 0]);
    expect(composeGround([], otherwise).heightAt(at(53))).toEqual(height(0));
  });

  it("a terrain stands before the coast, and the coast goes on where the terrain ends", () => {
    const coast = coastGround(coastSaying(shore("land", 500)), options);
    const ground = composeGround([northOf(50.8, 42), coast], homeGround(options));
    expect(ground.heightAt(at(50.9)).heightAmslM).toBe(42);
    expect(ground.heightAt(home)).toMatchObject({ heightAmslM: 8, surface: "land" });
  });
});
