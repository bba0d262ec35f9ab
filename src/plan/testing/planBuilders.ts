import { readFileSync } from "node:fs";
import { localFrameAt } from "../../geo/localFrame.js";
import type { Position } from "../../geo/position.js";
import { readAircraft, type Aircraft } from "../aircraft.js";
import type { SortieRequest } from "../makeSortie.js";

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
