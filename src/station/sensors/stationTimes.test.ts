import { expect, it } from "vitest";
import type { VideoFrame } from "../../contract/messages.js";
import { FakeClock } from "../../core/fakeClock.js";
import type { Contact } from "../../track/contact.js";
import type { CameraListener } from "./cameraTypes.js";
import { createStationTimes } from "./stationTimes.js";

const HOUR_US = 3_600_000_000;
const position = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const corner = { position, heightAmslM: 0 };
const aFrame = (unixTimeUs: number): VideoFrame => ({
  ...{ frameId: 1, unixTimeUs, widthPx: 640, heightPx: 512, luma: new Uint8Array(1), boxes: [] },
  ground: {
    corners: [corner, corner, corner, corner],
    centre: corner,
    centreEllipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 },
    sensor: { position, altitudeAmslM: 60 },
    ...{ depressionDeg: 90, azimuthDeg: 0, hfovDeg: 50 },
  },
});
const aContact = (lastSeenUnixUs: number): Contact => ({
  ...{ id: "C-1", class: "person", position, ce95M: 2, lengthM: 0.6, surface: "land", observationCount: 9, score: 0.9 },
  covariance: { eastEastM2: 1, eastNorthM2: 0, northNorthM2: 1 },
  ellipse95: { semiMajorM: 2, semiMinorM: 2, orientationDeg: 0 },
  ...{ groundSpeedMps: undefined, courseDeg: undefined, firstSeenUnixUs: lastSeenUnixUs, lastSeenUnixUs },
});

it("a contact out of sight stays the same object on the station's clock, until the camera's clock is found to be another", () => {
  const clock = new FakeClock();
  const told: (readonly Contact[])[] = [];
  const silent: CameraListener = {
    onBytes: () => undefined,
    onFrame: () => undefined,
    onCoverage: ({ origin }) => origin,
    onContacts: (contacts) => told.push(contacts),
    onPicture: () => undefined,
    onProblem: () => undefined,
  };
  const times = createStationTimes({ unixUs: clock.unixUs, onMeasured: () => undefined });
  const listener = times.onStationClock(silent);
  const fly = (aheadUs: number): void => {
    for (let i = 0; i < 600; i++) {
      clock.advance(100);
      listener.onFrame(aFrame(clock.unixUs() + aheadUs));
    }
  };
  fly(HOUR_US);
  const contact = aContact(clock.unixUs() + HOUR_US);
  listener.onContacts([contact], []);
  listener.onContacts([contact], []);
  expect(told[0]?.[0]?.lastSeenUnixUs).toBe(contact.lastSeenUnixUs - HOUR_US);
  expect(told[1]?.[0]).toBe(told[0]?.[0]);
  fly(3 * HOUR_US);
  listener.onContacts([contact], []);
  expect(told[2]?.[0]?.lastSeenUnixUs).toBe(contact.lastSeenUnixUs - 3 * HOUR_US);
});
