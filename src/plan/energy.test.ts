/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { estimateFlight } from "./energy.js";
import type { MissionItem, Plan } from "./plan.js";
import { BEACH, metres, theAircraft } from "./testing/planBuilders.js";

const CALM = { fromDeg: 0, speedMps: 0 };
const item = (command: number, params: MissionItem["params"], more: Partial<MissionItem> = {}): MissionItem => ({
  command,
  params,
  autoContinue: true,
  ...more,
});
const waypoint = (eastM: number, northM: number, upM = 50): MissionItem =>
  item(16, [0, 0, 0, undefined], { position: metres(eastM, northM), altitude: { datum: "home", valueM: upM } });
const takeOff = item(22, [0, 0, 0, undefined], { position: BEACH, altitude: { datum: "home", valueM: 50 } });
const planOf = (...items: MissionItem[]): Plan => ({
  name: "x",
  vehicleType: 2,
  firmwareType: 3,
  cruiseSpeedMps: 10,
  hoverSpeedMps: 10,
  plannedHome: { position: BEACH, altitudeAmslM: 4 },
  items: items.map((mission, i) => ({ kind: "simple", id: `${i}`, item: mission })),
  fenceJson: undefined,
  rallyJson: undefined,
  isTraining: true,
});
const outAndBack = planOf(takeOff, waypoint(1000, 0), item(20, [0, 0, 0, 0]));
const aircraft = theAircraft();

describe("the estimate of a flight", () => {
  it("adds climb, travel, turns, descent and the slow end of the landing", () => {
    const { distanceM, timeS, isFlyable } = estimateFlight(outAndBack, aircraft, CALM);
    expect(distanceM).toBeCloseTo(2000, 0);
    // Climb 50 m at 2.5 m/s; 1000 m at 10 m/s twice; two reversals of 4 s (10 m/s at 2.5 m/s²); down 40 m at 1.5 and 10 m at 0.5.
    expect(timeS).toBeCloseTo(20 + 200 + 8 + 40 / 1.5 + 20, 0);
    expect(isFlyable).toBe(true);
  });

  it("follows DO_CHANGE_SPEED from there on, and waits where told", () => {
    const slow = planOf(takeOff, item(178, [1, 5, -1, 0]), waypoint(1000, 0), item(20, [0, 0, 0, 0]));
    const waiting = planOf(takeOff, { ...waypoint(1000, 0), params: [30, 0, 0, undefined] }, item(20, [0, 0, 0, 0]));
    const base = estimateFlight(outAndBack, aircraft, CALM);
    expect(estimateFlight(slow, aircraft, CALM).timeS - base.timeS).toBeCloseTo(200 - 4, 0);
    const held = estimateFlight(waiting, aircraft, CALM);
    expect(held.timeS - base.timeS).toBeCloseTo(30, 6);
    expect(held.energyFraction - base.energyFraction).toBeCloseTo(
      (30 * aircraft.hoverPowerW) / 3600 / aircraft.capacityWh,
      6,
    );
  });

  it("counts the circles of a loiter: way, time and power of level flight", () => {
    const circling = { ...waypoint(1000, 0), command: 18, params: [10, 0, 100, 0] as const };
    const round = estimateFlight(planOf(takeOff, circling, item(20, [0, 0, 0, 0])), aircraft, CALM);
    const base = estimateFlight(outAndBack, aircraft, CALM);
    const roundM = 10 * 2 * Math.PI * 100;
    expect(round.distanceM - base.distanceM).toBeCloseTo(roundM, 6);
    expect(round.timeS - base.timeS).toBeCloseTo(roundM / aircraft.cruiseSpeedMps, 6);
    expect(round.energyFraction - base.energyFraction).toBeCloseTo(
      (aircraft.cruisePowerW * roundM) / aircraft.cruiseSpeedMps / 3600 / aircraft.capacityWh,
      6,
    );
  });

  it("solves the wind triangle: a head wind above air speed is not flyable, one below only costs", () => {
    const strong = estimateFlight(outAndBack, aircraft, { fromDeg: 90, speedMps: 19 });
    expect(strong.isFlyable).toBe(false);
    const windy = estimateFlight(outAndBack, aircraft, { fromDeg: 90, speedMps: 12 });
    const calm = estimateFlight(outAndBack, aircraft, CALM);
    expect(windy.isFlyable).toBe(true);
    // Outbound against 12 m/s of wind with 18 m/s of air speed: 6 m/s over ground instead of 10, and less time to stop from it.
    expect(windy.timeS - calm.timeS).toBeGreaterThan(1000 / 6 - 1000 / 10 - 3);
    expect(windy.energyFraction).toBeGreaterThan(calm.energyFraction);
  });

  it("keeps the way home in mind: the further out, the less is left", () => {
    const near = estimateFlight(planOf(takeOff, waypoint(500, 0), item(20, [0, 0, 0, 0])), aircraft, CALM);
    const far = estimateFlight(planOf(takeOff, waypoint(5000, 0), item(20, [0, 0, 0, 0])), aircraft, CALM);
    expect(far.worstReturnFraction).toBeLessThan(near.worstReturnFraction);
    expect(near.worstReturnFraction).toBeLessThanOrEqual(1 - near.energyFraction + 0.01);
    const noReturn = estimateFlight(planOf(takeOff, waypoint(5000, 0)), aircraft, CALM);
    expect(noReturn.worstReturnFraction).toBeCloseTo(far.worstReturnFraction, 1);
  });

  it("is nothing for an empty plan or one without home", () => {
    expect(estimateFlight(planOf(), aircraft, CALM)).toEqual({
      distanceM: 0,
      timeS: 0,
      energyFraction: 0,
      worstReturnFraction: 1,
      isFlyable: true,
      basis: "as-planned",
    });
    expect(estimateFlight({ ...outAndBack, plannedHome: undefined }, aircraft, CALM).timeS).toBe(0);
  });
});
