import { describe, expect, it } from "vitest";
import type { Contact } from "../../track/contact.js";
import {
  allContacts,
  emptyContactStore,
  nextContactNumber,
  reduceContacts,
  type ContactStoreEvent,
} from "./contactStore.js";

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
const seen = (numbers: readonly number[], fresh: readonly number[] = numbers): ContactStoreEvent => ({
  kind: "contacts-seen",
  contacts: numbers.map((number) => contact(number)),
  newIds: fresh.map((number) => `C-${number}`),
});
const after = (...events: readonly ContactStoreEvent[]) => events.reduce(reduceContacts, emptyContactStore);
const idsOf = (store: ReturnType<typeof after>) => allContacts(store).map(({ id }) => id);

describe("review 1.8: contacts outlive the worker that found them", () => {
  it("numbers go on after a crash, and the earlier contacts stay", () => {
    const store = after(seen([1, 2]), seen([1, 2, 3], [3]), { kind: "worker-restarted" });
    expect(nextContactNumber(store)).toBe(4);
    expect(idsOf(store)).toEqual(["C-1", "C-2", "C-3"]);
    expect(idsOf([seen([4])].reduce(reduceContacts, store))).toEqual(["C-1", "C-2", "C-3", "C-4"]);
  });

  it("through several crashes, one of them before anything was seen", () => {
    const restart = { kind: "worker-restarted" } as const;
    const store = after(restart, seen([1]), restart, restart, seen([2, 3]), restart, seen([4]));
    expect(idsOf(store)).toEqual(["C-1", "C-2", "C-3", "C-4"]);
    expect(nextContactNumber(store)).toBe(5);
  });

  it("a number that a worker gave and took back is not given again", () => {
    // C-3 turned out to be C-1, seen again.
    const store = after(seen([1, 2, 3]), seen([1, 2], []), { kind: "worker-restarted" });
    expect(nextContactNumber(store)).toBe(4);
    expect(idsOf(store)).toEqual(["C-1", "C-2"]);
  });

  it("another sortie begins with no contacts, and its numbers go on", () => {
    const store = after(seen([1, 2]), { kind: "worker-restarted" }, seen([3]), { kind: "sortie-started" });
    expect(idsOf(store)).toEqual([]);
    expect(nextContactNumber(store)).toBe(4);
  });

  it("the present worker's word on a contact is the newer one", () => {
    const store = after(seen([1]), { kind: "worker-restarted" });
    const again: ContactStoreEvent = { kind: "contacts-seen", contacts: [contact(1, 99)], newIds: [] };
    expect(allContacts(reduceContacts(store, again)).map(({ lastSeenUnixUs }) => lastSeenUnixUs)).toEqual([99]);
  });
});
