/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { readFileSync } from "node:fs";
import { localFrameAt } from "../../geo/localFrame.js";
import type { Position } from "../../geo/position.js";
import { readAircraft, type Aircraft } from "../aircraft.js";
import type { SortieRequest } from "../makeSortie.js";
import type { MissionItem, Plan } from "../plan.js";

/** Wimereux beach. */
export const BEACH: Position = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const frame = localFrameAt(BEACH);

/** The position at these metres east and north of the beach. */
export const metres = (eastM: number, northM: number): Position => frame.toPosition({ eastM, northM, upM: 0 }).position;
export const offset = (position: Position): { xM: number; yM: number } => {
  const { eastM, northM } = frame.toEnu(position, 0);
  return { xM: eastM, yM: northM };
};

export const areaOf = (...corners: readonly (readonly [number, number])[]): readonly Position[] =>
  corners.map(([eastM, northM]) => metres(eastM, northM));

/** Three arms northward on one strip: the way from one arm to the next leads across the notch between. */
export const THREE_ARMS = areaOf(
  ...([
    [0, 0],
    [400, 0],
    [400, 100],
    [300, 100],
    [300, 40],
    [250, 40],
    [250, 100],
  ] as const),
  ...([
    [150, 100],
    [150, 40],
    [100, 40],
    [100, 100],
    [0, 100],
  ] as const),
);

export function theAircraft(): Aircraft {
  const path = "missions/aircraft/quad-thermal.json";
  const aircraft = readAircraft(readFileSync(path, "utf8"), path);
  if (!aircraft.ok) throw new Error(aircraft.error.problem);
  return aircraft.value;
}

export const aRequest = (changes: Partial<SortieRequest> = {}): SortieRequest => ({
  name: "test",
  area: areaOf([0, 0], [300, 0], [300, 200], [0, 200]),
  home: { position: BEACH, altitudeAmslM: 4 },
  aircraft: theAircraft(),
  see: "person",
  podWanted: 0.9,
  wind: { fromDeg: 0, speedMps: 0 },
  isTraining: true,
  override: {},
  ...changes,
});

/** Figures to calculate with by hand: 100 Wh are 360,000 J. */
export const anAircraft = (changes: Partial<Aircraft> = {}): Aircraft => ({
  name: "round figures",
  vehicleType: 2,
  firmwareType: 3,
  cruiseSpeedMps: 10,
  maxAirSpeedMps: 20,
  climbRateMps: 2,
  descentRateMps: 2,
  landingRateMps: 0.5,
  accelerationMps2: 2,
  maxWindMps: 12,
  hoverPowerW: 360,
  cruisePowerW: 540,
  climbPowerW: 720,
  capacityWh: 100,
  reserveFraction: 0.25,
  camera: { widthPx: 640, heightPx: 512, hfovDeg: 42, vfovDeg: 34, depressionDeg: 90 },
  ...changes,
});

export const command = (number: number, params: MissionItem["params"] = [0, 0, 0, 0]): MissionItem => ({
  command: number,
  params,
  autoContinue: true,
});

/** A command with a place, metres from the beach, and a height above home. */
export const commandAt = (number: number, eastM: number, northM: number, upM = 50): MissionItem => ({
  ...command(number),
  position: metres(eastM, northM),
  altitude: { datum: "home", valueM: upM },
});

/** A plan for an ArduPilot copter from the beach, 4 m above the sea. */
export const planOfItems = (items: readonly MissionItem[], changes: Partial<Plan> = {}): Plan => ({
  name: "x",
  vehicleType: 2,
  firmwareType: 3,
  cruiseSpeedMps: 10,
  hoverSpeedMps: 10,
  plannedHome: { position: BEACH, altitudeAmslM: 4 },
  items: items.map((item, i) => ({ kind: "simple", id: `${i}`, item })),
  fenceJson: undefined,
  rallyJson: undefined,
  isTraining: false,
  ...changes,
});
