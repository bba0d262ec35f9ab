import { readFileSync } from "node:fs";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { CameraPose } from "../camera/cameraPort.js";
import type { Actor, Offset, Scenario } from "../scenario.js";

export const COMMITTED_SCENARIOS = ["boulogne-night-1", "boulogne-night-2"] as const;

export const committedScenario = (name: (typeof COMMITTED_SCENARIOS)[number]): Scenario =>
  JSON.parse(readFileSync(`missions/scenarios/${name}.json`, "utf8")) as Scenario;

/** Flat dry sand at the height of home, with these actors on it. */
export const aBeach = (actors: readonly Actor[], changes: Partial<Scenario> = {}): Scenario => ({
  name: "test beach",
  teaches: "nothing",
  seed: 1,
  clock: "boot",
  home: { latitudeDeg: 50.7745, longitudeDeg: 1.6075, altitudeAmslM: 4 },
  wind: { fromDeg: 0, meanMps: 0, gustMps: 0 },
  navigation: { horizontalM: 0, verticalM: 0, attitudeDeg: 0 },
  temperatures: { seaC: 9.8, wetSandC: 7.4, drySandC: 5.6, grassC: 4.6, roadC: 7.6 },
  camera: { widthPx: 640, heightPx: 512, hfovDeg: 42, framesPerS: 25, netdK: 0.06 },
  actors,
  ...changes,
});

/** Home on a beach, the sea 120 m to the west and a cliff as high as Cap Blanc-Nez 150 m to the east. */
export const aCliff = (actors: readonly Actor[], changes: Partial<Scenario> = {}): Scenario =>
  aBeach(actors, {
    home: { latitudeDeg: 50.9245, longitudeDeg: 1.7095, altitudeAmslM: 5 },
    waterline: northward(-120),
    terrain: { cliff: { foot: northward(150), footAmslM: 5, plateauAmslM: 134, slopeWidthM: 25 } },
    ...changes,
  });

const northward = (eastM: number): readonly Offset[] => [-3000, 3000].map((northM) => ({ eastM, northM }));

type Look = {
  readonly eastM?: number;
  readonly northM?: number;
  readonly aboveHomeM?: number;
  readonly headingDeg?: number;
  readonly elevationDeg?: number;
};

/** A camera pose above a position; default: looking straight down. */
export function poseOver(scenario: Scenario, look: Look): CameraPose {
  const { eastM = 0, northM = 0, aboveHomeM = 70, headingDeg = 0, elevationDeg = -90 } = look;
  const { position } = localFrameAt(scenario.home).toPosition({ eastM, northM, upM: 0 });
  return {
    ...position,
    altitudeAmslM: scenario.home.altitudeAmslM + aboveHomeM,
    headingDeg,
    pitchDeg: 0,
    rollDeg: 0,
    gimbalAzimuthDeg: 0,
    gimbalElevationDeg: elevationDeg,
    gimbalRollDeg: 0,
  };
}
