import { describe, expect, it } from "vitest";
import type { Detection } from "../detect/detection.js";
import type { Detector } from "../detect/detector.js";
import { createCoast } from "../geo/coast.js";
import { coastGround } from "../geo/ground/coastGround.js";
import { composeGround, type GroundModel } from "../geo/ground/ground.js";
import { homeGround } from "../geo/ground/homeGround.js";
import { seaLevelGround } from "../geo/ground/seaLevelGround.js";
import { localFrameAt } from "../geo/localFrame.js";
import { straightCoast } from "../geo/testing/coasts.js";
import { createFrameObserver, type FrameObserverOptions } from "./frameObserver.js";
import type { ObservedFrame } from "./observedFrame.js";
import {
  HEIGHT_PX,
  levelGround,
  NO_ERRORS,
  personBoxAt,
  poseOf,
  RAD,
  SENSOR,
  WIDTH_PX,
} from "./testing/slantedView.js";
import type { VisionFrame } from "./visionTypes.js";

const local = localFrameAt(SENSOR);
const IMAGE = { widthPx: WIDTH_PX, heightPx: HEIGHT_PX, luma: new Uint8Array(WIDTH_PX * HEIGHT_PX) };
const frameOf = (pose: VisionFrame["pose"]): VisionFrame => ({ unixTimeUs: pose?.unixTimeUs ?? 7, image: IMAGE, pose });

/** An observer whose detector always finds the same, and what that detector was told. */
function observerOf(detections: readonly Detection[], options: Partial<FrameObserverOptions> = {}) {
  const asked: Parameters<Detector["detect"]>[0][] = [];
  const detector: Detector = {
    detect: (frame) => {
      asked.push(frame);
      return Promise.resolve(detections);
    },
  };
  return { ...createFrameObserver({ ground: levelGround(0), errors: NO_ERRORS, detector, ...options }), asked };
}
const middle = personBoxAt(320, 256);
const firstOf = ({ placed }: ObservedFrame) => {
  const [first] = placed?.observations ?? [];
  if (!first) throw new Error("nothing placed");
  return first;
};

describe("a frame without a pose", () => {
  it("keeps its detections, in pixels, and places none of them", async () => {
    const observer = observerOf([middle]);
    expect(await observer.observe(frameOf(undefined))).toEqual({
      ...{ unixTimeUs: 7, detections: [middle], placed: undefined },
    });
    expect(observer.asked).toEqual([{ image: IMAGE, metresPerPixel: undefined }]);
  });
});

describe("a frame with its pose", () => {
  it("tells the detector the scale in the middle, across the line of sight", async () => {
    const observer = observerOf([]);
    await observer.observe(frameOf(poseOf(100, 90)));
    await observer.observe(frameOf(poseOf(100, 30)));
    await observer.observe(frameOf(poseOf(100, -10)));
    const [nadir, slanted, sky] = observer.asked.map(({ metresPerPixel }) => metresPerPixel);
    expect(nadir).toBeCloseTo((200 * Math.tan(20 * RAD)) / 640, 9);
    expect(slanted).toBeCloseTo((400 * Math.tan(20 * RAD)) / 640, 3);
    expect(sky).toBeUndefined();
  });

  it("places what lies below the horizon, each under its own index", async () => {
    // 10° down with 32° of view: the upper third of the picture is sky.
    const detections = [personBoxAt(320, 20), personBoxAt(320, 400), personBoxAt(100, 30), personBoxAt(200, 450)];
    const observed = await observerOf(detections).observe(frameOf(poseOf(100, 10)));
    expect(observed.detections).toBe(detections);
    expect(observed.placed?.observations.map(({ detectionIndex }) => detectionIndex)).toEqual([1, 3]);
    expect(observed.placed?.footprint).toBeUndefined();
    expect(observed.placed?.sensorPosition).toEqual(SENSOR);
  });

  it("knows by the size of the picture what its edge cuts", async () => {
    const detections = [personBoxAt(1, 256), middle, personBoxAt(639, 256), personBoxAt(320, 510)];
    const observed = await observerOf(detections).observe(frameOf(poseOf(100, 90)));
    expect(observed.placed?.observations.map(({ isCut }) => isCut)).toEqual([true, false, true, true]);
  });

  it("places with the errors of a typical multicopter where none are given, with the built-in detector", async () => {
    const luma = new Uint8Array(WIDTH_PX * HEIGHT_PX).fill(60);
    // A warm spot of 6 by 6 pixels, 0.7 m on the ground, in the middle of the picture.
    for (let y = 253; y < 259; y++) for (let x = 317; x < 323; x++) luma[y * WIDTH_PX + x] = 220;
    const observer = createFrameObserver({ ground: levelGround(0) });
    const observed = await observer.observe({ unixTimeUs: 0, image: { ...IMAGE, luma }, pose: poseOf(100, 90) });
    expect(observed.detections).toHaveLength(1);
    const { bias, position } = firstOf(observed);
    const { eastM, northM } = local.toEnu(position, 0);
    expect(Math.hypot(eastM, northM)).toBeLessThan(0.3);
    // Position 1.2 m, roll 0.5° of 100 m: 1.48 m at least.
    expect(Math.sqrt(bias.eastEastM2)).toBeGreaterThan(1.4);
    expect(Math.sqrt(bias.eastEastM2)).toBeLessThan(2);
  });
});

