import { describe, expect, it } from "vitest";
import type { AircraftPlan } from "../transfers.js";
import { planAboardOf } from "./planAboard.js";

const plan = { countOfItems: 5, unixTimeUs: 1 };
const VERIFIED: AircraftPlan = { kind: "verified", planHash: "abc", ...plan };
const DOUBTED: AircraftPlan = { kind: "to-be-read-again", because: "silence", planHash: "abc", ...plan };
const shown = (planHash: string | undefined, isEmpty = false) => ({ isEmpty, planHash });

describe("the plan that a start would fly", () => {
  it.each([VERIFIED, DOUBTED])("is compared with the one on screen while it is $kind", (held) => {
    expect(planAboardOf(held, shown("abc"))).toBe("on-screen");
    expect(planAboardOf(held, shown("other"))).toBe("another");
    expect(planAboardOf(held, shown(undefined))).toBe("not-compared");
    expect(planAboardOf(held, shown("abc", true))).toBe("only-aboard");
    expect(planAboardOf(held, undefined)).toBe("only-aboard");
  });
  it.each([
    undefined,
    { kind: "unknown" },
    { kind: "read", ...plan },
    { kind: "differs", differences: [] },
    { kind: "uncertain", failure: { kind: "cancelled" } },
    { kind: "refused-by-aircraft", reasons: [], ...plan },
  ] satisfies (AircraftPlan | undefined)[])("is not verified: %j", (held) => {
    expect(planAboardOf(held, shown("abc"))).toBe("not-verified");
    expect(planAboardOf(held, undefined)).toBe("not-verified");
  });
});
