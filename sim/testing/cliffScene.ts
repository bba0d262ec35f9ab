/**
 * Cap Blanc-Nez, simplified: the coast there is a straight line in the station's map, and 134 m of cliff stand behind a beach.
 * Five people are on its top; the aircraft starts at its foot.
 */
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { MissionItem, Plan } from "../../src/plan/plan.js";
import { command, planOfItems } from "../../src/plan/testing/planBuilders.js";
import type { Exposure } from "../camera/cameraPort.js";
import type { Offset, Scenario } from "../scenario.js";
import { groundOf } from "../world/ground.js";
import { groundFile } from "./groundFile.js";
import { aBeach } from "./scenarios.js";

/** Of the coast from south-west to north-east, with the sea on its left. */
const COURSE_DEG = 45.3;
const [SIN, COS] = [Math.sin(COURSE_DEG * RAD_PER_DEG), Math.cos(COURSE_DEG * RAD_PER_DEG)];

/** Metres along the coast from home, and inland of home. */
export const at = (alongM: number, inlandM: number): Offset => ({
  eastM: alongM * SIN + inlandM * COS,
  northM: alongM * COS - inlandM * SIN,
});
const lineAt = (inlandM: number): readonly Offset[] => [at(-2000, inlandM), at(2000, inlandM)];

export const PLATEAU_AMSL_M = 134;
const PEOPLE = [at(-150, 128), at(-115, 141), at(-80, 122), at(-45, 137), at(-10, 126)];

export const CLIFF_SCENE: Scenario = aBeach(
  PEOPLE.map((place, i) => ({ id: `person-${i + 1}`, kind: "person", at: place })),
  {
    name: "cliff top",
    clock: "arming",
    // 100 m inland of the middle of the line from 50.91543 N 1.69228 E to 50.93703 N 1.72689 E.
    home: { latitudeDeg: 50.92559, longitudeDeg: 1.71058, altitudeAmslM: 5 },
    wind: { fromDeg: 310, meanMps: 5, gustMps: 2 },
    navigation: { horizontalM: 0.7, verticalM: 0.6, attitudeDeg: 0.25 },
    waterline: lineAt(-100),
    terrain: { cliff: { foot: lineAt(30), footAmslM: 5, plateauAmslM: PLATEAU_AMSL_M, slopeWidthM: 25 } },
  },
);

/** Whether it is on the leg over the plateau: the camera looks level on the way there and back. */
export const isSearching = ({ truth }: Exposure): boolean =>
  truth.altitudeAmslM > PLATEAU_AMSL_M + 60 && truth.gimbalElevationDeg < -40;

/** Up beside the cliff, once along its top 70 m above it with the camera 60 degrees down, and back. */
export const planOverTheCliff = (): Plan =>
  planOverLand(CLIFF_SCENE.home, {
    flownAmslM: PLATEAU_AMSL_M + 70,
    downDeg: 60,
    from: at(-215, 130),
    to: at(-15, 130),
  });

type Leg = { readonly flownAmslM: number; readonly downDeg: number; readonly from: Offset; readonly to: Offset };

/** Up from home, once along the leg with the camera so many degrees down, and back. */
export function planOverLand(home: Scenario["home"], leg: Leg): Plan {
  const frame = localFrameAt(home);
  const to = (number: number, { eastM, northM }: Offset): MissionItem => ({
    ...command(number),
    position: frame.toPosition({ eastM, northM, upM: 0 }).position,
    // eslint-disable-next-line id-denylist -- a mission item's `altitude` carries its datum inside
    altitude: { datum: "home", valueM: leg.flownAmslM - home.altitudeAmslM },
  });
  const look = (pitchDeg: number): MissionItem => ({ ...command(205, [pitchDeg, 0, 0, 0]), tail: [0, 0, 2] });
  const items = [
    ...[to(22, { eastM: 0, northM: 0 }), look(0), command(178, [1, 10, -1, 0]), to(16, leg.from)],
    ...[look(-leg.downDeg), to(16, leg.to), look(0), command(20)],
  ];
  return planOfItems(items, { plannedHome: { position: home, altitudeAmslM: home.altitudeAmslM } });
}

/** A GeoTIFF of the scene's ground. Returns its path. */
export const cliffFile = (): string => groundFile(CLIFF_SCENE.home, groundOf(CLIFF_SCENE).heightAmslM);
