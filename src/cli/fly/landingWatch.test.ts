import { describe, expect, it } from "vitest";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { type LandingSeen, LandingWatch } from "./landingWatch.js";
import { PX4, shown, type Shown } from "./testing/shownVehicle.js";

/** What is said after each of these states; `takeOffHeightM` above home. */
function verdicts(states: readonly (Shown | VehicleState)[], takeOffHeightM?: number) {
  const watch = new LandingWatch(takeOffHeightM);
  return states.map((state) => {
    const vehicle = "id" in state ? state : shown(state);
    return watch.look(vehicle, vehicle.lastReceivedMonoMs);
  });
}
const verdict = (states: readonly (Shown | VehicleState)[], takeOffHeightM?: number): LandingSeen | undefined =>
  verdicts(states, takeOffHeightM).at(-1);
const kind = (states: readonly (Shown | VehicleState)[], takeOffHeightM?: number) =>
  verdict(states, takeOffHeightM)?.kind;

const UP = { isArmed: true, landed: "air" } as const;
const DOWN = { isArmed: true, landed: "ground" } as const;
const OFF = { isArmed: false, landed: "ground" } as const;

describe("the end of a flight by its own word of the ground", () => {
  it("is a landing when it was seen flying, then on the ground, then disarmed", () => {
    const flight = [
      { ...DOWN, atMonoMs: 0 },
      { ...UP, atMonoMs: 1000 },
      { ...DOWN, atMonoMs: 2000 },
      { ...OFF, atMonoMs: 3000 },
    ];
    expect(verdicts(flight)).toEqual([undefined, undefined, undefined, { kind: "landed" }]);
  });
  it("is none before it was seen armed, however long it stands there", () => {
    expect(verdict([OFF, { ...OFF, atMonoMs: 1000 }, { ...OFF, atMonoMs: 9000 }])).toBeUndefined();
  });
  it("is no flight when it was armed and disarmed on the ground", () => {
    expect(verdict([DOWN, { ...OFF, atMonoMs: 1000 }])).toEqual({ kind: "never-took-off" });
  });
  it("is no landing when it bounced off and was disarmed in the air", () => {
    const bounced = [UP, { ...DOWN, atMonoMs: 1000 }, { ...UP, heightM: 5, atMonoMs: 2000 }];
    const off = (atMonoMs: number) => ({ isArmed: false, landed: "air", heightM: 5, atMonoMs }) as const;
    expect(kind([...bounced, off(3000), off(5000), off(7000)])).toBe("not-on-the-ground");
  });
  it("counts although the word came only after the disarming, within four seconds", () => {
    const off = { isArmed: false, landed: "air", heightM: 1 } as const;
    expect(verdicts([UP, { ...off, atMonoMs: 1000 }, { ...OFF, atMonoMs: 2500 }])).toEqual([
      undefined,
      undefined,
      { kind: "landed" },
    ]);
  });
});

describe("silence around the disarming", () => {
  const back = (silentMs: number) => [UP, { ...UP, atMonoMs: 1000 }, { ...OFF, atMonoMs: 1000 + silentMs }];
  it("of three seconds is no landing that was seen, and says how long it was", () => {
    expect(verdict(back(3000))).toEqual({ kind: "landing-not-seen", silentS: 3 });
    expect(verdict(back(12_500))).toEqual({ kind: "landing-not-seen", silentS: 12.5 });
  });
  it("of less is the ordinary gap between two messages", () => {
    expect(verdict(back(2999))).toEqual({ kind: "landed" });
  });
  it("that came before a newer armed heartbeat does not count", () => {
    const flight = [UP, { ...UP, atMonoMs: 20_000 }, { ...DOWN, atMonoMs: 21_000 }, { ...OFF, atMonoMs: 22_000 }];
    expect(verdict(flight)).toEqual({ kind: "landed" });
  });
  it("that is followed only by an older armed heartbeat counts", () => {
    const beforeSilence = shown({ ...UP, atMonoMs: 1000 });
    const positionsOnly = { ...beforeSilence, lastReceivedMonoMs: 9000 };
    expect(kind([beforeSilence, positionsOnly, { ...OFF, atMonoMs: 10_000 }])).toBe("landing-not-seen");
  });
  it("is the longest gap, not the last", () => {
    const armed = shown({ ...UP, atMonoMs: 1000 });
    const at = (lastReceivedMonoMs: number) => ({ ...armed, lastReceivedMonoMs });
    expect(verdict([armed, at(6000), at(7000), { ...OFF, atMonoMs: 8000 }])).toEqual({
      kind: "landing-not-seen",
      silentS: 5,
    });
  });
  it("after the disarming says nothing against the landing", () => {
    const off = { isArmed: false, landed: "air", heightM: 1 } as const;
    expect(kind([UP, { ...off, atMonoMs: 1000 }, { ...OFF, atMonoMs: 4900 }])).toBe("landed");
  });
  it("does not undo a ground that was seen before it", () => {
    const armed = shown({ ...DOWN, atMonoMs: 2000 });
    const late = { ...armed, lastReceivedMonoMs: 7000 };
    expect(kind([UP, armed, late, { ...OFF, atMonoMs: 7500 }])).toBe("landed");
  });
});

