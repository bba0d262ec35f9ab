import { describe, expect, it } from "vitest";
import type { ToUi, VideoFrame, VideoStatus } from "../../src/contract/messages.js";
import { cameraIdOf, type CameraId } from "../../src/track/sensorIds.js";
import { CameraPictures } from "./cameraPictures.js";

const [ONE, TWO, THREE] = [cameraIdOf(1), cameraIdOf(2), cameraIdOf(3)];
type Update = Extract<ToUi, { kind: "video-frame" | "video-status" }>;

const pictureOf = (cameraId: CameraId, frameId: number): Update => {
  const frame: VideoFrame = {
    ...{ frameId, unixTimeUs: frameId, widthPx: 1, heightPx: 1, luma: new Uint8Array(1), boxes: [], ground: undefined },
  };
  return { kind: "video-frame", cameraId, frame };
};
const statusOf = (cameraId: CameraId): Update => {
  const status: VideoStatus = {
    ...{ state: "live", because: undefined, uri: `of ${cameraId}`, framesPerS: 25, hasKlv: true },
    ...{ skewMs: undefined, latencyMs: undefined },
  };
  return { kind: "video-status", cameraId, status };
};

function after(...updates: readonly Update[]) {
  const cameras = new CameraPictures();
  for (const update of updates) cameras.apply(update);
  const shown = () => [cameras.shownId.get(), cameras.frame.get()?.frameId, cameras.status.get()?.uri];
  return { cameras, shown };
}

describe("the cameras of the station on a screen", () => {
  it("shows the first, whichever is heard of first, and keeps the pictures of the others", () => {
    const { cameras, shown } = after(statusOf(TWO), pictureOf(TWO, 7), statusOf(ONE), pictureOf(ONE, 3));
    expect(cameras.ids.get()).toEqual([TWO, ONE]);
    expect(shown()).toEqual([ONE, 3, "of camera-1"]);
  });

  it("shows the next with its last picture, and the first again after the last", () => {
    const { cameras, shown } = after(statusOf(ONE), statusOf(TWO), statusOf(THREE), pictureOf(TWO, 7));
    cameras.showNext();
    expect(shown()).toEqual([TWO, 7, "of camera-2"]);
    cameras.apply(pictureOf(TWO, 8));
    cameras.apply(pictureOf(ONE, 4));
    expect(shown()).toEqual([TWO, 8, "of camera-2"]);
    cameras.showNext();
    expect(shown()).toEqual([THREE, undefined, "of camera-3"]);
    cameras.showNext();
    expect(shown()).toEqual([ONE, 4, "of camera-1"]);
  });

  it("has nothing to change to while no camera is heard of", () => {
    const { cameras, shown } = after();
    cameras.showNext();
    expect(shown()).toEqual([ONE, undefined, undefined]);
  });

  it("shows the chosen camera again once the station is back, and the first where it has gone", () => {
    const { cameras, shown } = after(statusOf(ONE), statusOf(TWO), pictureOf(TWO, 7));
    cameras.showNext();
    cameras.forget();
    expect(cameras.ids.get()).toEqual([]);
    cameras.apply(statusOf(ONE));
    expect(shown()).toEqual([ONE, undefined, "of camera-1"]);
    cameras.apply(statusOf(TWO));
    // What was kept of before may be another camera's.
    expect(shown()).toEqual([TWO, undefined, "of camera-2"]);
  });
});
