/** A round hill of 180 m behind the beach of the cliff's scene, known to nobody but a file of heights; three people on it. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Exposure } from "../camera/cameraPort.js";
import type { Offset, Scenario } from "../scenario.js";
import type { Plan } from "../../src/plan/plan.js";
import { at, CLIFF_SCENE, planOverLand } from "./cliffScene.js";
import { groundFile } from "./groundFile.js";

const HOME_AMSL_M = 5;
const TOP_AMSL_M = 180;
const RADIUS_M = 300;
const TOP = at(-80, 350);
const PEOPLE = [at(-108, 340), at(-80, 330), at(-52, 344)];

/** Level at its top and at its foot, and nowhere steeper than 43 degrees. */
function hillAmslM(eastM: number, northM: number): number {
  const part = Math.min(1, Math.hypot(eastM - TOP.eastM, northM - TOP.northM) / RADIUS_M);
  return HOME_AMSL_M + (TOP_AMSL_M - HOME_AMSL_M) * ((1 + Math.cos(Math.PI * part)) / 2);
}

/** Both beside each other, and the scenario names its heights by their name alone. */
export function hillFiles(): { readonly scenarioFile: string; readonly heightsFile: string } {
  const heightsFile = groundFile(CLIFF_SCENE.home, hillAmslM, "hill.tif");
  const scenario: Scenario = {
    ...CLIFF_SCENE,
    name: "hill",
    actors: PEOPLE.map((place: Offset, i) => ({ id: `person-${i + 1}`, kind: "person", at: place })),
    terrain: { files: ["hill.tif"] },
  };
  const scenarioFile = path.join(path.dirname(heightsFile), "hill.json");
  writeFileSync(scenarioFile, JSON.stringify(scenario));
  return { scenarioFile, heightsFile };
}

const FLOWN_AMSL_M = TOP_AMSL_M + 70;

/** Once over the hill and back. */
export const planOverTheHill = (): Plan =>
  planOverLand(CLIFF_SCENE.home, { flownAmslM: FLOWN_AMSL_M, downDeg: 60, from: at(-170, 335), to: at(-30, 335) });

/** On the leg over the hill: the camera looks level on the way there and back. */
export const isOverTheHill = ({ truth }: Exposure): boolean =>
  truth.altitudeAmslM > FLOWN_AMSL_M - 10 && truth.gimbalElevationDeg < -40;
