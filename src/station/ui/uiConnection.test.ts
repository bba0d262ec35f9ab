import { describe, expect, it } from "vitest";
import { createPublisher } from "../../contract/envelope.js";
import type { VideoFrame } from "../../contract/messages.js";
import { FakeClock } from "../../core/fakeClock.js";
import { cameraIdOf } from "../../track/sensorIds.js";
import { createUiConnection } from "./uiConnection.js";

const [ONE, TWO] = [cameraIdOf(1), cameraIdOf(2)];
const aFrame = (frameId: number): VideoFrame => ({
  ...{ frameId, unixTimeUs: 0, widthPx: 1, heightPx: 1, luma: new Uint8Array(1), boxes: [], ground: undefined },
});

function aScreen() {
  const clock = new FakeClock();
  const shown: string[] = [];
  const connection = createUiConnection({
    clock,
    toUi: ({ body, key }) => {
      if (body.kind === "video-frame") shown.push(`${key} ${body.frame.frameId}`);
    },
    wrap: createPublisher("test").publishToOne,
    listener: {
      ...{ onAlive: () => undefined, onRequest: () => undefined },
      ...{ onInvalid: () => undefined, onClosed: () => undefined },
    },
  });
  return { clock, connection, shown };
}

describe("pictures for a slow screen", () => {
  it("come one after the other, each camera's for itself", () => {
    const { connection, shown } = aScreen();
    connection.offerFrame(ONE, aFrame(1));
    connection.offerFrame(ONE, aFrame(2));
    connection.offerFrame(TWO, aFrame(1));
    expect(shown).toEqual(["camera-1 1", "camera-2 1"]);
    connection.fromUi({ kind: "frame-shown", cameraId: TWO, frameId: 1 });
    connection.offerFrame(ONE, aFrame(3));
    connection.offerFrame(TWO, aFrame(2));
    connection.fromUi({ kind: "frame-shown", cameraId: ONE, frameId: 1 });
    connection.offerFrame(ONE, aFrame(4));
    expect(shown.slice(2)).toEqual(["camera-2 2", "camera-1 4"]);
  });

  it("go on a second after one whose painting was never told", () => {
    const { clock, connection, shown } = aScreen();
    connection.offerFrame(ONE, aFrame(1));
    clock.advance(999);
    connection.offerFrame(ONE, aFrame(2));
    clock.advance(1);
    connection.offerFrame(ONE, aFrame(3));
    expect(shown).toEqual(["camera-1 1", "camera-1 3"]);
  });
});