describe("a landing that is seen by standing, where it says nothing of the ground", () => {
  /** Flies at 40 m, stands with these readings from 2 s to 4 s, and is disarmed at the end of them. */
  const stood = (standing: Partial<Shown>, forMs = 2000, takeOffHeightM?: number) => {
    const at = (atMonoMs: number, isArmed: boolean) => ({ isArmed, atMonoMs, autopilot: PX4, heightM: 0, ...standing });
    const up = { isArmed: true, heightM: 40, autopilot: PX4 };
    const down = [at(2000, true), at(3000, true), at(2000 + forMs, false)];
    return verdict([up, { ...up, atMonoMs: 1000 }, ...down], takeOffHeightM)?.kind;
  };
  it("takes two seconds", () => {
    expect([stood({}, 1999), stood({}, 2000)]).toEqual([undefined, "landed"]);
  });
  it.each([
    ["less than 3 m above home", { heightM: 2.9 }, "landed"],
    ["3 m above home", { heightM: 3 }, undefined],
    ["less than 3 m below home", { heightM: -2.9 }, "landed"],
    ["3 m below home", { heightM: -3 }, undefined],
    ["slower than 1 m/s", { speedMps: 0.9 }, "landed"],
    ["at 1 m/s", { speedMps: 1 }, undefined],
    ["sinking slower than 0.5 m/s", { downMps: 0.4 }, "landed"],
    ["sinking at 0.5 m/s", { downMps: 0.5 }, undefined],
    ["climbing at 0.5 m/s", { downMps: -0.5 }, undefined],
  ])("%s", (_name, standing, seen) => {
    expect(stood(standing)).toBe(seen);
  });
  it("is near the height of its take-off as well as near home's", () => {
    expect(stood({ heightM: -14 }, 2000, -12)).toBe("landed");
    expect(stood({ heightM: -15 }, 2000, -12)).toBeUndefined();
    expect(stood({ heightM: -14 })).toBeUndefined();
    expect(stood({ heightM: 1 }, 2000, -12)).toBe("landed");
  });
  it("does not count by a position that is more than three seconds old, nor without one", () => {
    const still = (positionAtMonoMs: number | undefined, velocity = true) => {
      const off = { isArmed: false, autopilot: PX4, atMonoMs: 6000 };
      const vehicle = shown(off);
      const { position } = vehicle;
      const before = { isArmed: true, autopilot: PX4, atMonoMs: 4000 };
      return kind([
        { isArmed: true, heightM: 40, autopilot: PX4, atMonoMs: 3000 },
        before,
        {
          ...vehicle,
          position:
            positionAtMonoMs === undefined || !position
              ? undefined
              : { ...position, receivedAtMonoMs: positionAtMonoMs },
          velocity: velocity ? vehicle.velocity : undefined,
        },
      ]);
    };
    expect([still(3000), still(2999), still(undefined), still(6000, false)]).toEqual([
      "landed",
      undefined,
      undefined,
      undefined,
    ]);
  });
  it("begins anew when it moved in between", () => {
    const at = (atMonoMs: number, speedMps: number) => ({ isArmed: true, autopilot: PX4, atMonoMs, speedMps });
    const hop = [{ ...at(0, 0), heightM: 40 }, at(1000, 0), at(2000, 2), at(3000, 0)];
    const off = (atMonoMs: number) => ({ ...at(atMonoMs, 0), isArmed: false });
    expect(verdicts([...hop, off(4000), off(5000)]).slice(-2)).toEqual([undefined, { kind: "landed" }]);
  });
  it("stays seen when a gust shakes it after the disarming, or its position is lost", () => {
    const at = (atMonoMs: number, change: Partial<Shown> = {}) =>
      shown({ isArmed: true, autopilot: PX4, atMonoMs, heightM: 0, ...change });
    const stood = [at(0, { heightM: 40 }), at(1000), at(2000), at(3000)];
    expect(kind([...stood, at(4000, { isArmed: false, speedMps: 2 })])).toBe("landed");
    expect(kind([...stood, { ...at(4000, { isArmed: false }), position: undefined }])).toBe("landed");
  });
  it("is over when it rises again", () => {
    const at = (atMonoMs: number, heightM: number, isArmed = true) => ({
      isArmed,
      autopilot: PX4,
      atMonoMs,
      heightM,
    });
    const touch = [at(0, 40), at(1000, 0), at(2000, 0), at(3000, 0), at(4000, 20)];
    expect(kind([...touch, at(5000, 20, false), at(7000, 20, false), at(9000, 20, false)])).toBe("not-on-the-ground");
  });
  it("gives way to the aircraft's own word", () => {
    const says = (atMonoMs: number, isArmed = true) =>
      ({ isArmed, landed: "air", autopilot: PX4, atMonoMs, heightM: 0 }) as const;
    const low = [says(0), says(1000), says(2000), says(3000), says(4000, false), says(6000, false)];
    expect(kind([...low, says(8000, false)])).toBe("not-on-the-ground");
  });
});

