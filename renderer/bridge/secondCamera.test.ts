import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { FakeClock } from "../../src/core/fakeClock.js";
import type { VideoFrame } from "../../src/contract/messages.js";
import type { CameraListener, OpenCamera } from "../../src/station/sensors/cameraTypes.js";
import { stationWith } from "../../src/station/testing/fakeVehicle.js";
import type { Station } from "../../src/station/stationTypes.js";
import { aContact } from "./testing/builders.js";
import { createStationStore } from "./stationStore.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

const aPicture = (frameId: number): VideoFrame => ({
  ...{ frameId, unixTimeUs: frameId, widthPx: 1, heightPx: 1, luma: new Uint8Array(1), boxes: [], ground: undefined },
});

async function aStationWithTwoCameras() {
  const clock = new FakeClock();
  const listeners: CameraListener[] = [];
  const openCamera: OpenCamera = ({ camera: { uri }, listener }) => {
    listeners.push(listener);
    return {
      status: () => ({
        ...{ state: "live", because: undefined, uri, framesPerS: 25, hasKlv: true },
        ...{ skewMs: undefined, latencyMs: undefined },
      }),
      setGround: () => undefined,
      setSkewMs: () => undefined,
      startOver: () => undefined,
      dispose: () => Promise.resolve(),
    };
  };
  const inputs = { video: ["udp://:5600", "udp://:5601"] };
  const made = await stationWith(clock, mkdtempSync(join(tmpdir(), "vigie-cameras-")), { inputs, io: { openCamera } });
  open.push(made.station);
  const store = createStationStore(
    ({ onMessage, onConnection }) => {
      onConnection("open");
      const session = made.station.connectUi(onMessage);
      return { send: session.fromUi, dispose: session.close };
    },
    { monoMs: () => clock.monoMs(), unixMs: () => clock.unixUs() / 1000 },
  );
  await expect.poll(() => store.hello.get()).toBeDefined();
  return { store, listeners };
}

it("a second camera of the station: a screen shows its pictures and status, and the contacts of both", async () => {
  const { store, listeners } = await aStationWithTwoCameras();
  expect(store.cameras.ids.get()).toEqual(["camera-1", "camera-2"]);
  const [one, two] = listeners;
  one?.onFrame(aPicture(10));
  two?.onFrame(aPicture(20));
  expect(store.frame.get()?.frameId).toBe(10);
  store.cameras.showNext();
  expect(store.frame.get()?.frameId).toBe(20);
  expect(store.videoStatus.get()?.uri).toBe("udp://:5601");
  // Only the camera whose last picture was painted sends the next.
  store.send({ kind: "frame-shown", cameraId: store.cameras.shownId.get(), frameId: 20 });
  one?.onFrame(aPicture(11));
  two?.onFrame(aPicture(21));
  expect(store.frame.get()?.frameId).toBe(21);
  store.cameras.showNext();
  expect(store.frame.get()?.frameId).toBe(10);
  one?.onContacts([aContact({ id: "C-1" })], ["C-1"]);
  two?.onContacts([aContact({ id: "C-2" })], ["C-2"]);
  expect(store.contacts.get().map(({ id }) => id)).toEqual(["C-1", "C-2"]);
});
