import { describe, expect, it } from "vitest";
import { emptyVehicle } from "../../../vehicle/reduceVehicle.js";
import type { FlightPhase, VehicleState } from "../../../vehicle/vehicleState.js";
import { type Evidence, stepWith } from "./commandStep.js";
import { isMet, isMetSince, notSeen } from "./completionCondition.js";

const EMPTY = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
const stamped = <T>(value: T, receivedAtMonoMs = 1000) => ({ value, receivedAtMonoMs });
const beating = (customMode: number, isArmed: boolean): VehicleState => ({
  ...EMPTY,
  heartbeat: stamped({ customMode, modeName: "", isArmed, systemStatus: 4 }),
});
const at = (altitudeAboveHomeM: number): VehicleState => ({
  ...EMPTY,
  position: stamped({ position: { latitudeDeg: 50, longitudeDeg: 1 }, altitudeAmslM: 0, altitudeAboveHomeM }),
});
const flyingItem = (currentSeq: number): VehicleState => ({
  ...EMPTY,
  mission: stamped({ currentSeq, countOfItems: undefined }),
});
const inPhase = (vtol: FlightPhase["vtol"]): VehicleState => ({
  ...EMPTY,
  flightPhase: stamped({ landed: "air", vtol }),
});

const MODE: Evidence = { kind: "mode", customMode: 6, modeName: "RTL" };
const MODE_ARMED: Evidence = { kind: "mode", customMode: 6, modeName: "RTL", isArmed: true };
const ARMED: Evidence = { kind: "armed", isArmed: true };
const DISARMED: Evidence = { kind: "armed", isArmed: false };
const ABOVE: Evidence = { kind: "above", altitudeAboveHomeM: 10 };
const ITEM: Evidence = { kind: "mission-item", seq: 4 };
const VTOL: Evidence = { kind: "vtol", vtol: ["hover", "to-hover"] };

describe("telemetry shows", () => {
  it.each([
    ["mode RTL", MODE, beating(6, true), beating(4, true)],
    ["mode RTL, armed", MODE_ARMED, beating(6, true), beating(6, false)],
    ["armed", ARMED, beating(6, true), beating(6, false)],
    ["disarmed", DISARMED, beating(6, false), beating(6, true)],
    ["above 10 m", ABOVE, at(10), at(9.9)],
    ["mission item 4", ITEM, flyingItem(4), flyingItem(3)],
    ["hover or to-hover", VTOL, inPhase("to-hover"), inPhase("forward")],
  ])("%s, or not, and nothing when it was not received", (words, evidence, yes, no) => {
    expect([isMet(evidence, yes), isMet(evidence, no), isMet(evidence, EMPTY)]).toEqual([true, false, false]);
    expect(notSeen(evidence)).toEqual({ kind: "no-effect", expected: words, effect: evidence });
    // Only what was received after the moment counts.
    expect([999, 1000].map((afterMonoMs) => isMetSince(evidence, yes, afterMonoMs))).toEqual([true, false]);
    expect([isMetSince(evidence, no, 0), isMetSince(evidence, EMPTY, -1)]).toEqual([false, false]);
  });
  it("nothing of a vehicle that is no VTOL", () => {
    expect(isMet(VTOL, inPhase(undefined))).toBe(false);
  });
  it("nothing that a step without evidence needs: the acknowledgement proves it", () => {
    expect(isMet({ kind: "none" }, EMPTY)).toBe(true);
    expect(isMetSince({ kind: "none" }, EMPTY, 1e12)).toBe(true);
    expect(notSeen({ kind: "none" })).toEqual({ kind: "no-effect", expected: "acknowledged" });
  });
});

describe("a step", () => {
  it("is sent again, as COMMAND_LONG, and proven by its acknowledgement, unless it says otherwise", () => {
    expect(stepWith({ command: 20 })).toEqual({
      command: 20,
      params: [0, 0, 0, 0],
      place: undefined,
      z: 0,
      frame: 0,
      form: "long",
      isRetried: true,
      isOptional: false,
      isEffectEnough: false,
      evidence: { kind: "none" },
      effectTimeoutMs: 4000,
    });
  });
  it("with evidence is proven by telemetry alone, unless it says otherwise", () => {
    expect(stepWith({ command: 176, evidence: MODE }).isEffectEnough).toBe(true);
    expect(stepWith({ command: 176, evidence: MODE, isEffectEnough: false }).isEffectEnough).toBe(false);
    expect(stepWith({ command: 176, isEffectEnough: true }).isEffectEnough).toBe(false);
  });
});
