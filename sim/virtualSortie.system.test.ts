/** A committed sortie in virtual time, judged as in `sortie.system.test.ts` but independent of the machine's load. */
import { expect, it } from "vitest";
import { scoreSortie } from "./scoring/scoreSortie.js";
import { scoreTable } from "./scoring/scoreTable.js";
import { committedScenario } from "./testing/scenarios.js";
import { expectCommittedDemands, expectRecognisedSoon } from "./testing/sortieDemands.js";
import { planInFile } from "./testing/sortieRun.js";
import { flyVirtually } from "./testing/virtualSortie.js";

it("a sortie on virtual time over boulogne-night-2 finds what was there, where it was, in time", async () => {
  const scenario = committedScenario("boulogne-night-2");
  const flown = await flyVirtually(scenario, planInFile("missions/plans/boulogne-night-2.plan"));
  const score = scoreSortie(flown.truth, flown.contacts);
  process.stderr.write(`\nboulogne-night-2, virtual time\n${scoreTable(score)}\n`);
  expect(flown.hasLanded).toBe(true);
  expectCommittedDemands(score);
  expectRecognisedSoon(score);
});
