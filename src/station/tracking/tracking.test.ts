import { describe, expect, it } from "vitest";
import type { TrackedFrame } from "../../track/contactTracker.js";
import type { ObservedFrame } from "../../track/observedFrame.js";
import { cameraIdOf } from "../../track/sensorIds.js";
import { observedFrames } from "../../track/testing/observedFrames.js";
import { Tracking } from "./tracking.js";

const [ONE, TWO] = [cameraIdOf(1), cameraIdOf(2)];
const standing = { eastM: 0, northM: 0 };
const beside = { eastM: 40, northM: 1 };

/** The last result after all of these frames. */
const after = (tracking: Tracking, cameraId: typeof ONE, frames: readonly ObservedFrame[]): TrackedFrame =>
  frames.map((frame) => tracking.track(cameraId, frame)).at(-1)!;
const idsOf = ({ contacts }: TrackedFrame): readonly string[] => contacts.map(({ id }) => id);

describe("tracks and contact numbers of the station", () => {
  it("review 1.8: a worker that was dead for a while neither doubles nor renumbers anything", () => {
    const tracking = new Tracking();
    const before = after(tracking, ONE, observedFrames(0, 2, [standing, beside]));
    expect(idsOf(before)).toEqual(["C-1", "C-2"]);
    // The restarted worker begins in mid-flight: only the frames' time shows the gap.
    const resumed = after(tracking, ONE, observedFrames(5, 7, [standing, beside]));
    expect(idsOf(resumed)).toEqual(["C-1", "C-2"]);
    expect(resumed.contacts[0]).toMatchObject({ firstSeenUnixUs: 0, lastSeenUnixUs: 6.9e6, observationCount: 40 });
  });

  it("gives no number twice, whichever camera found the contact", () => {
    const tracking = new Tracking();
    expect(idsOf(after(tracking, ONE, observedFrames(0, 1, [standing])))).toEqual(["C-1"]);
    expect(idsOf(after(tracking, TWO, observedFrames(0, 1, [standing])))).toEqual(["C-2"]);
    expect(idsOf(after(tracking, ONE, observedFrames(1, 2, [standing, beside])))).toEqual(["C-1", "C-3"]);
  });

  it("begins another sortie without what this camera saw before, and with further numbers", () => {
    const tracking = new Tracking();
    after(tracking, ONE, observedFrames(0, 1, [standing]));
    after(tracking, TWO, observedFrames(0, 1, [standing]));
    tracking.reset(ONE);
    const [first] = observedFrames(1, 2, [standing]);
    expect(tracking.track(ONE, first!)).toMatchObject({ contacts: [], newIds: [] });
    const again = after(tracking, ONE, observedFrames(1.1, 2, [standing]));
    expect(again.contacts).toMatchObject([{ id: "C-3", firstSeenUnixUs: 1e6 }]);
    expect(idsOf(after(tracking, TWO, observedFrames(1, 2, [standing])))).toEqual(["C-2"]);
  });

  it("a contact out of sight is the same object as before: nothing has to be sent of it again", () => {
    const tracking = new Tracking();
    after(tracking, ONE, observedFrames(0, 1, [standing, beside]));
    const [one] = after(tracking, ONE, observedFrames(1, 3, [beside])).contacts;
    const later = after(tracking, ONE, observedFrames(3, 4, [beside]));
    expect(later.contacts[0]).toBe(one);
    expect(later.contacts[1]?.lastSeenUnixUs).toBe(3.9e6);
  });
});
