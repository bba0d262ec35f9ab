import { createCoast, type Coast } from "../../geo/coast.js";
import type { Position } from "../../geo/position.js";
import { BEACH } from "./planBuilders.js";

const [SOUTH_DEG, NORTH_DEG, WEST_DEG, EAST_DEG] = [50.7, 50.85, 1.5, 1.7];
const at = (latitudeDeg: number, longitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });

/** Land east of the beach, sea west of it, nothing known beyond some eight kilometres. */
export const straightCoast = (): Coast =>
  createCoast({
    attribution: "",
    source: "",
    licence: "",
    date: "2026-01-01",
    error: { medianM: 5, p90M: 10, worstM: 20 },
    box: { westDeg: WEST_DEG, eastDeg: EAST_DEG, southDeg: SOUTH_DEG, northDeg: NORTH_DEG },
    land: [
      {
        outline: [
          at(SOUTH_DEG, BEACH.longitudeDeg),
          at(SOUTH_DEG, EAST_DEG),
          at(NORTH_DEG, EAST_DEG),
          at(NORTH_DEG, BEACH.longitudeDeg),
        ],
        holes: [],
      },
    ],
    harbours: [],
    relief: undefined,
  });
