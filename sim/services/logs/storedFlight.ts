import { seededRng } from "../../../src/core/rng.js";
import type { LocalFrame } from "../../../src/geo/localFrame.js";

/** One sample of a flight made before this simulation began; both log formats are written from it. */
type FlightSample = {
  readonly sinceBootUs: number;
  readonly unixUs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeAmslM: number;
  readonly aboveHomeM: number;
  readonly rollDeg: number;
  readonly pitchDeg: number;
  readonly headingDeg: number;
  readonly northMps: number;
  readonly eastMps: number;
  readonly climbRateMps: number;
  readonly voltageV: number;
  readonly currentA: number;
  readonly remainingFraction: number;
};

export type StoredFlight = {
  readonly beganUnixUs: number;
  readonly homeAmslM: number;
  /** 5 Hz, from take-off to landing. */
  readonly samples: readonly FlightSample[];
};

type StoredFlightOptions = {
  readonly frame: LocalFrame;
  readonly homeAmslM: number;
  readonly beganUnixUs: number;
  readonly lastsS: number;
  readonly seed: number;
};

const RATE_HZ = 5;
const SPEED_MPS = 8;
const HEIGHT_M = 60;
const CLIMB_S = 20;

/** Out along a heading and back at 8 m/s and 60 m, with small wind disturbances. */
export function storedFlight({ frame, homeAmslM, beganUnixUs, lastsS, seed }: StoredFlightOptions): StoredFlight {
  const rng = seededRng(seed);
  const outDeg = rng.uniform() * 360;
  const direction = (outDeg * Math.PI) / 180;
  const samples = Array.from({ length: Math.round(lastsS * RATE_HZ) }, (_, i): FlightSample => {
    const atS = i / RATE_HZ;
    const isBack = atS > lastsS / 2;
    const alongM = SPEED_MPS * (isBack ? lastsS - atS : atS);
    const aboveHomeM = HEIGHT_M * Math.min(1, atS / CLIMB_S, (lastsS - atS) / CLIMB_S);
    const climbRateMps = atS < CLIMB_S ? HEIGHT_M / CLIMB_S : atS > lastsS - CLIMB_S ? -HEIGHT_M / CLIMB_S : 0;
    const sign = isBack ? -1 : 1;
    const place = { eastM: alongM * Math.sin(direction), northM: alongM * Math.cos(direction), upM: 0 };
    return {
      sinceBootUs: 60_000_000 + Math.round(atS * 1e6),
      unixUs: beganUnixUs + Math.round(atS * 1e6),
      ...frame.toPosition(place).position,
      altitudeAmslM: homeAmslM + aboveHomeM,
      aboveHomeM,
      rollDeg: rng.normal(),
      pitchDeg: -6 + rng.normal(),
      headingDeg: (outDeg + (isBack ? 180 : 0)) % 360,
      northMps: sign * SPEED_MPS * Math.cos(direction),
      eastMps: sign * SPEED_MPS * Math.sin(direction),
      climbRateMps,
      voltageV: 25.2 - 2 * (atS / Math.max(1, lastsS)) + 0.05 * rng.normal(),
      currentA: 22 + rng.normal(),
      remainingFraction: 1 - (0.3 * atS) / Math.max(1, lastsS),
    };
  });
  return { beganUnixUs, homeAmslM, samples };
}
