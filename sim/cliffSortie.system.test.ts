/** Flights over high ground on virtual time, before two stations: one has a file of heights, the other only the coast. */
import { describe, expect, it } from "vitest";
import { loadScene } from "./loadScene.js";
import { CLIFF_SCENE, cliffFile, isSearching, planOverTheCliff } from "./testing/cliffScene.js";
import { hillFiles, isOverTheHill, planOverTheHill } from "./testing/hillScene.js";
import { flyBeforeTwo } from "./testing/twoStations.js";

function expectHeightsToMatter({ problems, hasLanded, score, ...without }: Awaited<ReturnType<typeof flyBeforeTwo>>) {
  expect(problems).toEqual([]);
  expect(hasLanded).toBe(true);
  expect(score.foundFraction["person"]).toBe(1);
  expect(score.falseContacts).toEqual([]);
  expect(score.insideEllipseFraction).toBeGreaterThanOrEqual(0.8);
  expect(score.medianErrorM).toBeLessThanOrEqual(3);
  // Without heights a person seen only in the turn may make no contact.
  expect(without.errorsWithoutM.length).toBeGreaterThanOrEqual(without.countOfPeople - 1);
  expect(without.medianWithoutM).toBeGreaterThan(20);
}

describe("people on high ground are located to 3 m with heights from a file, and tens of metres off without", () => {
  it("on the top of a cliff, whose ground the scenario describes", async () => {
    const flight = { scenario: CLIFF_SCENE, plan: planOverTheCliff(), isFilmed: isSearching };
    expectHeightsToMatter(await flyBeforeTwo({ ...flight, heightsFile: cliffFile() }));
  });

  it("on a hill, of which the scenario names the station's own file", async () => {
    const { scenarioFile, heightsFile } = hillFiles();
    const scene = await loadScene({ scenarioFile, drawn: undefined });
    if (!scene.ok) throw new Error(scene.error);
    const { scenario } = scene.value;
    const flown = await flyBeforeTwo({ scenario, heightsFile, plan: planOverTheHill(), isFilmed: isOverTheHill });
    expectHeightsToMatter(flown);
    // They stand on the hill in truth too: near its top.
    const heights = flown.truth.map((line) => (line as { readonly groundAmslM?: number }).groundAmslM ?? 0);
    expect(Math.min(...heights)).toBeGreaterThan(170);
    expect(Math.max(...heights)).toBeLessThan(181);
  });
});
