import { describe, expect, it } from "vitest";
import { err, ok, type Result } from "../../src/core/result.js";
import type { StationFailure } from "../../src/contract/failures.js";
import type { ReplyValue, UiRequest } from "../../src/contract/messages.js";
import { finding } from "../../src/plan/findings/finding.js";
import { readPlanFile } from "../../src/plan/formats/planFile.js";
import { CALM } from "../../src/plan/findings/planFindings.js";
import type { Plan } from "../../src/plan/plan.js";
import { anAircraft, commandAt, planOfItems } from "../../src/plan/testing/planBuilders.js";
import { aHello, aStation } from "../bridge/testing/builders.js";
import { NOT_CHECKED } from "./groundCheck.js";
import { PlanOverGround } from "./planOverGround.js";

type Reply = Result<ReplyValue, StationFailure>;
const overGround = (depthM: number, isPartMissing = false): Reply =>
  ok({
    ...{ kind: "over-ground", isPartMissing },
    found: { isWholeWayKnown: true, findings: [finding("below-ground", "danger", { facts: { depthM } })] },
  });
const aPlan = (eastM: number) => planOfItems([commandAt(22, 0, 0), commandAt(16, eastM, 0)]);

function open(terrainFiles: readonly string[] = ["N50E001.hgt"]) {
  const { transport, store } = aStation();
  const answers: ((reply: Reply) => void)[] = [];
  const asked: Extract<UiRequest, { kind: "check-over-ground" }>[] = [];
  transport.answerWith((request) => {
    if (request.kind !== "check-over-ground") return undefined;
    asked.push(request);
    return new Promise<Reply>((resolve) => answers.push(resolve));
  });
  transport.receive(aHello({ terrainFiles }));
  let countOfAnswers = 0;
  const over = new PlanOverGround(store, () => countOfAnswers++);
  const aircraft = anAircraft();
  const ground = {
    checkOf: (plan: Plan, wind = CALM) => over.checkOf({ plan, aircraft, wind }),
    forget: () => over.forget(),
  };
  /** Ends when the page has the answer. */
  const answer = async (index: number, reply: Reply): Promise<void> => {
    const before = countOfAnswers;
    answers[index]?.(reply);
    await expect.poll(() => countOfAnswers).toBe(before + 1);
  };
  return { ground, asked, answer, answers };
}

describe("the ground below a plan that is drawn", () => {
  it("is asked of the station once, in the plan's own words", async () => {
    const { ground, asked, answer } = open();
    const plan = aPlan(500);
    expect(ground.checkOf(plan)).toEqual({ state: "checking", isPartMissing: false, found: undefined });
    await answer(0, overGround(3, true));
    const check = ground.checkOf(plan);
    expect(check).toMatchObject({
      state: "checked",
      isPartMissing: true,
      found: { findings: [{ facts: { depthM: 3 } }] },
    });
    expect(ground.checkOf(plan)).toBe(check);
    const [{ planText }] = asked as [(typeof asked)[number]];
    expect([asked.length, readPlanFile(planText, "x")]).toMatchObject([1, { value: { items: plan.items } }]);
  });

  it("while a corner is dragged shows the findings before, and asks for the last place only", async () => {
    const { ground, asked, answer } = open();
    const plans = [100, 200, 300, 400].map(aPlan);
    for (const plan of plans) ground.checkOf(plan);
    expect(asked).toHaveLength(1);
    await answer(0, overGround(1));
    expect(ground.checkOf(plans[3]!)).toMatchObject({
      state: "checking",
      found: { findings: [{ facts: { depthM: 1 } }] },
    });
    expect(ground.checkOf(plans[3]!).found?.isWholeWayKnown).toBe(false);
    expect(asked).toHaveLength(2);
    await answer(1, overGround(2));
    expect(ground.checkOf(plans[3]!).found?.isWholeWayKnown).toBe(true);
    expect(ground.checkOf(plans[3]!)).toMatchObject({
      state: "checked",
      found: { findings: [{ facts: { depthM: 2 } }] },
    });
    // What was found for another plan is nothing about this one.
    expect(ground.checkOf(plans[0]!).state).toBe("checking");
  });

  it("of a station that does not answer is not checked, and what was found before is gone", async () => {
    const { ground, answer } = open();
    ground.checkOf(aPlan(1));
    await answer(0, overGround(1));
    const plan = aPlan(2);
    ground.checkOf(plan);
    await answer(1, err({ kind: "io", operation: "station", code: "CONNECTION_LOST" }));
    expect(ground.checkOf(plan)).toEqual({ state: "failed", isPartMissing: false, found: undefined });
  });

  it("is asked again when it is another, and an answer about the old one is no answer", async () => {
    const { ground, answer, answers, asked } = open();
    const plan = aPlan(1);
    ground.checkOf(plan);
    ground.forget();
    expect(ground.checkOf(plan).state).toBe("checking");
    expect(asked).toHaveLength(2);
    answers[0]?.(overGround(9));
    await answer(1, overGround(4));
    expect(ground.checkOf(plan)).toMatchObject({ state: "checked", found: { findings: [{ facts: { depthM: 4 } }] } });
  });

  it("is not asked for a plan that has nothing to fly or no home, nor of a station without heights", () => {
    const { ground, asked } = open();
    expect(ground.checkOf({ ...aPlan(1), items: [] })).toBe(NOT_CHECKED);
    expect(ground.checkOf({ ...aPlan(1), plannedHome: undefined })).toBe(NOT_CHECKED);
    const without = open([]);
    expect(without.ground.checkOf(aPlan(1)).state).toBe("no-files");
    expect([...asked, ...without.asked]).toEqual([]);
  });

  it("is asked with the plan's aircraft and the wind, and again in another wind: time and energy follow from them", async () => {
    const { ground, asked, answer } = open();
    const plan = aPlan(500);
    const flight = {
      ...{ distanceM: 1, timeS: 2, energyFraction: 0.5, worstReturnFraction: 0.25, isFlyable: true },
      basis: "terrain",
    } as const;
    ground.checkOf(plan);
    const reply: Reply = ok({
      ...{ kind: "over-ground", isPartMissing: false, found: { isWholeWayKnown: true, findings: [], flight } },
    });
    await answer(0, reply);
    expect(ground.checkOf(plan).found?.flight).toEqual(flight);
    expect(asked[0]?.wind).toEqual(CALM);
    expect(readPlanFile(asked[0]?.planText ?? "", "x")).toMatchObject({ value: { aircraft: anAircraft() } });
    const windy = { fromDeg: 270, speedMps: 8 };
    // The time of another wind is not this one's.
    expect(ground.checkOf(plan, windy)).toMatchObject({ state: "checking" });
    expect(ground.checkOf(plan, windy).found?.flight).toBeUndefined();
    expect(asked.at(-1)?.wind).toEqual(windy);
  });
});
