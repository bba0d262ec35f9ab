import { describe, expect, it } from "vitest";
import { localFrameAt } from "../geo/localFrame.js";
import { createContactTracker, type TrackedFrame } from "./contactTracker.js";
import type { ObservedFrame } from "./observedFrame.js";
import { cameraIdOf } from "./sensorIds.js";
import { observedFrame, observedFrames, type SeenThing } from "./testing/observedFrames.js";

const frame = localFrameAt({ latitudeDeg: 50.77, longitudeDeg: 1.6 });
const PERSON: SeenThing = { eastM: 0, northM: 0 };
const OTHER: SeenThing = { eastM: 10, northM: 0 };

/** What comes of each frame; numbers go on from one to the next, from `firstNumber`. */
function track(frames: readonly ObservedFrame[], firstNumber = 1): readonly TrackedFrame[] {
  const tracker = createContactTracker();
  let next = firstNumber;
  return frames.map((one) => {
    const tracked = tracker.track(one, next);
    next = tracked.nextContactNumber;
    return tracked;
  });
}
/** As the camera's worker sends it while there is no pose. */
const withoutPose = (observed: ObservedFrame): ObservedFrame => ({ ...observed, placed: undefined });

describe("tracking what a camera's worker observed", () => {
  it("a thing seen for half a second becomes a contact: once new, with the next number, then in every frame", () => {
    const tracked = track(observedFrames(0, 1, [PERSON]), 7);
    expect(tracked.map(({ newIds }) => newIds)).toEqual([[], [], [], [], [], ["C-7"], [], [], [], []]);
    expect(tracked.map(({ nextContactNumber }) => nextContactNumber)).toEqual([7, 7, 7, 7, 7, 8, 8, 8, 8, 8]);
    expect(tracked.map(({ contacts }) => contacts.length)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(tracked.map(({ areContactsChanged }) => areContactsChanged)).toEqual([
      ...[false, false, false, false, false],
      ...[true, true, true, true, true],
    ]);
  });

  it("is where it was seen, whatever the camera does", () => {
    const { eastM, northM } = frame.toEnu(track(observedFrames(0, 1, [OTHER])).at(-1)!.contacts[0]!.position, 0);
    expect([eastM, northM]).toEqual([expect.closeTo(10, 3), expect.closeTo(0, 3)]);
    // The plane stays that of the first frame.
    const elsewhere = frame.toPosition({ eastM: 500, northM: 300, upM: 0 }).position;
    const moved = observedFrames(0, 1, [OTHER]).map((observed, index) =>
      index < 5 || !observed.placed
        ? observed
        : { ...observed, placed: { ...observed.placed, sensorPosition: elsewhere } },
    );
    const again = frame.toEnu(track(moved).at(-1)!.contacts[0]!.position, 0);
    expect([again.eastM, again.northM]).toEqual([expect.closeTo(10, 3), expect.closeTo(0, 3)]);
  });

  it("boxes are those of the detections, named once they are a contact", () => {
    const tracked = track(observedFrames(0, 1, [PERSON, OTHER]));
    expect(tracked[0]?.boxes).toEqual([
      { x: 100, y: 200, w: 6, h: 6, class: "person", score: 0.9, contactId: undefined },
      { x: 140, y: 200, w: 6, h: 6, class: "person", score: 0.9, contactId: undefined },
    ]);
    expect(tracked.at(-1)?.boxes.map(({ contactId }) => contactId)).toEqual(["C-1", "C-2"]);
  });

  it("a box carries the class of its contact, before that the one judged on the ground", () => {
    const boats = { eastM: 0, northM: 0, class: "boat", lengthM: 8, widthM: 2 } as const;
    const frames = [...observedFrames(0, 1, [boats]), observedFrame(1_000_000, [{ ...boats, class: "vehicle" }])];
    expect(track(frames).at(-1)?.boxes).toMatchObject([{ class: "boat", contactId: "C-1" }]);
    // The detector said person, by pixels; on the ground it is a boat.
    const [first] = observedFrames(0, 0.1, [boats]);
    const judged: ObservedFrame = { ...first!, detections: first!.detections.map((d) => ({ ...d, class: "person" })) };
    expect(track([judged])[0]?.boxes).toMatchObject([{ class: "boat", contactId: undefined }]);
  });

  it("without a pose there are boxes and what was known before, unchanged", () => {
    const tracked = track([...observedFrames(0, 1, [PERSON]), withoutPose(observedFrame(1_000_000, [PERSON]))], 3);
    const [before, after] = tracked.slice(-2);
    expect(after).toEqual({
      boxes: [{ x: 100, y: 200, w: 6, h: 6, class: "person", score: 0.9, contactId: undefined }],
      ...{ contacts: before?.contacts, areContactsChanged: false, newIds: [], nextContactNumber: 4 },
    });
    expect(after?.contacts).toBe(before?.contacts);
  });

  it("what lies above the horizon has a box of its own class and nothing else", () => {
    const [first] = observedFrames(0, 0.1, [PERSON, OTHER]);
    // Only the second detection was placed.
    const placed = first?.placed && { ...first.placed, observations: first.placed.observations.slice(1) };
    const frames = observedFrames(0, 1, [PERSON, OTHER]).map((one) => ({ ...one, placed }));
    expect(
      track(frames)
        .at(-1)
        ?.boxes.map(({ contactId }) => contactId),
    ).toEqual([undefined, "C-1"]);
  });

  it("an observation of a detection that is not there names no box", () => {
    const frames = observedFrames(0, 1, [PERSON]).map((one) => ({ ...one, detections: [] }));
    expect(track(frames).at(-1)).toMatchObject({ boxes: [], contacts: [{ id: "C-1" }] });
  });

  it("the list stays the same while no contact is seen; a contact that is not seen stays the same object", () => {
    const tracked = track([
      ...observedFrames(0, 1, [PERSON, OTHER]),
      ...observedFrames(1, 3, [OTHER]),
      ...observedFrames(3, 3.5, []),
    ]);
    const [seen, unseen] = tracked.slice(-7, -5).map(({ contacts }) => contacts);
    expect(unseen?.map(({ id }) => id)).toEqual(["C-1", "C-2"]);
    expect(unseen?.[0]).toBe(seen?.[0]);
    expect(unseen?.[1]).not.toBe(seen?.[1]);
    expect(tracked.at(-1)?.contacts).toBe(tracked.at(-3)?.contacts);
    expect(tracked.at(-1)?.areContactsChanged).toBe(false);
  });

  it("contacts are listed by their number, however they come back into view", () => {
    const tracked = track([
      ...observedFrames(0, 1, [PERSON, OTHER]),
      ...observedFrames(1, 20, []),
      ...observedFrames(20, 21, [PERSON]),
      ...observedFrames(21, 22, [{ eastM: 50, northM: 0 }]),
    ]);
    expect(tracked.at(-1)?.contacts.map(({ id }) => id)).toEqual(["C-1", "C-2", "C-3"]);
    expect(tracked.at(-1)?.contacts[0]).toMatchObject({ firstSeenUnixUs: 0, lastSeenUnixUs: 20_900_000 });
  });

  it("what is not a contact yet is not in the list, though others are", () => {
    const tracked = track([...observedFrames(0, 1, [PERSON]), ...observedFrames(1, 1.3, [PERSON, OTHER])]);
    expect(tracked.at(-1)?.contacts.map(({ id }) => id)).toEqual(["C-1"]);
    expect(tracked.at(-1)?.boxes.map(({ contactId }) => contactId)).toEqual(["C-1", undefined]);
  });

  it("what is out of the picture does not count as missed", () => {
    const seenAndNot = (isInPicture: boolean) =>
      track(
        Array.from({ length: 14 }, (_, i) => {
          const observed = observedFrame(i * 100_000, i % 2 === 0 || i > 6 ? [PERSON] : []);
          const cornerAt = (eastM: number, northM: number) => ({
            ...{ position: frame.toPosition({ eastM, northM, upM: 0 }).position, heightAmslM: 0 },
          });
          const [west, east] = isInPicture ? [-20, 20] : [100, 140];
          const corners = [cornerAt(west, 20), cornerAt(east, 20), cornerAt(east, -20), cornerAt(west, -20)] as const;
          const footprint = {
            ...{ corners, centre: corners[0], centreEllipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 } },
            sensor: { position: corners[0].position, altitudeAmslM: 70 },
            ...{ depressionDeg: 90, azimuthDeg: 0, hfovDeg: 40 },
          };
          return { ...observed, placed: observed.placed && { ...observed.placed, footprint } };
        }),
      ).findIndex(({ newIds }) => newIds.length > 0);
    // Seen in every other frame, then in all: with the gaps counted nine of twelve, without them as soon as it has five.
    expect(seenAndNot(true)).toBe(11);
    expect(seenAndNot(false)).toBe(7);
  });
});

it("cameras are numbered from 1 in the order the station was given them", () => {
  expect(cameraIdOf(1)).toBe("camera-1");
});
