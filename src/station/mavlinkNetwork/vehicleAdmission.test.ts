import { describe, expect, it } from "vitest";
import { type AdmissionCandidate, VehicleAdmission } from "./vehicleAdmission.js";

const NOW_MONO_MS = 1_000_000;
const NEWCOMER = { source: "udp:1 10.0.0.9:1", hasSentMore: false };

/** As many vehicles as there may be, each from an address of its own, received just now. */
const fullOf = (changes: Partial<AdmissionCandidate<number>>): AdmissionCandidate<number>[] =>
  Array.from({ length: 64 }, (_, id) => ({
    ...{ id, source: `udp:1 10.0.1.${id}:1`, sinceMonoMs: 0, receivedAtMonoMs: NOW_MONO_MS },
    ...{ hasSentMore: true, isEngaged: false },
    ...changes,
  }));

describe("when there are as many vehicles as there may be", () => {
  it("none that is in use or was received lately is replaced, not even for one that sent more than heartbeats", () => {
    const admission = new VehicleAdmission();
    for (const hasSentMore of [false, true]) {
      const newcomer = { ...NEWCOMER, hasSentMore };
      expect(admission.decide(newcomer, fullOf({}), NOW_MONO_MS)).toEqual({ kind: "refuse" });
      const engaged = fullOf({ isEngaged: true, receivedAtMonoMs: 0 });
      expect(admission.decide(newcomer, engaged, NOW_MONO_MS)).toEqual({ kind: "refuse" });
    }
  });

  it("one with heartbeats alone takes the place of another such, four times a second at most", () => {
    const admission = new VehicleAdmission();
    const silentLongest = { ...fullOf({ hasSentMore: false })[7]!, receivedAtMonoMs: NOW_MONO_MS - 10 };
    const candidates = [...fullOf({ hasSentMore: false }).filter(({ id }) => id !== 7), silentLongest];
    const decide = (nowMonoMs: number) => admission.decide(NEWCOMER, candidates, nowMonoMs);
    expect(decide(NOW_MONO_MS)).toEqual({ kind: "replace", id: 7 });
    expect(decide(NOW_MONO_MS + 249)).toEqual({ kind: "refuse" });
    expect(decide(NOW_MONO_MS + 250)).toEqual({ kind: "replace", id: 7 });
    // One that sent more does not wait.
    const sentMore = { ...NEWCOMER, hasSentMore: true };
    expect(admission.decide(sentMore, candidates, NOW_MONO_MS + 251)).toEqual({ kind: "replace", id: 7 });
  });

  it("one that was never commanded is replaced after more than ten minutes of silence, the longest silent first", () => {
    const admission = new VehicleAdmission();
    const [first, second, ...others] = fullOf({});
    const decide = (firstSilentMs: number, secondSilentMs: number) =>
      admission.decide(
        NEWCOMER,
        [
          { ...first!, receivedAtMonoMs: NOW_MONO_MS - firstSilentMs },
          { ...second!, receivedAtMonoMs: NOW_MONO_MS - secondSilentMs },
          ...others,
        ],
        NOW_MONO_MS,
      );
    expect(decide(600_000, 600_000)).toEqual({ kind: "refuse" });
    expect(decide(600_001, 600_000)).toEqual({ kind: "replace", id: 0 });
    expect(decide(600_001, 600_002)).toEqual({ kind: "replace", id: 1 });
  });
});
