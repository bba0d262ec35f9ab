/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import type { Coast } from "../geo/coast.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import { terrainFindings, profileOverGround } from "./findings/terrain.js";
import type { MissionItem } from "./plan.js";
import { PROFILE_PLACES_MAX } from "./profile.js";
import { command, commandAt, planOfItems } from "./testing/planBuilders.js";
import { groundOf } from "./testing/groundOf.js";
import { straightCoast } from "./testing/straightCoast.js";

const [TAKE_OFF, RETURN] = [commandAt(22, 0, 0), command(20)];
const ridgeOf = (heightM: number, from = 200, to = 240) =>
  groundOf((eastM) => (eastM >= from && eastM <= to ? heightM : 4));
const profile = (items: readonly MissionItem[], terrain: TerrainModel, coast?: Coast) => {
  const made = profileOverGround(planOfItems(items), { terrain, coast });
  if (!made) throw new Error("no profile");
  return made;
};

describe("the profile of a plan", () => {
  it("has ground, its error and the way's height above the sea, along the way", () => {
    const { lengthM, places } = profile([TAKE_OFF, commandAt(16, 400, 0), RETURN], ridgeOf(34));
    expect(lengthM).toBeCloseTo(800, -1);
    const over = places.filter(({ alongM }) => alongM > 205 && alongM < 235);
    expect(over.length).toBeGreaterThan(1);
    for (const { wayAmslM, ground, mark } of over) {
      // 50 m above home's ground at 4 m.
      expect(wayAmslM).toBeCloseTo(54, 3);
      expect(ground?.heightAmslM).toBeCloseTo(34, 3);
      expect(ground?.highestAmslM).toBeCloseTo(34 + 0.3 * 1.645, 2);
      expect(ground?.lowestAmslM).toBeCloseTo(34 - 0.3 * 1.645, 2);
      expect(mark).toBeUndefined();
    }
    const alongs = places.map(({ alongM }) => alongM);
    expect(alongs).toEqual([...alongs].sort((a, b) => a - b));
  });

  it.each([
    [40, "near-terrain"],
    [54 - 0.4, "into-terrain"],
    [80, "below-ground"],
  ])("marks what is too low as the findings do: a ridge of %f m is %s", (heightM, kind) => {
    const items = [TAKE_OFF, commandAt(16, 400, 0)];
    const terrain = ridgeOf(heightM);
    expect(terrainFindings(planOfItems(items), { terrain, coast: undefined }).findings[0]?.kind).toBe(kind);
    const marked = profile(items, terrain).places.filter(({ mark }) => mark === kind);
    expect(marked.length).toBeGreaterThan(0);
    for (const { alongM } of marked) expect(Math.abs(alongM - 220)).toBeLessThan(31);
  });

  it("has no ground where nothing knows it, never 0", () => {
    const hole = groundOf((eastM) => (eastM > 200 && eastM < 300 ? Number.NaN : 4));
    const { places } = profile([TAKE_OFF, commandAt(16, 400, 0)], hole);
    const inside = places.filter(({ alongM }) => alongM > 215 && alongM < 285);
    expect(inside.length).toBeGreaterThan(1);
    for (const { ground, wayAmslM } of inside) {
      expect(ground).toBeUndefined();
      expect(wayAmslM).toBeCloseTo(54, 3);
    }
  });

  it("follows the ground where the plan does, and does not know its height over unknown ground", () => {
    const at = { ...commandAt(16, 400, 0), altitude: { datum: "terrain", valueM: 50 } } as const;
    const back = { ...commandAt(16, 0, 0), altitude: { datum: "terrain", valueM: 50 } } as const;
    const { places } = profile([TAKE_OFF, at, back], ridgeOf(34));
    const over = places.find(({ alongM }) => alongM > 575 && alongM < 595);
    expect(over?.wayAmslM).toBeCloseTo(84, 0);
    const hole = groundOf((eastM) => (eastM > 200 && eastM < 300 ? Number.NaN : 4));
    const unknown = profile([TAKE_OFF, at, back], hole).places.find(({ alongM }) => alongM > 540 && alongM < 560);
    expect([unknown?.wayAmslM, unknown?.ground]).toEqual([undefined, undefined]);
  });

  it("knows the sea from the land", () => {
    const { places } = profile(
      [TAKE_OFF, commandAt(16, -400, 0)],
      groundOf(() => 0.5),
      straightCoast(),
    );
    expect(places.some(({ ground }) => ground?.isSea === true)).toBe(true);
    expect(places.find(({ ground }) => ground?.isSea === true)?.ground?.heightAmslM).toBe(0);
  });

  it("has 400 places at most, and keeps the ridge that lies between two of them", () => {
    const there = Array.from({ length: 60 }, (_, i) => commandAt(16, i % 2 === 0 ? 900 : 100, 0));
    // 48 km: a place stands for 120 m, and the ridge is 20 m wide.
    const { places } = profile([TAKE_OFF, ...there], ridgeOf(80, 400, 420));
    expect(places.length).toBeLessThanOrEqual(PROFILE_PLACES_MAX);
    expect(places.length).toBeGreaterThan(PROFILE_PLACES_MAX / 2);
    const crossings = new Set(places.filter(({ mark }) => mark === "below-ground").map(({ itemIndex }) => itemIndex));
    expect(crossings.size).toBe(60);
  });
});
