import { describe, expect, it } from "vitest";
import { destination } from "../../src/geo/geodesic.js";
import { quantile, scoreSortie, type ScoredContact, type TruthLine } from "./scoreSortie.js";

const HOME = { latitudeDeg: 50.77, longitudeDeg: 1.6045 };
const T0_US = 1_795_400_000_000_000;

/** An actor standing `eastM` east of home, in the picture from second 2 to second 5. */
const standing = (id: string, kind: string, eastM: number): TruthLine[] =>
  Array.from({ length: 10 }, (_, s) => ({
    unixTimeUs: T0_US + s * 1e6,
    id,
    class: kind,
    ...destination(HOME, 90, eastM),
    lengthM: 0.5,
    inFov: s >= 2 && s <= 5,
    ...(s >= 2 && s <= 5 ? { inFovSinceUs: T0_US + 1.5e6, wholeSinceUs: T0_US + 1.7e6 } : {}),
  }));

const contact = (id: string, kind: string, eastM: number): ScoredContact => ({
  id,
  class: kind,
  ...destination(HOME, 90, eastM),
  firstSeenUs: T0_US + 1.7e6,
  lastSeenUs: T0_US + 5e6,
  appearedUs: T0_US + 2.2e6,
  recognisedUs: T0_US + 2.1e6,
  ellipse95: { semiMajorM: 3, semiMinorM: 2, orientationDeg: 0 },
});

describe("scoring a sortie", () => {
  it("pairs contacts with what is nearest and measures error, ellipse and time to appear", () => {
    const score = scoreSortie(
      [...standing("p1", "person", 0), ...standing("p2", "person", 4)],
      [contact("C-1", "person", 0.5), contact("C-2", "person", 6.5)],
    );
    expect(score.actors.map((actor) => actor.meetings[0]?.contactId)).toEqual(["C-1", "C-2"]);
    expect(score.actors[0]?.meetings[0]?.errorM).toBeCloseTo(0.5, 3);
    expect(score.actors.map((actor) => actor.meetings[0]?.isInEllipse)).toEqual([true, false]); // 2.5 m across, 2 m semi-minor
    expect(score.actors[0]?.meetings[0]?.appearedAfterS).toBeCloseTo(0.5, 6);
  });

  it("calls a contact on clutter false, and a second contact on one person a duplicate", () => {
    const score = scoreSortie(
      [...standing("p1", "person", 0), ...standing("r1", "rock", 50)],
      [contact("C-1", "person", 0.5), contact("C-2", "person", 1.5), contact("C-3", "person", 50)],
    );
    expect(score.falseContacts).toEqual(["C-3"]);
    expect(score.duplicates).toEqual(["C-2"]);
  });

  it("counts a later contact on somebody who came back as a second meeting, not as a duplicate", () => {
    const later = { ...contact("C-2", "person", 1), firstSeenUs: T0_US + 6e6, lastSeenUs: T0_US + 8e6 };
    const score = scoreSortie(standing("p1", "person", 0), [contact("C-1", "person", 0.5), later]);
    expect(score.actors[0]?.meetings.map((meeting) => meeting.contactId)).toEqual(["C-1", "C-2"]);
    expect(score.duplicates).toEqual([]);
  });

  it("asks nothing of an actor that was in the picture for less than a second", () => {
    const brief = standing("p1", "person", 0).map((line, s) => ({
      unixTimeUs: line.unixTimeUs,
      id: line.id,
      class: line.class,
      latitudeDeg: line.latitudeDeg,
      longitudeDeg: line.longitudeDeg,
      lengthM: 0.5,
      inFov: s === 3,
    }));
    expect(scoreSortie(brief, []).actors).toEqual([]);
  });

  it("takes quantiles between the ranks, as numpy does", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([5, 1, 3], 0.95)).toBeCloseTo(4.8, 12); // numpy.quantile([5, 1, 3], 0.95)
    expect(quantile([], 0.5)).toBeNaN();
  });
});
