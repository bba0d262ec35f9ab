import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { localFrameAt } from "../geo/localFrame.js";
import { closingPairs, flyingFrom, type Flying } from "./fleetSeparation.js";
import { isAirborne } from "./selectors/airborne.js";
import type { FleetWarning } from "./fleetWarnings.js";
import { emptyVehicle } from "./reduceVehicle.js";
import type { VehicleId, VehicleState } from "./vehicleState.js";

const BEACH = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const frame = localFrameAt(BEACH);

type Enu = ReturnType<typeof frame.toEnu>;
type Place = { readonly eastM?: number; readonly northM?: number; readonly upM?: number };
const flying = (id: string, { eastM = 0, northM = 0, upM = 60 }: Place, [east, north, up]: number[] = []): Flying => ({
  id: id as VehicleId,
  position: frame.toPosition({ eastM, northM, upM: 0 }).position,
  altitudeAmslM: upM,
  velocity: { eastMps: east ?? 0, northMps: north ?? 0, downMps: -(up ?? 0) },
  ageS: 0,
});
const pairs = (...all: Flying[]) => closingPairs(all, []);

describe("two aircraft", () => {
  it("head on are warned of half a minute before they meet, with when and how close", () => {
    const east = flying("b", { eastM: 590 }, [-10, 0]);
    expect(pairs(flying("a", {}, [10, 0]), east)).toMatchObject([{ kind: "closing", a: "a", b: "b" }]);
    const [closing] = pairs(flying("a", {}, [10, 0]), east);
    expect(closing?.inS).toBeCloseTo(29.5, 1);
    expect(closing?.horizontalM).toBeLessThan(0.5);
    expect(pairs(flying("a", {}, [10, 0]), flying("b", { eastM: 700 }, [-10, 0]))).toEqual([]);
  });
  it("that are too close now are warned of now, moving or not", () => {
    const [closing] = pairs(flying("a", {}), flying("b", { eastM: 30, upM: 64 }));
    expect(closing).toMatchObject({ inS: 0 });
    expect(closing?.horizontalM).toBeCloseTo(30, 1);
    expect(closing?.verticalM).toBeCloseTo(4, 5);
  });
  it("are left in peace when they draw apart, pass wide, or are apart in height", () => {
    expect(pairs(flying("a", {}, [-10, 0]), flying("b", { eastM: 60 }, [10, 0]))).toEqual([]);
    expect(pairs(flying("a", {}, [10, 0]), flying("b", { eastM: 300, northM: 60 }, [-10, 0]))).toEqual([]);
    expect(pairs(flying("a", {}, [10, 0]), flying("b", { eastM: 300, upM: 80 }, [-10, 0]))).toEqual([]);
  });
  it("are too close only where both distances are small at the same moment", () => {
    // 20 m above and descending at 1 m/s: at the same height after 20 s, when the crossing (at 10 s) is long past.
    const sinking = flying("b", { eastM: 200, upM: 85 }, [-10, 0, -1]);
    expect(pairs(flying("a", {}, [10, 0]), sinking)).toEqual([]);
    const sinkingFast = flying("b", { eastM: 200, upM: 85 }, [-10, 0, -2.5]);
    expect(pairs(flying("a", {}, [10, 0]), sinkingFast)).toHaveLength(1);
  });
  it("are followed on from where they were last heard", () => {
    const late = { ...flying("b", { eastM: 100 }, [-10, 0]), ageS: 6 };
    expect(pairs(flying("a", {}), late)).toMatchObject([{ horizontalM: expect.closeTo(0, 0) }]);
    const gone = { ...flying("b", { eastM: 10 }, [-20, 0]), ageS: 6 };
    expect(pairs(flying("a", {}), gone)).toEqual([]);
  });
  it("are both followed on from where they were heard, each by its own age and in height too", () => {
    const a = { ...flying("a", { eastM: 0, northM: 0, upM: 60 }, [5, 3, 1]), ageS: 2 };
    const b = { ...flying("b", { eastM: 50, northM: 30, upM: 80 }, [-5, -3, -2]), ageS: 4 };
    // Now a is at (10, 6, 62) and b at (30, 18, 72): 20 m east, 12 m north, 10 m up, closing at (-10, -6, -3).
    const [closing] = pairs(a, b);
    expect(closing?.inS).toBeCloseTo(2, 3);
    expect(closing?.horizontalM).toBeLessThan(0.01);
    expect(closing?.verticalM).toBeCloseTo(4, 3);
  });
  it("at the same speed stay as they are: too close for as long as they are within both limits", () => {
    const beside = (northM: number, upM: number) =>
      pairs(flying("a", {}, [10, 0]), flying("b", { northM, upM: 60 + upM }, [10, 0])).length;
    expect([beside(49, 0), beside(51, 0), beside(0, 9.9), beside(0, 10), beside(0, -9.9)]).toEqual([1, 0, 1, 0, 1]);
  });
  it("are warned of for the next 30 s only", () => {
    const meets = (eastM: number) => pairs(flying("a", {}), flying("b", { eastM }, [-10, 0])).length;
    // The 50 m are reached after 29.9 s, and after 30.1 s.
    expect([meets(349), meets(351)]).toEqual([1, 0]);
  });
  it("of three are each warned of by pair, in the order of the list", () => {
    const three = ["a", "b", "c"].map((id, i) => flying(id, { eastM: i * 30 }));
    expect(closingPairs(three, []).map((one) => `${one.a}${one.b}`)).toEqual(["ab", "bc"]);
  });
  it("have their own warnings kept, no others", () => {
    const [a, b] = [flying("a", {}), flying("b", { eastM: 60 })];
    const warned = (warning: FleetWarning) => closingPairs([a, b], [warning]).length;
    const closing = { kind: "closing", a: a.id, b: b.id, inS: 0, horizontalM: 40, verticalM: 0 } as const;
    expect(warned(closing)).toBe(1);
    expect(warned({ ...closing, a: b.id, b: a.id })).toBe(0);
    expect(warned({ ...closing, kind: "plans-cross", itemA: 0, itemB: 0 })).toBe(0);
    expect(warned({ kind: "relief-needed", a: a.id, remainingFraction: 0.3 })).toBe(0);
  });
  it("that were warned of are let go only when well clear", () => {
    const [a, b] = [flying("a", {}), flying("b", { eastM: 60 })];
    expect(closingPairs([a, b], [])).toEqual([]);
    const before = pairs(a, flying("b", { eastM: 40 }));
    expect(closingPairs([a, b], before)).toHaveLength(1);
    expect(closingPairs([a, flying("b", { eastM: 75 })], before)).toEqual([]);
  });
  it("agree with a second-by-second search (400 pairs, seed 7)", () => {
    const rng = seededRng(7);
    const within = (least: number, most: number) => least + rng.uniform() * (most - least);
    const one = (id: string): Flying =>
      flying(id, { eastM: within(-200, 200), northM: within(-200, 200), upM: within(50, 75) }, [
        within(-15, 15),
        within(-15, 15),
        within(-2, 2),
      ]);
    let countOfClose = 0;
    for (let i = 0; i < 400; i++) {
      const [a, b] = [one("a"), one("b")];
      const [from, to] = [a, b].map(({ position }) => frame.toEnu(position, 0)) as [Enu, Enu];
      // How far the second is from the first after that many seconds.
      const [eastM, northM] = [to.eastM - from.eastM, to.northM - from.northM];
      const eastMps = b.velocity.eastMps - a.velocity.eastMps;
      const northMps = b.velocity.northMps - a.velocity.northMps;
      const isClose = Array.from({ length: 3001 }, (_, n) => n / 100).some((s) => {
        const upM = b.altitudeAmslM - b.velocity.downMps * s - (a.altitudeAmslM - a.velocity.downMps * s);
        return Math.hypot(eastM + eastMps * s, northM + northMps * s) < 49.9 && Math.abs(upM) < 9.99;
      });
      for (const { horizontalM, verticalM, inS } of pairs(a, b)) {
        expect(horizontalM <= 50.01 && verticalM <= 10.01 && inS >= 0 && inS <= 30).toBe(true);
      }
      if (isClose) expect([i, pairs(a, b).length]).toEqual([i, 1]);
      countOfClose += isClose ? 1 : 0;
    }
    expect(countOfClose).toBeGreaterThan(15);
  });
});

