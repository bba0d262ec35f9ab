import { describe, expect, it } from "vitest";
import { destination } from "../../src/geo/geodesic.js";
import type { ScoredContact } from "./pairing.js";
import { quantile } from "./quantile.js";
import { scoreSortie } from "./scoreSortie.js";
import { scoreTable } from "./scoreTable.js";
import type { TruthLine } from "./truth.js";

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

  it("calls a second contact within one stay in the picture a duplicate, though it comes after the first", () => {
    // In the picture from 2 s to 5 s: the tracker has lost it at 3 s and found it again at 4 s.
    const lost = { ...contact("C-1", "person", 0.5), lastSeenUs: T0_US + 3e6 };
    const again = { ...contact("C-2", "person", 1), firstSeenUs: T0_US + 4e6 };
    const score = scoreSortie(standing("p1", "person", 0), [lost, again]);
    expect(score.duplicates).toEqual(["C-2"]);
    expect(score.actors[0]?.meetings.map((meeting) => meeting.contactId)).toEqual(["C-1"]);
  });

  it("knows a new stay by its beginning, where the actor was out for less than a second", () => {
    const lost = { ...contact("C-1", "person", 0.5), lastSeenUs: T0_US + 3.1e6 };
    const again = { ...contact("C-2", "person", 1), firstSeenUs: T0_US + 3.9e6 };
    const truth = standing("p1", "person", 0).map((line, s) =>
      s >= 4 && line.inFov ? { ...line, inFovSinceUs: T0_US + 3.8e6 } : line,
    );
    expect(scoreSortie(truth, [lost, again]).duplicates).toEqual([]);
  });

  it("names a contact that stands for something under another class, and counts the thing as found", () => {
    const score = scoreSortie(
      [...standing("p1", "person", 0), ...standing("b1", "boat", 30)],
      [contact("C-1", "person", 0.5), contact("C-2", "vehicle", 31)],
    );
    expect(score.wrongClass).toEqual(["C-2"]);
    expect(score.foundFraction).toEqual({ person: 1, boat: 1, vehicle: 1 });
    expect(score.falseContacts).toEqual([]);
  });

  it("gives each of two that stand close its own kind: another class counts as 3 m further away", () => {
    // Person at 0, boat at 4. The boat's contact lies 1 m from the person (1 + 3 = 4) and 3 m from the boat (3).
    const close = [...standing("p1", "person", 0), ...standing("b1", "boat", 4)];
    const own = scoreSortie(close, [contact("C-1", "boat", 1), contact("C-2", "person", 3)]);
    expect(own.actors.map((actor) => actor.meetings[0]?.contactId)).toEqual(["C-2", "C-1"]);
    expect(own.wrongClass).toEqual([]);
    // At 0.2 m the handicap no longer decides: 0.2 + 3 = 3.2 against 3.8.
    const other = scoreSortie(close, [contact("C-1", "boat", 0.2), contact("C-2", "person", 3.8)]);
    expect(other.wrongClass).toEqual(["C-1", "C-2"]);
  });

  it("takes a contact within 10 m to be about the actor, and beyond it about nothing", () => {
    const score = scoreSortie(
      [...standing("p1", "person", 0), ...standing("p2", "person", 100)],
      [contact("C-1", "person", 9.9), contact("C-2", "person", 110.1)],
    );
    expect(score.falseContacts).toEqual(["C-2"]);
    expect(score.foundFraction["person"]).toBe(0.5);
  });

  it("compares a contact with where the actor was when it was last seen, between the lines of the truth", () => {
    // East at 2 m/s: at second 3.5 it is 7 m east.
    const walking = standing("p1", "person", 0).map((line, s) => ({ ...line, ...destination(HOME, 90, 2 * s) }));
    const score = scoreSortie(walking, [{ ...contact("C-1", "person", 7.5), lastSeenUs: T0_US + 3.5e6 }]);
    expect(score.actors[0]?.meetings[0]?.errorM).toBeCloseTo(0.5, 3);
  });

  it("turns the ellipse: its long axis is measured from north", () => {
    // 2.5 m east of the contact: outside 2 m across, inside 3 m along an axis that lies east.
    const east = { semiMajorM: 3, semiMinorM: 2, orientationDeg: 90 };
    const lying = { ...contact("C-1", "person", -2.5), ellipse95: east };
    const standingUp = { ...contact("C-2", "person", 97.5) };
    const score = scoreSortie([...standing("p1", "person", 0), ...standing("p2", "person", 100)], [lying, standingUp]);
    expect(score.actors.map((actor) => actor.meetings[0]?.isInEllipse)).toEqual([true, false]);
    expect(score.insideEllipseFraction).toBe(0.5);
    expect(score.medianErrorM).toBeCloseTo(2.5, 3);
  });

  it("counts a report that comes after the actor has left as late, by the clock; the pictures' time stays what it was", () => {
    // All of it in since 1.7 s, recognised at 2.1 s, gone after 5 s, reported at 31.7 s.
    const late = { ...contact("C-1", "person", 0.5), appearedUs: T0_US + 31.7e6 };
    const score = scoreSortie(standing("p1", "person", 0), [late]);
    expect(score.recognisedWithinS95).toBeCloseTo(0.4, 6);
    expect(score.appearedWithinS95).toBeCloseTo(30, 6);
    expect(score.reportDelayS95).toBeCloseTo(29.6, 6);
  });

  it("knows no time for what was recognised by an edge, but does for its report", () => {
    const early = { ...contact("C-1", "person", 0.5), recognisedUs: T0_US + 1.6e6, appearedUs: T0_US + 1.9e6 };
    const score = scoreSortie(standing("p1", "person", 0), [early]);
    expect(score.actors[0]?.meetings[0]).toMatchObject({ recognisedAfterS: undefined, appearedAfterS: undefined });
    expect(score.recognisedWithinS95).toBeNaN();
    expect(score.reportDelayS95).toBeCloseTo(0.3, 6);
  });

  it("takes the 95th percentiles over all meetings", () => {
    // Reported 0.1 s (four times) and 1.1 s after the picture: rank 3.8 of 0..4 is 0.1 + 0.8 * 1.
    const truth = [0, 20, 40, 60, 80].flatMap((eastM, i) => standing(`p${i}`, "person", eastM));
    const contacts = [0, 20, 40, 60, 80].map((eastM, i) => ({
      ...contact(`C-${i}`, "person", eastM),
      appearedUs: T0_US + (i === 2 ? 3.2e6 : 2.2e6),
    }));
    const score = scoreSortie(truth, contacts);
    expect(score.reportDelayS95).toBeCloseTo(0.9, 6);
    expect(score.appearedWithinS95).toBeCloseTo(1.3, 6);
    expect(score.recognisedWithinS95).toBeCloseTo(0.4, 6);
  });

  it("prints an actor a line, and the totals", () => {
    const table = scoreTable(
      scoreSortie(
        [...standing("p1", "person", 0), ...standing("b1", "boat", 30), ...standing("v1", "vehicle", 60)],
        [
          contact("C-1", "person", 0.5),
          contact("C-2", "person", 1),
          contact("C-3", "person", 31),
          contact("C-4", "boat", 90),
        ],
      ),
    );
    expect(table).toMatch(/^p1 +person +4 +C-1 +person +0\.50 +true +0\.40 +0\.50/m);
    expect(table).toMatch(/^v1 +vehicle +4 +- +- +-/m);
    expect(table).toContain("found: boats 100 %, vehicles 0 %, people 100 %");
    expect(table).toContain("another class than it is 1 (C-3)");
    expect(table).toContain("false contacts 1 (C-4), duplicates 1 (C-2)");
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
