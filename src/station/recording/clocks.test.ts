import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import type { ToUi, VideoFrame } from "../../contract/messages.js";
import { readEventLog } from "../../sortie/eventChain.js";
import { readManifest } from "../../sortie/manifest.js";
import { sha256Hex } from "../../io/fileStore.js";
import type { Contact } from "../../track/contact.js";
import type { Station } from "../stationTypes.js";
import { stationWith } from "../testing/fakeVehicle.js";
import type { CameraFeed, CameraFeedOptions, CameraListener } from "../sensors/cameraTypes.js";
import { readRecording } from "./readRecording.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});
const DAY_US = 86_400_000_000;
const position = { latitudeDeg: 50.77, longitudeDeg: 1.61 };

async function aWatch() {
  const clock = new FakeClock();
  const dataFolder = mkdtempSync(join(tmpdir(), "vigie-clocks-"));
  const seen: CameraListener[] = [];
  const openCamera = ({ listener, camera: { uri } }: CameraFeedOptions): CameraFeed => {
    seen.push(listener);
    let skewMs: number | undefined;
    return {
      status: () => ({
        ...{ state: "live", because: undefined, uri, framesPerS: 25, hasKlv: true },
        ...{ skewMs, latencyMs: 86_400_100 },
      }),
      setGround: () => undefined,
      setSkewMs: (ms) => (skewMs = ms),
      startOver: () => undefined,
      dispose: () => Promise.resolve(),
    };
  };
  const made = await stationWith(clock, dataFolder, { inputs: { video: ["udp://:5600"] }, io: { openCamera } });
  open.push(made.station);
  const heartbeatFor = (seconds: number, isArmed = false): void => {
    for (let i = 0; i < seconds; i++) {
      made.vehicle.sendHeartbeat(isArmed);
      clock.advance(1000);
    }
  };
  const folder = (): string => join(dataFolder, "sorties", readdirSync(join(dataFolder, "sorties")).at(-1) ?? "");
  return { ...made, clock, beatFor: heartbeatFor, folder, news: () => seen[0]! };
}
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
const aContact = (id: string, seenUnixUs: number, observationCount = 9): Contact => ({
  ...{ id, class: "person", position, ce95M: 2.45, lengthM: 0.6, surface: "land", observationCount, score: 0.9 },
  covariance: { eastEastM2: 1, eastNorthM2: 0, northNorthM2: 1 },
  ellipse95: { semiMajorM: 2.45, semiMinorM: 2.45, orientationDeg: 0 },
  ...{ groundSpeedMps: undefined, courseDeg: undefined, firstSeenUnixUs: seenUnixUs, lastSeenUnixUs: seenUnixUs },
});
const eventsOf = (folder: string) => readEventLog(readFileSync(join(folder, "events.jsonl"), "utf8"), sha256Hex).events;
const contactsIn = (folder: string) =>
  (
    JSON.parse(readFileSync(join(folder, "contacts.geojson"), "utf8")) as {
      features: { id: string; properties: { lastSeenUnixUs: number } }[];
    }
  ).features;

