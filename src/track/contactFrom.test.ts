import { describe, expect, it } from "vitest";
import { localFrameAt } from "../geo/localFrame.js";
import type { Contact } from "./contact.js";
import { contactFrom } from "./contactFrom.js";
import { ce95, circular, ellipse95 } from "./covariance.js";
import { trackAt } from "./testing/tracks.js";
import type { Track } from "./trackState.js";

const frame = localFrameAt({ latitudeDeg: 50.77, longitudeDeg: 1.6 });
const contactOf = (change: Partial<Track>): Contact => {
  const contact = contactFrom(trackAt(30, 40, 5, { contactNumber: 14, ...change }), frame);
  if (!contact) throw new Error("no contact");
  return contact;
};
const moving = (eastMps: number, northMps: number, vv = 1e-4): Partial<Track> => ({
  motion: { ...trackAt(30, 40, 5).motion, eastMps, northMps, vv },
});

describe("the contact of a track", () => {
  it("there is none while the track has no number", () => {
    expect(contactFrom(trackAt(0, 0, 5, { contactNumber: undefined }), frame)).toBeUndefined();
  });

  it("says what is known of it", () => {
    const contact = contactOf({ ...{ surface: "sea", meanScore: 0.8, observationCount: 23 }, firstSeenUs: 1_000_000 });
    expect(contact).toMatchObject({
      ...{ id: "C-14", class: "person", lengthM: 0.6, surface: "sea", score: 0.8, observationCount: 23 },
      ...{ firstSeenUnixUs: 1_000_000, lastSeenUnixUs: 5_000_000 },
    });
  });

  it("is where the track is, on its own height", () => {
    const { eastM, northM, upM } = frame.toEnu(contactOf({ upM: 12 }).position, 12);
    expect([eastM, northM]).toEqual([expect.closeTo(30, 6), expect.closeTo(40, 6)]);
    expect(upM).toBeCloseTo(12, 3);
  });

  it("states the pose's error, its own, and that of the middle of a warm thing of its length", () => {
    const bias = { eastEastM2: 4, eastNorthM2: 1, northNorthM2: 2 };
    // 0.01 m² of the track, and 0.05 of 10 m.
    const covariance = { eastEastM2: 4.26, eastNorthM2: 1, northNorthM2: 2.26 };
    const contact = contactOf({ bias, lengthM: 10 });
    expect(contact.covariance.eastEastM2).toBeCloseTo(4.26, 12);
    expect(contact.covariance.eastNorthM2).toBe(1);
    expect(contact.covariance.northNorthM2).toBeCloseTo(2.26, 12);
    expect(contact.ce95M).toBeCloseTo(ce95(covariance), 9);
    expect(contact.ellipse95.semiMajorM).toBeCloseTo(ellipse95(covariance).semiMajorM, 9);
    // More error to the east than to the north, leaning to the north-east.
    expect(contact.ellipse95.orientationDeg).toBeCloseTo(67.5, 9);
  });

  it("never seen whole its middle is much less certain: 0.4 of its length", () => {
    const contact = contactOf({ bias: circular(1), lengthM: 5, hits: 4, cutHits: 4 });
    expect(contact.covariance.eastEastM2).toBeCloseTo(1 + 0.01 + 4, 12);
  });

  it.each([
    [3, 4, 5, 36.869898],
    [3, -4, 5, 143.130102],
    [-3, -4, 5, 216.869898],
    [-3, 4, 5, 323.130102],
    [0, 2, 2, 0],
  ])("moving %f m/s east and %f m/s north: %f m/s on course %f°", (eastMps, northMps, speedMps, courseDeg) => {
    const contact = contactOf(moving(eastMps, northMps));
    expect(contact.groundSpeedMps).toBeCloseTo(speedMps, 9);
    expect(contact.courseDeg).toBeCloseTo(courseDeg, 5);
  });

  it("has neither speed nor course while that may be noise", () => {
    expect(contactOf(moving(1, 0, 1))).toMatchObject({ groundSpeedMps: undefined, courseDeg: undefined });
  });
});
