/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/**
 * A sortie without sockets, encoder and waiting: the simulated aircraft flies a plan in virtual time; each picture and its KLV go through
 * the station's own demultiplexer, synchronisation, detector and tracker. The machine's load does not affect the result.
 */
import { mkdtempSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Subject } from "rxjs";
import type { GroundModel } from "../../src/geo/ground/ground.js";
import type { TerrainModel } from "../../src/geo/terrain/terrainModel.js";
import type { LumaFrame, VideoDecoderPort } from "../../src/io/decoderPort.js";
import { missionItemsOf, type Plan } from "../../src/plan/plan.js";
import { contactsGeoJson } from "../../src/sortie/contactsGeoJson.js";
import { groundFromCoast } from "../../src/station/sensors/groundFromCoast.js";
import { createVisionPipeline } from "../../src/station/sensors/visionPipeline.js";
import { Tracking } from "../../src/station/tracking/tracking.js";
import type { Contact } from "../../src/track/contact.js";
import { createFrameObserver } from "../../src/track/frameObserver.js";
import { cameraIdOf } from "../../src/track/sensorIds.js";
import { fakeUnit } from "../../src/video/testing/tsMuxer.js";
import type { Exposure } from "../camera/cameraPort.js";
import { openPoseKlv } from "../camera/poseKlv.js";
import { openRenderer } from "../camera/renderer.js";
import { openTsMuxer } from "../camera/tsMuxer.js";
import type { Scenario } from "../scenario.js";
import type { ScoredContact } from "../scoring/pairing.js";
import type { TruthLine } from "../scoring/truth.js";
import { groundOf } from "../world/ground.js";
import { openTruthWriter } from "../world/truthWriter.js";
import { createFlightHarness, type HarnessItem } from "./flightHarness.js";
import { jsonLines, type Report, scoredContacts } from "./sortieRun.js";

const [MAV_FRAME_GLOBAL, MAV_FRAME_MISSION, MAV_FRAME_GLOBAL_RELATIVE_ALT_INT] = [0, 2, 6];
const [SET_MODE, ARM_DISARM, MISSION_START, GUIDED, IS_ARMED] = [176, 400, 300, 4, 128];
const BOOT_S = 7;
const LASTS_AT_MOST_S = 900;
const KEYFRAME_EVERY = 25;
const DELIMITER_BYTES = 6;
const CAMERA = cameraIdOf(1);

type Seen = { readonly countOfFrames: number; readonly contacts: readonly ScoredContact[] };
type Flown = { readonly hasLanded: boolean; readonly truth: readonly TruthLine[] };

type Watch = {
  /** The ground of each station that watches the flight; at least one. */
  readonly grounds: readonly GroundModel[];
  /** Whether this exposure is filmed; by default all are. */
  readonly isFilmed?: (exposure: Exposure) => boolean;
};

const wireItems = (plan: Plan): readonly HarnessItem[] =>
  missionItemsOf(plan).map(({ command, params, position, altitude, tail = [] }) => ({
    command,
    params: params.map((value) => value ?? Number.NaN),
    ...(position ?? {}),
    frame:
      altitude === undefined
        ? MAV_FRAME_MISSION
        : altitude.datum === "amsl"
          ? MAV_FRAME_GLOBAL
          : MAV_FRAME_GLOBAL_RELATIVE_ALT_INT,
    zM: altitude?.valueM ?? tail[2] ?? 0,
  }));

/** Stands in for the decoder: returns the drawn pictures in the order in which their placeholders come out of the stream. */
function decoderOf(drawn: Omit<LumaFrame, "tagUs">[]): VideoDecoderPort {
  const frames$ = new Subject<LumaFrame>();
  let countOfDecoded = 0;
  return {
    frames$,
    decode: ({ tagUs }) => {
      const picture = drawn.shift();
      if (!picture) throw new Error("Invariant: a picture for each access unit");
      countOfDecoded++;
      frames$.next({ ...picture, tagUs });
    },
    flush: () => Promise.resolve(),
    stats: () => ({ countOfDecoded, countOfDropped: 0, countOfFailures: 0 }),
    close: () => Promise.resolve(),
  };
}

