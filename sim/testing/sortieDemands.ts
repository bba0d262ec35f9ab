import { expect } from "vitest";
import type { Score } from "../scoring/scoreSortie.js";

/** Requirements on detector and tracker for a committed scenario. */
export function expectCommittedDemands(score: Score): void {
  const countOf = (kind: string): number => score.actors.filter((actor) => actor.class === kind).length;
  expect(countOf("boat")).toBeGreaterThanOrEqual(2);
  expect(countOf("person")).toBeGreaterThanOrEqual(12);
  expect(countOf("vehicle")).toBeGreaterThanOrEqual(2);

  expect(score.foundFraction).toMatchObject({ boat: 1, vehicle: 1 });
  expect(score.foundFraction["person"]).toBeGreaterThanOrEqual(0.9);
  expect(score.falseContacts.length).toBeLessThanOrEqual(1);
  expect(score.duplicates.length).toBeLessThanOrEqual(1);
  expect(score.wrongClass.length).toBeLessThanOrEqual(1);
  expect(score.medianErrorM).toBeLessThanOrEqual(5);
  expect(score.insideEllipseFraction).toBeGreaterThanOrEqual(0.9);
}

/** On virtual time only: in real time a busy machine drops pictures, and the next ones recognise later. */
export function expectRecognisedSoon(score: Score): void {
  expect(score.recognisedWithinS95).toBeLessThanOrEqual(1);
}
