import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../src/core/fakeClock.js";
import { isEnvelope } from "../../src/contract/envelope.js";
import type { VideoFrame } from "../../src/contract/messages.js";
import { decodeWire, encodeWire } from "../../src/contract/wire.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { stationWith } from "../../src/station/testing/fakeVehicle.js";
import type { Station } from "../../src/station/stationTypes.js";
import type { CameraFeed, CameraFeedOptions, CameraListener } from "../../src/station/sensors/cameraTypes.js";
import { CoverageMaker } from "../../src/station/sensors/coverageMaker.js";
import { drawCoverage, emptySweptRaster } from "../scene/geometry/sweptRaster.js";
import { sceneFrameAt } from "../scene/sceneFrame.js";
import { createStationStore, type StationStore } from "./stationStore.js";
import { aContact } from "./testing/builders.js";

const HERE = { latitudeDeg: 50.7745, longitudeDeg: 1.607529 };
const NO_VIDEO_WORD = "no video in this test";
const local = localFrameAt(HERE);
const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

/** Looks straight down on a square of 60 m round a place `eastM` of here. */
function aFrame(frameId: number, eastM: number): VideoFrame {
  const at = (dEastM: number, dNorthM: number) => ({
    position: local.toPosition({ eastM: eastM + dEastM, northM: dNorthM, upM: 0 }).position,
    heightAmslM: 0,
  });
  return {
    frameId,
    unixTimeUs: 1_795_400_000_000_000 + frameId * 1_000_000,
    widthPx: 1,
    heightPx: 1,
    luma: new Uint8Array(1),
    boxes: [],
    ground: {
      corners: [at(-30, 30), at(30, 30), at(30, -30), at(-30, -30)],
      centre: at(0, 0),
      centreEllipse95: { semiMajorM: 1, semiMinorM: 1, orientationDeg: 0 },
      sensor: { position: at(0, 0).position, altitudeAmslM: 60 },
      depressionDeg: 90,
      azimuthDeg: 0,
      hfovDeg: 53,
    },
  };
}

/** A page on the station, through the bytes that a browser gets. */
function aPage(station: Station, clock: FakeClock): StationStore {
  return createStationStore(
    ({ onMessage, onConnection }) => {
      onConnection("open");
      const session = station.connectUi((envelope) => {
        const read = decodeWire(encodeWire(envelope));
        if (isEnvelope(read)) onMessage(read);
      });
      return { send: (message) => session.fromUi(decodeWire(encodeWire(message))), dispose: () => session.close() };
    },
    { monoMs: () => clock.monoMs(), unixMs: () => clock.unixUs() / 1000 },
  );
}

async function aFlight() {
  const clock = new FakeClock();
  let listener: CameraListener | undefined;
  const openCamera = (options: CameraFeedOptions): CameraFeed => {
    listener = options.listener;
    return {
      status: () => ({
        ...{ state: "none", because: undefined, uri: NO_VIDEO_WORD, framesPerS: 0, hasKlv: false },
        ...{ skewMs: undefined, latencyMs: undefined },
      }),
      setGround: () => undefined,
      setSkewMs: () => undefined,
      startOver: () => undefined,
      dispose: () => Promise.resolve(),
    };
  };
  const dataFolder = mkdtempSync(join(tmpdir(), "vigie-memory-"));
  const made = await stationWith(clock, dataFolder, { inputs: { video: ["udp://:5600"] }, io: { openCamera } });
  open.push(made.station);
  const coverage = new CoverageMaker();
  let countOfFrames = 0;
  const flyTo = (northM: number, isArmed = true): void => {
    made.vehicle.sendTelemetry(clock.monoMs(), { northM, isArmed });
    clock.advance(500);
  };
  const look = (eastM: number): void => {
    const frame = aFrame(++countOfFrames, eastM);
    listener?.onFrame(frame);
    const patch = frame.ground && coverage.patchOf(frame.unixTimeUs, frame.ground, frame.widthPx);
    if (patch) listener?.onCoverage(patch);
    clock.advance(500);
  };
  const page = async (): Promise<StationStore> => {
    const store = aPage(made.station, clock);
    await expect.poll(() => store.hello.get()).toBeDefined();
    return store;
  };
  const find = (id: string): void => listener?.onContacts([aContact({ id })], [id]);
  return { ...made, clock, flyTo, look, page, find };
}

