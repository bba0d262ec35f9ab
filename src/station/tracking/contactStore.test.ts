import { describe, expect, it } from "vitest";
import type { Contact } from "../../track/contact.js";
import { cameraIdOf, type CameraId } from "../../track/sensorIds.js";
import { allContacts, emptyContactStore, reduceContacts, type ContactStoreEvent } from "./contactStore.js";

const [ONE, TWO] = [cameraIdOf(1), cameraIdOf(2)];
const contact = (number: number, lastSeenUnixUs = number): Contact => ({
  id: `C-${number}`,
  class: "person",
  position: { latitudeDeg: 50.7, longitudeDeg: 1.6 },
  covariance: { eastEastM2: 1, eastNorthM2: 0, northNorthM2: 1 },
  ellipse95: { semiMajorM: 2, semiMinorM: 2, orientationDeg: 0 },
  ce95M: 2,
  lengthM: 0.6,
  groundSpeedMps: undefined,
  courseDeg: undefined,
  surface: "sea",
  firstSeenUnixUs: number,
  lastSeenUnixUs,
  observationCount: 9,
  score: 0.9,
});
const seen = (cameraId: CameraId, ...contacts: readonly Contact[]): ContactStoreEvent => ({
  kind: "contacts-seen",
  cameraId,
  contacts,
});
const after = (...events: readonly ContactStoreEvent[]) => events.reduce(reduceContacts, emptyContactStore);
const idsOf = (store: ReturnType<typeof after>) => allContacts(store).map(({ id }) => id);

describe("the one store of contacts", () => {
  it("holds those of every camera, by number", () => {
    expect(idsOf(after(seen(ONE, contact(1), contact(10)), seen(TWO, contact(2))))).toEqual(["C-1", "C-2", "C-10"]);
  });

  it("takes a camera's newer word, and what a camera took back is gone", () => {
    // C-3 was found to be C-1, seen again.
    const store = after(seen(TWO, contact(2)), seen(ONE, contact(1), contact(3)), seen(ONE, contact(1, 99)));
    expect(allContacts(store).map(({ id, lastSeenUnixUs }) => [id, lastSeenUnixUs])).toEqual([
      ["C-1", 99],
      ["C-2", 2],
    ]);
  });

  it("review 2: another sortie begins with none", () => {
    expect(idsOf(after(seen(ONE, contact(1)), seen(TWO, contact(2)), { kind: "sortie-started" }))).toEqual([]);
  });
});