describe("findings 6.6: contacts are recorded by one clock", () => {
  it.each([-DAY_US, DAY_US])(
    "a camera %i µs off leaves every contact in the sortie, at the station's time",
    async (aheadUs) => {
      const { clock, beatFor: heartbeatFor, published, station, folder, news: updates } = await aWatch();
      heartbeatFor(3, true);
      for (let i = 0; i < 10; i++) {
        updates().onFrame(aFrame(clock.unixUs() - 100_000 + aheadUs));
        heartbeatFor(1, true);
      }
      const seenUs = clock.unixUs() - 100_000;
      updates().onContacts([aContact("C-1", seenUs + aheadUs)], ["C-1"]);
      const shown = published.findLast(
        (message): message is Extract<ToUi, { kind: "contacts" }> => message.kind === "contacts",
      );
      expect(shown?.contacts[0]?.lastSeenUnixUs).toBe(seenUs + 100_000);
      heartbeatFor(1, true);
      const status = published.findLast((message) => message.kind === "video-status");
      expect(status).toMatchObject({ status: { skewMs: aheadUs / 1000 - 100, latencyMs: undefined } });
      expect(published).toContainEqual(
        expect.objectContaining({ kind: "notice", notice: expect.objectContaining({ key: "camera-clock" }) }),
      );
      await station.dispose();
      const at = folder();
      expect(contactsIn(at)).toMatchObject([{ id: "C-1", properties: { lastSeenUnixUs: seenUs + 100_000 } }]);
      const events = eventsOf(at);
      expect(events.find(({ kind }) => kind === "camera-clock")?.facts).toEqual({
        cameraMinusStationMs: aheadUs / 1000 - 100,
        isCameraMapped: true,
      });
      expect(events.find(({ kind }) => kind === "contact-new")?.facts).toMatchObject({
        contact: { lastSeenUnixUs: seenUs + 100_000 },
      });
      const manifest = JSON.parse(readFileSync(join(at, "manifest.json"), "utf8")) as { clocks: unknown };
      expect(readManifest(JSON.stringify(manifest))).toBeDefined();
      expect(manifest.clocks).toMatchObject({ cameraMinusStationMs: aheadUs / 1000 - 100, isCameraMapped: true });
    },
  );

  it("a contact that was not seen since the sortie began is not its own, whatever the clocks say", async () => {
    const { clock, beatFor: heartbeatFor, station, folder, news: updates } = await aWatch();
    updates().onContacts([aContact("C-1", clock.unixUs(), 5), aContact("C-2", clock.unixUs(), 5)], ["C-1", "C-2"]);
    heartbeatFor(3, true);
    updates().onContacts([aContact("C-1", clock.unixUs(), 5), aContact("C-2", clock.unixUs(), 6)], []);
    heartbeatFor(1, true);
    await station.dispose();
    const at = folder();
    expect(contactsIn(at).map(({ id }) => id)).toEqual(["C-2"]);
  });

  it("review 2: the contacts of the last sortie do not leak into the next", async () => {
    const { clock, beatFor: heartbeatFor, published, station, folder, news: updates } = await aWatch();
    heartbeatFor(3, true);
    const before = aContact("C-1", clock.unixUs());
    updates().onContacts([before], ["C-1"]);
    heartbeatFor(13, false);
    await expect
      .poll(() => published.findLast((message) => message.kind === "recorder-status"))
      .toMatchObject({ status: { state: "idle" } });
    const first = folder();
    heartbeatFor(2, true);
    // A worker that does not know of the new sortie yet still sends the old list.
    updates().onContacts([before], []);
    updates().onContacts([before, aContact("C-2", clock.unixUs())], ["C-2"]);
    heartbeatFor(1, true);
    await station.dispose();
    const second = folder();
    expect(second).not.toBe(first);
    expect(contactsIn(first).map(({ id }) => id)).toEqual(["C-1"]);
    expect(contactsIn(second).map(({ id }) => id)).toEqual(["C-2"]);
  });
});

describe("findings 6.6: a clock set in flight", () => {
  it.each([DAY_US / 1000, -3_600_000])(
    "by %i ms is followed, told, and the time line stays in one piece",
    async (stepMs) => {
      const { clock, beatFor: heartbeatFor, station, folder, published } = await aWatch();
      heartbeatFor(5, true);
      await expect.poll(() => readdirSync(folder())).toContain("events.jsonl");
      const beforeUs = clock.unixUs();
      clock.setWallClock(stepMs);
      heartbeatFor(5, true);
      await station.dispose();
      const at = folder();
      const events = eventsOf(at);
      const step = events.find(({ kind }) => kind === "clock-stepped");
      expect(step).toMatchObject({ facts: { stepMs } });
      expect(Math.abs((step?.unixTimeUs ?? 0) - (beforeUs + stepMs * 1000))).toBeLessThan(1_100_000);
      expect(published).toContainEqual(
        expect.objectContaining({ kind: "notice", notice: expect.objectContaining({ key: "clock-stepped" }) }),
      );
      const opened = await readRecording(at);
      if (!opened.ok) throw new Error("not opened");
      const { report, events: shown } = opened.value;
      const endUs = clock.unixUs();
      // Ten seconds of flight, all on the clock as set at the end.
      for (const atUs of [report.firstUnixUs, report.lastUnixUs, ...shown.map(({ unixTimeUs }) => unixTimeUs)]) {
        expect(atUs).toBeLessThanOrEqual(endUs);
        expect(atUs).toBeGreaterThanOrEqual(endUs - 11_000_000);
      }
      expect(shown.map(({ unixTimeUs }) => unixTimeUs)).toEqual(
        shown.map(({ unixTimeUs }) => unixTimeUs).sort((a, b) => a - b),
      );
      const [vehicle] = report.vehicles;
      expect(vehicle?.armed.map(({ fromUnixUs, toUnixUs }) => (toUnixUs ?? endUs) - fromUnixUs >= 0)).toEqual([true]);
    },
  );
});
