import { describe, expect, it } from "vitest";
import { at, heartbeat, NOW_MS, ONE_OF_EACH, phase, receive, type Received } from "./testing/vehicleBuilder.js";
import type { Battery, VehicleState } from "./vehicleState.js";

const battery = (
  change: Partial<Battery>,
  { batteryId, isSummary = false, atMs = NOW_MS }: { batteryId?: number; isSummary?: boolean; atMs?: number } = {},
): Received =>
  at(atMs, {
    kind: "battery",
    battery: { ...ONE_OF_EACH.battery.battery, ...change },
    isSummary,
    ...(batteryId !== undefined && { batteryId }),
  });
const chargeOf = (state: VehicleState): number | undefined => state.battery?.value.remainingFraction;

describe("one battery", () => {
  it("is shown as it reports", () => {
    expect(receive([battery({})]).battery).toEqual({ value: ONE_OF_EACH.battery.battery, receivedAtMonoMs: NOW_MS });
    expect(receive([battery({}, { batteryId: 0 })]).otherBatteries).toBeUndefined();
  });
  it("keeps the remaining time through a summary, which has none; the rest is the summary's", () => {
    const shown = receive([
      battery({ timeRemainingS: 600, voltageV: 22 }),
      battery({ timeRemainingS: undefined, voltageV: 21, remainingFraction: 0.7 }, { isSummary: true }),
    ]);
    expect(shown.battery?.value).toMatchObject({ timeRemainingS: 600, voltageV: 21, remainingFraction: 0.7 });
    const first = receive([battery({ timeRemainingS: 5 }, { isSummary: true })]);
    expect(first.battery?.value.timeRemainingS).toBeUndefined();
  });
});

describe("several batteries", () => {
  const second = battery({ remainingFraction: 0.3, voltageV: 11 }, { batteryId: 1 });
  it("have the voltage of the flight battery and the charge of the lowest", () => {
    const state = receive([second, battery({ remainingFraction: 0.8, voltageV: 22 })]);
    expect(state.battery?.value).toMatchObject({ remainingFraction: 0.3, voltageV: 22 });
    expect(state.otherBatteries).toMatchObject({ 1: { value: { remainingFraction: 0.3, voltageV: 11 } } });
    expect(chargeOf(receive([second, battery({ remainingFraction: 0.2 })]))).toBe(0.2);
    const third = battery({ remainingFraction: 0.1 }, { batteryId: 2 });
    expect(chargeOf(receive([second, third, battery({})]))).toBe(0.1);
  });
  it("are shown by another one as long as nothing is received of the flight battery", () => {
    const alone = receive([second]);
    expect(alone.battery).toMatchObject({ value: { voltageV: 11, remainingFraction: 0.3 } });
    const later = receive([battery({ voltageV: 10 }, { batteryId: 2 })], alone);
    expect(later.battery?.value.voltageV).toBe(11);
    expect(Object.keys(later.otherBatteries ?? {})).toEqual(["1", "2"]);
  });
  it("leave out those whose charge is unknown", () => {
    const unknown = battery({ remainingFraction: undefined }, { batteryId: 1 });
    expect(chargeOf(receive([unknown, battery({ remainingFraction: 0.8 })]))).toBe(0.8);
    expect(chargeOf(receive([second, battery({ remainingFraction: undefined })]))).toBe(0.3);
    expect(chargeOf(receive([unknown, battery({ remainingFraction: undefined })]))).toBeUndefined();
  });
  it("forget one that was not received for 30 s", () => {
    const after = (ms: number) =>
      chargeOf(receive([second, battery({ remainingFraction: 0.8 }, { atMs: NOW_MS + ms })]));
    expect([after(29_999), after(30_000)]).toEqual([0.3, 0.8]);
  });
});

describe("how fast a flight uses the battery", () => {
  const flying = receive([heartbeat(), phase("air")]);
  const reading = (remainingFraction: number | undefined, atS: number) =>
    battery({ remainingFraction }, { atMs: NOW_MS + atS * 1000 });
  const from = (fromFraction: number, atS = 0) => ({
    ...{ fromFraction, sinceMonoMs: NOW_MS + atS * 1000, perS: undefined },
  });
  it("is measured from the first reading in the air, over at least 60 s and two per cent", () => {
    const start = receive([reading(0.9, 0)], flying);
    expect(start.batteryUse).toEqual(from(0.9));
    expect(receive([reading(0.5, 59.999)], start).batteryUse).toEqual(from(0.9));
    expect(receive([reading(0.881, 100)], start).batteryUse).toEqual(from(0.9));
    expect(receive([reading(0.84, 60)], start).batteryUse?.perS).toBeCloseTo(0.001, 12);
    expect(receive([reading(0.84, 60), reading(0.5, 200)], start).batteryUse).toMatchObject({
      ...{ fromFraction: 0.9, sinceMonoMs: NOW_MS, perS: expect.closeTo(0.002, 12) },
    });
  });
  it("begins anew with a fuller battery, not with an equal one", () => {
    const start = receive([reading(0.9, 0)], flying);
    expect(receive([reading(0.9, 10)], start).batteryUse).toEqual(from(0.9));
    expect(receive([reading(0.91, 10)], start).batteryUse).toEqual(from(0.91, 10));
  });
  it("is forgotten on the ground, and while the charge is unknown", () => {
    const start = receive([reading(0.9, 0)], flying);
    const landed = receive([phase("ground"), reading(0.8, 70)], start);
    expect(landed.batteryUse).toBeUndefined();
    expect(landed).toMatchObject({ id: start.id, battery: { value: { remainingFraction: 0.8 } } });
    expect(receive([reading(undefined, 70)], start).batteryUse).toBeUndefined();
    expect(receive([heartbeat(), phase("ground"), reading(0.9, 0)])).not.toHaveProperty("batteryUse");
  });
});
