import { describe, expect, it } from "vitest";
import type { Contact } from "../track/contact.js";
import { createEnvelopeReader, createPublisher } from "./envelope.js";

const contact = (number: number, observationCount = 5): Contact => ({
  id: `C-${number}`,
  class: "person",
  position: { latitudeDeg: 50.7, longitudeDeg: 1.6 },
  covariance: { eastEastM2: 1, eastNorthM2: 0, northNorthM2: 1 },
  ellipse95: { semiMajorM: 2, semiMinorM: 2, orientationDeg: 0 },
  ...{ ce95M: 2, lengthM: 0.6, groundSpeedMps: undefined, courseDeg: undefined, surface: "sea" },
  ...{ firstSeenUnixUs: 1, lastSeenUnixUs: 2, observationCount, score: 0.9 },
});

describe("contacts on their way to the screens", () => {
  const [one, two, three] = [contact(1), contact(2), contact(3)];
  const lists: readonly (readonly Contact[])[] = [
    [one],
    [one, two],
    [one, contact(2, 6), three],
    // C-3 was found to be C-1, seen again.
    [contact(1, 9), two],
    [],
    [contact(4)],
  ];

  it("are the same list at the other end, whatever came, changed or went", () => {
    const { publish } = createPublisher("S");
    const read = createEnvelopeReader();
    for (const contacts of lists) {
      const received = read(publish({ kind: "contacts", contacts }));
      // Only what survives structured cloning reaches another process.
      expect(structuredClone(received)).toEqual({ kind: "contacts", contacts });
    }
  });

  it("out of sight are not sent again", () => {
    const { publish } = createPublisher("S");
    publish({ kind: "contacts", contacts: [one, two, three] });
    const { body } = publish({ kind: "contacts", contacts: [one, contact(2, 6), three] });
    expect(body).toEqual({ kind: "contact-changes", contacts: [contact(2, 6)], goneIds: [] });
  });

  it("are whole for a screen that joins late, and go on from there as for the others", () => {
    const { publish, publishToOne } = createPublisher("S");
    publish({ kind: "contacts", contacts: [one, two] });
    const read = createEnvelopeReader();
    const joined = read(publishToOne({ kind: "contacts", contacts: [one, two] }));
    expect(joined).toEqual({ kind: "contacts", contacts: [one, two] });
    const later = read(publish({ kind: "contacts", contacts: [one, two, three] }));
    expect(later).toEqual({ kind: "contacts", contacts: [one, two, three] });
  });

  it("of another station's process are nothing to go on from", () => {
    const read = createEnvelopeReader();
    read(createPublisher("S").publish({ kind: "contacts", contacts: [one] }));
    const { publish } = createPublisher("T");
    publish({ kind: "contacts", contacts: [two] });
    const later = read(publish({ kind: "contacts", contacts: [two, three] }));
    expect(later).toEqual({ kind: "contacts", contacts: [three] });
  });
});
