/** A complete sortie in real time over real sockets, with the video encoder; other scenes are flown in virtual time. */
import { describe, expect, it } from "vitest";
import { scoreSortie } from "./scoring/scoreSortie.js";
import { scoreTable } from "./scoring/scoreTable.js";
import { expectCommittedDemands } from "./testing/sortieDemands.js";
import { ended, flySortie, runVigie } from "./testing/sortieRun.js";

/** `VIGIE_SORTIES=all` flies both in real time, one after the other. */
const SORTIES = ["boulogne-night-1", "boulogne-night-2"].slice(0, process.env["VIGIE_SORTIES"] === "all" ? 2 : 1);

describe("one sortie, over real sockets", () => {
  it.each(SORTIES)("flies %s and reports what was there, where it was, in time", async (name) => {
    const run = await flySortie(`missions/scenarios/${name}.json`, `missions/plans/${name}.plan`);
    const score = scoreSortie(run.truth, run.contacts);
    process.stderr.write(`\n${name}\n${scoreTable(score)}\n`);

    expect(run.status, run.stderr).toBe(0);
    expect(run.result).toMatchObject({ ok: true, verified: true });
    expect(run.result.landedUs).toBeGreaterThan(run.result.startedUs);
    expectCommittedDemands(score);
    // Wall-clock time depends on the machine: about 1.3 s on two cores; a growing queue of reports would be far above 5 s.
    // How soon things are recognised is demanded on virtual time.
    expect(score.recognisedWithinS95).toBeLessThanOrEqual(5);
    expect(score.appearedWithinS95).toBeLessThanOrEqual(5);
    expect(score.reportDelayS95).toBeLessThanOrEqual(3);

    const verdict = await ended(runVigie(["verify", run.result.sortie, "--json"]));
    expect(verdict.status, verdict.stderr).toBe(0);
  });
});