describe("the camera's speed, from its poses", () => {
  const errors = { ...NO_ERRORS, clockS: 0.1 };
  /** Poses that go 10 m/s north and 5 m/s east from one time to the next; a tenth of that is the clock's error. */
  async function clockErrorsAt(timesS: readonly number[]): Promise<readonly string[]> {
    const observer = observerOf([middle], { errors });
    const found: string[] = [];
    for (const timeS of timesS) {
      const { position } = local.toPosition({ eastM: 5 * timeS, northM: 10 * timeS, upM: 0 });
      const pose = { ...poseOf(100, 90), unixTimeUs: 1.7e15 + timeS * 1e6, sensor: { position, altitudeAmslM: 100 } };
      const { bias } = firstOf(await observer.observe(frameOf(pose)));
      found.push(`${Math.sqrt(bias.eastEastM2).toFixed(3)} ${Math.sqrt(bias.northNorthM2).toFixed(3)}`);
    }
    return found;
  }

  it("is not known from the first alone", async () => {
    expect(await clockErrorsAt([0, 0.1])).toEqual(["0.000 0.000", "0.500 1.000"]);
  });

  it("comes from poses up to a second apart; the last one is kept over a longer gap", async () => {
    expect(await clockErrorsAt([0, 1])).toEqual(["0.000 0.000", "0.500 1.000"]);
    expect(await clockErrorsAt([0, 1.001])).toEqual(["0.000 0.000", "0.000 0.000"]);
    expect(await clockErrorsAt([0, 0.1, 5])).toEqual(["0.000 0.000", "0.500 1.000", "0.500 1.000"]);
  });

  it("is not taken from poses of the same moment, nor from an earlier one", async () => {
    expect(await clockErrorsAt([1, 1])).toEqual(["0.000 0.000", "0.000 0.000"]);
    expect(await clockErrorsAt([1, 0.5])).toEqual(["0.000 0.000", "0.000 0.000"]);
  });
});

describe("the ground under the camera", () => {
  // Home on a cliff of 60 m, east of the shore line; the camera looks east from 100 m above the sea, 45° down.
  const home = { homePosition: SENSOR, homeAltitudeAmslM: 60 };
  const coast = createCoast(straightCoast());
  const eastwards = { platform: { headingDeg: 90, pitchDeg: 0, rollDeg: 0 } };
  const northwards = poseOf(100, 45);
  const inland = { latitudeDeg: 50.75, longitudeDeg: 1.7 };
  const offshore = { latitudeDeg: 50.75, longitudeDeg: 1.5 };
  const above = (position: typeof SENSOR) => ({
    ...poseOf(100, 45, eastwards),
    sensor: { position, altitudeAmslM: 100 },
  });
  const withCoast = composeGround([coastGround(coast, home)], homeGround(home));
  const awayM = async (ground: GroundModel, pose: ReturnType<typeof poseOf>): Promise<number> => {
    const car = personBoxAt(320, 256, { class: "unknown" });
    const { position } = firstOf(await observerOf([car], { ground }).observe(frameOf(pose)));
    const { eastM, northM } = localFrameAt(pose.sensor.position).toEnu(position, 0);
    // The middle of an unknown thing is taken as 0.4 m up, which at 45° is 0.4 m nearer.
    return Math.hypot(eastM, northM) + 0.4;
  };

  it("is as high as home on land: a camera 40 m above it sees 40 m far, not the 100 m that it would from the sea", async () => {
    expect(await awayM(withCoast, above(inland))).toBeCloseTo(40, 1);
    expect(await awayM(withCoast, above(offshore))).toBeCloseTo(100, 1);
  });

  it("is halfway up to home without a coast line, and sea level only while home is not known", async () => {
    expect(await awayM(homeGround(home), northwards)).toBeCloseTo(70, 1);
    expect(await awayM(seaLevelGround(), northwards)).toBeCloseTo(100, 1);
  });

  it("is asked again in every frame: home becomes known in flight, and the next frame stands on it", async () => {
    let ground: GroundModel = seaLevelGround();
    const observer = observerOf([middle], { ground: { heightAt: (position) => ground.heightAt(position) } });
    const before = firstOf(await observer.observe(frameOf(above(inland))));
    ground = withCoast;
    const after = firstOf(await observer.observe(frameOf(above(inland))));
    expect(before).toMatchObject({ heightAmslM: 0, surface: "unknown" });
    expect(after).toMatchObject({ heightAmslM: 60, surface: "land" });
    expect(after.position.longitudeDeg).toBeLessThan(before.position.longitudeDeg);
  });
});