/** A station's side: takes the exposures' bytes, gives contacts and the time of each first report. */
function openVision(scenario: Scenario, ground: GroundModel) {
  const { widthPx, heightPx } = scenario.camera;
  const poseKlv = openPoseKlv(scenario);
  const muxer = openTsMuxer();
  const drawn: Omit<LumaFrame, "tagUs">[] = [];
  const tracking = new Tracking();
  const reports = new Map<string, Report>();
  let contacts: readonly Contact[] = [];
  let countOfFrames = 0;
  const pipeline = createVisionPipeline({
    decoder: decoderOf(drawn),
    observer: createFrameObserver({ ground }),
    liveUnixUs: undefined,
    // Virtual time does not pass while a picture is looked at, however long that takes.
    time: { monoMs: () => 0, scheduler: { after: () => () => undefined } },
    onUnsearched: (because) => {
      throw new Error(because);
    },
    onFrame: ({ observed }) => {
      const { unixTimeUs } = observed;
      const tracked = tracking.track(CAMERA, observed);
      contacts = tracked.contacts;
      for (const id of tracked.newIds) reports.set(id, { appearedUs: unixTimeUs, recognisedUs: unixTimeUs });
    },
  });
  return {
    expose: (exposure: Exposure, luma: LumaFrame["luma"]): Promise<void> => {
      const isKeyframe = countOfFrames % KEYFRAME_EVERY === 0;
      const { unixTimeUs: timeUs } = exposure;
      drawn.push({ widthPx, heightPx, luma });
      // The simulator's multiplexer adds the delimiter itself.
      const video = fakeUnit(isKeyframe, 20, countOfFrames++).subarray(DELIMITER_BYTES);
      pipeline.push(muxer.mux({ timeUs, video, klv: poseKlv(exposure), isKeyframe }), timeUs);
      return pipeline.idle();
    },
    close: async (): Promise<Seen> => {
      await pipeline.flush();
      await pipeline.close();
      return { countOfFrames, contacts: scoredContacts(contactsGeoJson(contacts), reports) };
    },
  };
}

/** The ground as a station knows it from the committed coast, home and, if it has any, files of heights. */
export function stationGround({ home }: Scenario, terrain?: TerrainModel): GroundModel {
  const coastJson = readFileSync("missions/coast/channel.json", "utf8");
  return groundFromCoast(coastJson, { position: home, altitudeAmslM: home.altitudeAmslM }, terrain);
}

/** Flies the plan from boot until landed and disarmed, before one station without files of heights. */
export async function flyVirtually(scenario: Scenario, plan: Plan): Promise<Flown & Seen> {
  const { seen, ...flown } = await flyWatched(scenario, plan, { grounds: [stationGround(scenario)] });
  const [only] = seen;
  if (!only) throw new Error("Invariant: a station for each ground");
  return { ...flown, ...only };
}

/** The same before several stations, which all get the same bytes; `seen` has theirs in the order of `grounds`. */
export async function flyWatched(
  scenario: Scenario,
  plan: Plan,
  { grounds, isFilmed = () => true }: Watch,
): Promise<Flown & { readonly seen: readonly Seen[] }> {
  const ground = groundOf(scenario);
  const flight = createFlightHarness({
    site: {
      scenario,
      groundAboveHomeM: (eastM, northM) => ground.heightAmslM(eastM, northM) - scenario.home.altitudeAmslM,
    },
    vehicle: { seed: scenario.seed },
  });
  flight.runS(BOOT_S);
  const answers = [
    flight.upload(wireItems(plan)),
    flight.command(SET_MODE, 1, GUIDED),
    flight.command(ARM_DISARM, 1),
    flight.command(MISSION_START),
  ];
  if (answers.some((answer) => answer !== 0))
    throw new Error(`refused: ${answers.join()} ${flight.texts().join("; ")}`);
  const truthFile = path.join(mkdtempSync(path.join(os.tmpdir(), "vigie-virtual-")), "truth.jsonl");
  const truth = openTruthWriter(truthFile, scenario, scenario.seed);
  const renderer = openRenderer(scenario, scenario.seed);
  const eyes = grounds.map((known) => openVision(scenario, known));
  const isFlying = (): boolean => ((flight.last("HEARTBEAT")?.baseMode ?? IS_ARMED) & IS_ARMED) !== 0;
  const endMs = flight.aircraft.nowMs() + LASTS_AT_MOST_S * 1000;
  flight.runS(1);
  while (isFlying() && flight.aircraft.nowMs() < endMs) {
    flight.runS(1 / scenario.camera.framesPerS);
    const exposure = flight.aircraft.exposure();
    truth.tick(exposure);
    if (!isFilmed(exposure)) continue;
    const luma = new Uint8Array(renderer.draw(exposure));
    for (const eye of eyes) await eye.expose(exposure, luma);
  }
  await truth.close();
  const seen = await Promise.all(eyes.map((eye) => eye.close()));
  return { hasLanded: !isFlying(), truth: jsonLines<TruthLine>(truthFile), seen };
}
