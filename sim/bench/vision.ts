/** Milliseconds per frame of the vision pipeline on one core, on simulated pictures (decoding is measured in `decode.ts`). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createThermalDetector } from "../../src/detect/thermalDetector.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { seaLevelGround } from "../../src/geo/ground/seaLevelGround.js";
import { Tracking } from "../../src/station/tracking/tracking.js";
import { cameraIdOf } from "../../src/track/sensorIds.js";
import { observedFrames } from "../../src/track/testing/observedFrames.js";
import { createVision } from "../../src/track/vision.js";
import type { VisionFrame } from "../../src/track/visionTypes.js";
import { vfovDegOf } from "../camera/projection.js";
import { openRenderer } from "../camera/renderer.js";
import type { Scenario } from "../scenario.js";
import { median, type BenchLine } from "./benchLine.js";

const HEIGHT_M = 70;
const COUNT_OF_FRAMES = 200;
const METRES_PER_PIXEL = 0.084;

/** A leg of 160 m over the first training scenario, straight down, with a perfect pose. */
function framesOfALeg(): readonly VisionFrame[] {
  const file = path.resolve("missions/scenarios/boulogne-night-1.json");
  const scenario = JSON.parse(readFileSync(file, "utf8")) as Scenario;
  const renderer = openRenderer(scenario, scenario.seed);
  const home = localFrameAt(scenario.home);
  const { widthPx, heightPx, hfovDeg } = scenario.camera;
  return Array.from({ length: COUNT_OF_FRAMES }, (_, i) => {
    const timeS = i / scenario.camera.framesPerS;
    const { position } = home.toPosition({ eastM: -70, northM: -80 + 20 * timeS, upM: 0 });
    const altitudeAmslM = scenario.home.altitudeAmslM + HEIGHT_M;
    const platform = { headingDeg: 0, pitchDeg: 0, rollDeg: 0 };
    const gimbal = { azimuthDeg: 0, elevationDeg: -90, rollDeg: 0 };
    const pose = {
      ...position,
      altitudeAmslM,
      ...platform,
      gimbalAzimuthDeg: 0,
      gimbalElevationDeg: -90,
      gimbalRollDeg: 0,
    };
    const unixTimeUs = 1_795_400_000_000_000 + Math.round(timeS * 1e6);
    const luma = renderer.draw({ unixTimeUs, scenarioS: timeS, truth: pose, estimate: pose }).slice();
    return {
      unixTimeUs,
      image: { widthPx, heightPx, luma },
      pose: {
        unixTimeUs,
        sensor: { position, altitudeAmslM },
        platform,
        gimbal,
        hfovDeg,
        vfovDeg: vfovDegOf(scenario.camera),
      },
    };
  });
}

const COUNT_IN_CROWD = 60;

/** Tracking cost in the station's thread for a picture of a crowd; observations come from the camera's worker. */
function trackCrowdMs(): number {
  const people = Array.from({ length: COUNT_IN_CROWD }, (_, i) => ({
    eastM: (i % 12) * 2.6,
    northM: 2.6 * Math.floor(i / 12),
  }));
  const tracking = new Tracking();
  const times = observedFrames(0, 12, people).map((frame) => {
    const start = performance.now();
    tracking.track(cameraIdOf(1), frame);
    return performance.now() - start;
  });
  return median(times.slice(times.length / 4));
}

/** Three lines: detection alone, geolocation with tracking (total minus detection), and tracking alone for a crowd. */
export async function benchVision(): Promise<readonly BenchLine[]> {
  const frames = framesOfALeg();
  const detector = createThermalDetector();
  const detectMs: number[] = [];
  const wholeMs: number[] = [];
  const vision = createVision({ ground: seaLevelGround() });
  let countOfContacts = 0;
  // The first quarter lets the JIT compiler warm up and is not counted.
  for (const [index, frame] of frames.entries()) {
    const start = performance.now();
    detector.detect(frame.image, METRES_PER_PIXEL);
    const middle = performance.now();
    countOfContacts = (await vision.process(frame)).contacts.length;
    const end = performance.now();
    if (index < COUNT_OF_FRAMES / 4) continue;
    detectMs.push(middle - start);
    wholeMs.push(end - middle);
  }
  const detect = median(detectMs);
  return [
    { name: "detect, 640x512", value: detect, unit: "ms a frame", note: "one core; all vision with decode: aim 15" },
    {
      name: "geolocate and track",
      value: Math.max(0, median(wholeMs) - detect),
      unit: "ms a frame",
      note: `${countOfContacts} contacts on one leg`,
    },
    trackLine(detect),
  ];
}

function trackLine(detectMs: number): BenchLine {
  const value = trackCrowdMs();
  return {
    ...{ name: `track ${COUNT_IN_CROWD} people, on the link thread`, value, unit: "ms a frame" },
    peer: { name: "detecting, in the camera's worker", value: detectMs },
    ratio: detectMs / value,
  };
}