describe("disarmed where no ground was seen", () => {
  const off = (atMonoMs: number, heightM: number, speedMps = 4) =>
    ({ isArmed: false, landed: "air", atMonoMs, heightM, speedMps }) as const;
  it("waits four seconds for the word of the ground, then says what it knows", () => {
    const flight = [UP, off(1000, 8), off(3000, 8), off(4999, 8)];
    expect(verdicts(flight)).toEqual([undefined, undefined, undefined, undefined]);
    expect(verdict([...flight, off(5000, 8)])).toEqual({
      kind: "not-on-the-ground",
      heightM: 8,
      speedMps: 4,
      reportsFlying: true,
    });
  });
  it("does not wait above 10 m when it says itself that it flies; the height is that above its take-off", () => {
    expect(kind([UP, off(1000, 10)])).toBeUndefined();
    expect(kind([UP, off(1000, 11)])).toBe("not-on-the-ground");
    expect(verdict([UP, off(1000, 8)], -12)).toMatchObject({ heightM: 20 });
    expect(kind([UP, { isArmed: false, heightM: 50, atMonoMs: 1000 }])).toBeUndefined();
  });
  it("says so where neither its height nor its speed is known", () => {
    const blind = (state: Shown): VehicleState => ({ ...shown(state), position: undefined, velocity: undefined });
    const flight = [UP, ...[1000, 3000, 5000].map((atMonoMs) => blind({ isArmed: false, landed: "air", atMonoMs }))];
    expect(verdict(flight)).toEqual({
      kind: "not-on-the-ground",
      heightM: undefined,
      speedMps: undefined,
      reportsFlying: true,
    });
  });
  it("forgets a disarming that was taken back", () => {
    const again: readonly Shown[] = [UP, off(1000, 8), { ...UP, atMonoMs: 2000 }, off(3000, 8), off(5500, 8)];
    const watch = new LandingWatch(undefined);
    const isDisarmed = again.map((state) => {
      watch.look(shown(state), state.atMonoMs ?? 0);
      return watch.isDisarmed();
    });
    expect(isDisarmed).toEqual([false, true, false, true, true]);
    expect(verdict(again)).toBeUndefined();
  });
});

describe("having flown", () => {
  const hasFlown = (...states: readonly Shown[]): boolean => {
    const watch = new LandingWatch(0);
    for (const state of states) watch.look(shown(state), state.atMonoMs ?? 0);
    return watch.hasFlown();
  };
  it("takes an armed aircraft in the air", () => {
    expect(hasFlown(DOWN)).toBe(false);
    expect(hasFlown({ isArmed: false, landed: "air" })).toBe(false);
    expect(hasFlown(UP)).toBe(true);
    expect(hasFlown(UP, DOWN, OFF)).toBe(true);
  });
});