const trailOf = (store: StationStore): number[] => {
  const norths: number[] = [];
  store.trail.trail.since(0, ({ to }) => norths.push(Math.round(local.toEnu(to.position, 0).northM)));
  return norths;
};
function pictureOf(store: StationStore): { readonly cells: string; readonly areaM2: number } {
  const raster = emptySweptRaster(512, 640);
  drawCoverage(raster, store.coverage, sceneFrameAt(HERE), 0);
  const seen = raster.cells.filter((cell) => cell > 0).length;
  return { cells: raster.cells.join(""), areaM2: seen * 2.5 * 2.5 };
}

describe("findings 5.9: what a page shows of the flight is the station's, not the page's", () => {
  it("a page that opens in flight, or was reloaded, shows the trail and the coverage of the first", async () => {
    const { flyTo, look, page } = await aFlight();
    const first = await page();
    for (const northM of [0, 20, 40, 60]) flyTo(northM);
    for (const eastM of [0, 30, 60, -300]) look(eastM);
    expect(trailOf(first)).toEqual([20, 40, 60]);
    // 120 m by 60 m, and 60 m by 60 m apart; a raster cell is 2.5 m.
    expect(pictureOf(first).areaM2 / 10_800).toBeCloseTo(1, 1);

    const second = await page();
    expect(trailOf(second)).toEqual(trailOf(first));
    expect(pictureOf(second)).toEqual(pictureOf(first));
    flyTo(80);
    look(200);
    expect(trailOf(second)).toEqual([20, 40, 60, 80]);
    expect(trailOf(first)).toEqual([20, 40, 60, 80]);
    expect(pictureOf(first).areaM2 / 14_400).toBeCloseTo(1, 1);
    expect(pictureOf(second)).toEqual(pictureOf(first));
  });

  it("a hidden page, which is sent no picture, misses none of the coverage", async () => {
    const { look, page, clock } = await aFlight();
    const hidden = await page();
    // It never says that it has painted: pictures are not sent faster than once a second.
    for (const eastM of [0, 60, 120, 180]) look(eastM);
    clock.advance(1000);
    expect(pictureOf(hidden).areaM2 / (240 * 60)).toBeCloseTo(1, 1);
  });

  it("a raster drawn in steps is the raster drawn at once, in a scene with another origin", async () => {
    const { look, page } = await aFlight();
    const store = await page();
    const frame = sceneFrameAt({ latitudeDeg: HERE.latitudeDeg + 0.002, longitudeDeg: HERE.longitudeDeg - 0.003 });
    const stepwise = emptySweptRaster(256, 800);
    let drawn = 0;
    for (const eastM of [0, 50, 100, -40]) {
      look(eastM);
      drawCoverage(stepwise, store.coverage, frame, drawn);
      drawn = store.coverage.changes.get();
    }
    const atOnce = emptySweptRaster(256, 800);
    drawCoverage(atOnce, store.coverage, frame, 0);
    expect(atOnce.cells.some((cell) => cell > 0)).toBe(true);
    expect(stepwise.cells).toEqual(atOnce.cells);
    expect(drawCoverage(stepwise, store.coverage, frame, drawn)).toBe(false);
  });

  it("a contact viewed on one screen is viewed on all, and one that does not exist on none", async () => {
    const { find, page, clock } = await aFlight();
    const first = await page();
    find("C-1");
    clock.advance(500);
    expect(await first.request({ kind: "contact-viewed", contactId: "C-1" })).toMatchObject({ ok: true });
    const second = await page();
    expect([...first.viewedContactIds.get()]).toEqual(["C-1"]);
    expect([...second.viewedContactIds.get()]).toEqual(["C-1"]);
    const unknown = await second.request({ kind: "contact-viewed", contactId: "C-9" });
    expect(unknown).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect([...first.viewedContactIds.get()]).toEqual(["C-1"]);
  });

  it("the next flight begins with nothing covered and nothing viewed", async () => {
    const { flyTo, look, find, page, clock, published } = await aFlight();
    const store = await page();
    flyTo(0);
    look(0);
    find("C-1");
    await store.request({ kind: "contact-viewed", contactId: "C-1" });
    expect(pictureOf(store).areaM2).toBeGreaterThan(3000);
    for (let i = 0; i < 30; i++) flyTo(0, false);
    const state = (): unknown => published.findLast((message) => message.kind === "recorder-status")?.status.state;
    await expect.poll(state).toBe("idle");
    flyTo(0);
    clock.advance(500);
    expect(pictureOf(store).areaM2).toBe(0);
    expect(store.viewedContactIds.get().size).toBe(0);
  });
});
