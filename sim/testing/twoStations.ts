/** A flight on virtual time before two stations that get the same pictures: one has a file of heights, the other only the coast. */
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { readTerrainFiles } from "../../src/station/terrain/readTerrainFile.js";
import type { Plan } from "../../src/plan/plan.js";
import type { Exposure } from "../camera/cameraPort.js";
import type { Scenario } from "../scenario.js";
import { quantile } from "../scoring/quantile.js";
import { scoreSortie } from "../scoring/scoreSortie.js";
import { scoreTable } from "../scoring/scoreTable.js";
import { actorsFrom, placeAt } from "../scoring/truth.js";
import { flyWatched, stationGround } from "./virtualSortie.js";

/** A contact that both see for the last time within this is the same person's. */
const SAME_US = 500_000;

type Watched = {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly heightsFile: string;
  readonly isFilmed: (exposure: Exposure) => boolean;
};

export async function flyBeforeTwo({ scenario, plan, heightsFile, isFilmed }: Watched) {
  const { model, problems } = await readTerrainFiles([heightsFile]);
  const grounds = [stationGround(scenario, model), stationGround(scenario)];
  const { hasLanded, truth, seen } = await flyWatched(scenario, plan, { grounds, isFilmed });
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
    `\n${scenario.name}, virtual time, ${withHeights.countOfFrames} pictures, with heights\n${scoreTable(score)}\n` +
      `without heights: median error ${medianWithoutM.toFixed(1)} m, ` +
      `each ${errorsWithoutM.map((errorM) => errorM.toFixed(0)).join(", ")} m\n`,
  );
  return { problems, hasLanded, truth, score, countOfPeople: people.length, errorsWithoutM, medianWithoutM };
}