describe("an aircraft", () => {
  const at = (altitudeAboveHomeM: number, isArmed: boolean, landed?: "ground" | "air"): VehicleState => ({
    ...emptyVehicle({ linkName: "x", systemId: 1, componentId: 1 }),
    heartbeat: {
      value: { customMode: 0, modeName: "", isArmed, systemStatus: 4 },
      receivedAtMonoMs: 0,
    },
    position: { value: { position: BEACH, altitudeAmslM: 70, altitudeAboveHomeM }, receivedAtMonoMs: 1000 },
    flightPhase: landed && { value: { landed, vtol: undefined }, receivedAtMonoMs: 0 },
  });
  it("is in the way while it is in the air, as it says itself or as its height shows", () => {
    expect([at(30, true), at(30, false), at(1, true)].map(isAirborne)).toEqual([true, false, false]);
    expect([at(30, true, "ground"), at(0, true, "air")].map(isAirborne)).toEqual([false, true]);
  });
  it("is no longer counted when its place is old", () => {
    expect(flyingFrom(at(30, true), 4000)).toMatchObject({ altitudeAmslM: 70, ageS: 3 });
    expect(flyingFrom(at(30, true), 12_000)).toBeUndefined();
    expect(flyingFrom(at(0, true), 4000)).toBeUndefined();
    expect(flyingFrom(at(30, true), 11_000)).toMatchObject({ ageS: 10 });
    expect(flyingFrom(at(30, true), 11_001)).toBeUndefined();
    expect(flyingFrom({ ...at(30, true, "air"), position: undefined }, 1000)).toBeUndefined();
  });
  it("moves as it says, and stands still where it says nothing", () => {
    const velocity = { northMps: 1, eastMps: 2, downMps: 3, groundSpeedMps: 4, courseDeg: undefined };
    const moving = { ...at(30, true), velocity: { value: velocity, receivedAtMonoMs: 0 } };
    expect(flyingFrom(moving, 1000)?.velocity).toEqual(velocity);
    expect(flyingFrom(at(30, true), 1000)).toEqual({
      id: "x/1",
      position: BEACH,
      altitudeAmslM: 70,
      velocity: { northMps: 0, eastMps: 0, downMps: 0 },
      ageS: 0,
    });
  });
});
