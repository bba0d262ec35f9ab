import { describe, expect, it } from "vitest";
import { scoreSortie } from "./scoring/scoreSortie.js";
import { scoreTable } from "./scoring/scoreTable.js";
import { ended, flySortie, runVigie } from "./testing/sortieRun.js";

const SORTIES = [
  { name: "boulogne-night-1", seed: undefined },
  { name: "boulogne-night-2", seed: undefined },
];

// One after the other: a station and a simulator are what two cores are for.
describe("one sortie, over real sockets", () => {
  it.each(SORTIES)("flies $name and reports what was there, where it was, in time", async ({ name, seed }) => {
    const run = await flySortie(`missions/scenarios/${name}.json`, `missions/plans/${name}.plan`, seed);
    const score = scoreSortie(run.truth, run.contacts);
    process.stderr.write(`\n${name}\n${scoreTable(score)}\n`);

    expect(run.status, run.stderr).toBe(0);
    expect(run.result).toMatchObject({ ok: true, verified: true });
    expect(run.result.landedUs).toBeGreaterThan(run.result.startedUs);
    expect(score.actors.filter((actor) => actor.class === "boat").length).toBeGreaterThanOrEqual(2);
    expect(score.actors.filter((actor) => actor.class === "person").length).toBeGreaterThanOrEqual(12);
    expect(score.actors.filter((actor) => actor.class === "vehicle").length).toBeGreaterThanOrEqual(2);

    expect(score.foundFraction).toMatchObject({ boat: 1, vehicle: 1 });
    expect(score.foundFraction["person"]).toBeGreaterThanOrEqual(0.9);
    expect(score.falseContacts.length).toBeLessThanOrEqual(1);
    expect(score.medianErrorM).toBeLessThanOrEqual(5);
    expect(score.insideEllipseFraction).toBeGreaterThanOrEqual(0.9);
    expect(score.recognisedWithinS95).toBeLessThanOrEqual(1);

    const verdict = await ended(runVigie(["verify", run.result.sortie, "--json"]));
    expect(verdict.status, verdict.stderr).toBe(0);
  });
});
