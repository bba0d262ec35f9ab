/** A flight over a cliff 134 m high on virtual time, before two stations: one has a file of heights, the other only the coast. */
import { expect, it } from "vitest";
import { geodesicDistanceM } from "../src/geo/geodesic.js";
import { readTerrainFiles } from "../src/station/terrain/readTerrainFile.js";
import { quantile } from "./scoring/quantile.js";
import { scoreSortie } from "./scoring/scoreSortie.js";
import { scoreTable } from "./scoring/scoreTable.js";
import { actorsFrom, placeAt } from "./scoring/truth.js";
import { CLIFF_SCENE, cliffFile, isSearching, planOverTheCliff } from "./testing/cliffScene.js";
import { flyWatched, stationGround } from "./testing/virtualSortie.js";

/** Both stations get the same pictures: a contact that both see for the last time within this is the same person's. */
const SAME_US = 500_000;

it("people on the top of a cliff are located to 3 m with heights from a file, and tens of metres off without", async () => {
  const { model, problems } = await readTerrainFiles([cliffFile()]);
  expect(problems).toEqual([]);
  const { hasLanded, truth, seen } = await flyWatched(CLIFF_SCENE, planOverTheCliff(), {
    grounds: [stationGround(CLIFF_SCENE, model), stationGround(CLIFF_SCENE)],
    isFilmed: isSearching,
  });
  expect(hasLanded).toBe(true);
  const [withHeights, without] = seen;
  if (!withHeights || !without) throw new Error("Invariant: a station for each ground");
  const score = scoreSortie(truth, withHeights.contacts);

  // Too far off to be scored without heights: each person's contact is the one that was lost with theirs.
  const people = actorsFrom(truth).flatMap((actor) => {
    const [meeting] = score.actors.find(({ id }) => id === actor.id)?.meetings ?? [];
    const contact = withHeights.contacts.find(({ id }) => id === meeting?.contactId);
    return contact ? [{ actor, contact }] : [];
  });
  const errorsWithoutM = people.flatMap(({ actor, contact: { lastSeenUs } }) =>
    without.contacts
      .filter((contact) => Math.abs(contact.lastSeenUs - lastSeenUs) < SAME_US)
      .map((contact) => {
        const place = placeAt(actor, contact.lastSeenUs);
        return place ? geodesicDistanceM(place, contact) : Number.NaN;
      }),
  );
  const medianWithoutM = quantile(errorsWithoutM, 0.5);
  process.stderr.write(
    `\ncliff top, virtual time, ${withHeights.countOfFrames} pictures, with heights\n${scoreTable(score)}\n` +
      `without heights: median error ${medianWithoutM.toFixed(1)} m, ` +
      `each ${errorsWithoutM.map((errorM) => errorM.toFixed(0)).join(", ")} m\n`,
  );
  expect(score.foundFraction["person"]).toBe(1);
  expect(score.falseContacts).toEqual([]);
  expect(score.insideEllipseFraction).toBeGreaterThanOrEqual(0.8);
  expect(score.medianErrorM).toBeLessThanOrEqual(3);
  // Without heights a person seen only in the turn may make no contact.
  expect(errorsWithoutM.length).toBeGreaterThanOrEqual(people.length - 1);
  expect(medianWithoutM).toBeGreaterThan(20);
});
