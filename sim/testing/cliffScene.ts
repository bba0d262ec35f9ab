/**
 * Cap Blanc-Nez, simplified: the coast there is a straight line in the station's map, and 134 m of cliff stand behind a beach.
 * Five people are on its top; the aircraft starts at its foot.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { aGeoTiff, tags } from "../../src/io/geoTiff/testing/tiffBytes.js";
import type { MissionItem, Plan } from "../../src/plan/plan.js";
import { command, planOfItems } from "../../src/plan/testing/planBuilders.js";
import type { Exposure } from "../camera/cameraPort.js";
import type { Offset, Scenario } from "../scenario.js";
import { groundOf } from "../world/ground.js";
import { aBeach } from "./scenarios.js";

/** Of the coast from south-west to north-east, with the sea on its left. */
const COURSE_DEG = 45.3;
const [SIN, COS] = [Math.sin(COURSE_DEG * RAD_PER_DEG), Math.cos(COURSE_DEG * RAD_PER_DEG)];

/** Metres along the coast from home, and inland of home. */
const at = (alongM: number, inlandM: number): Offset => ({
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
export function planOverTheCliff(): Plan {
  const { home } = CLIFF_SCENE;
  const frame = localFrameAt(home);
  const heightM = PLATEAU_AMSL_M + 70 - home.altitudeAmslM;
  const to = (number: number, { eastM, northM }: Offset): MissionItem => ({
    ...command(number),
    position: frame.toPosition({ eastM, northM, upM: 0 }).position,
    // eslint-disable-next-line id-denylist -- a mission item's `altitude` carries its datum inside
    altitude: { datum: "home", valueM: heightM },
  });
  const look = (pitchDeg: number): MissionItem => ({ ...command(205, [pitchDeg, 0, 0, 0]), tail: [0, 0, 2] });
  const items = [
    ...[to(22, at(0, 0)), look(0), command(178, [1, 10, -1, 0]), to(16, at(-215, 130))],
    ...[look(-60), to(16, at(-15, 130)), look(0), command(20)],
  ];
  return planOfItems(items, { plannedHome: { position: home, altitudeAmslM: home.altitudeAmslM } });
}

/** A GeoTIFF of the scene's ground, a height every 5 m as in France's RGE ALTI, 700 m around home. Returns its path. */
export function cliffFile(): string {
  const { home } = CLIFF_SCENE;
  const { heightAmslM } = groundOf(CLIFF_SCENE);
  const frame = localFrameAt(home);
  const [stepNorthDeg, stepEastDeg] = [5 / 111_250, 5 / 70_300];
  const side = 281;
  const north = home.latitudeDeg + (stepNorthDeg * (side - 1)) / 2;
  const west = home.longitudeDeg - (stepEastDeg * (side - 1)) / 2;
  const heights = Float32Array.from({ length: side * side }, (_, i) => {
    const position = {
      latitudeDeg: north - Math.floor(i / side) * stepNorthDeg,
      longitudeDeg: west + (i % side) * stepEastDeg,
    };
    const { eastM, northM } = frame.toEnu(position, 0);
    return heightAmslM(eastM, northM);
  });
  const { double, long, short } = tags;
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "vigie-cliff-")), "cliff.tif");
  const size = [long(256, side), long(257, side), long(278, side), long(279, heights.byteLength)];
  const floats = [short(258, 32), short(339, 3)];
  // The place is that of the first pixel's corner, half a pixel outwards.
  const corner = [west - stepEastDeg / 2, north + stepNorthDeg / 2];
  const place = [double(33_550, stepEastDeg, stepNorthDeg, 0), double(33_922, 0, 0, 0, ...corner, 0)];
  writeFileSync(file, aGeoTiff([...size, ...floats, ...place], new Uint8Array(heights.buffer)));
  return file;
}
