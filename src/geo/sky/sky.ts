import { getMoonIllumination, getMoonPosition, getPosition, getTimes } from "suncalc";
import { DEG_PER_RAD, RAD_PER_DEG } from "../angles.js";
import type { Position } from "../position.js";

/** By how far the sun is under the horizon: to 6 degrees civil, to 12 nautical, to 18 astronomical. */
type Twilight = "day" | "civil" | "nautical" | "astronomical" | "night";

/** Azimuth true, 0 <= x < 360; elevation of the middle over the geometric horizon, without refraction. */
type InSky = { readonly azimuthDeg: number; readonly elevationDeg: number };

export type Sky = {
  readonly unixTimeMs: number;
  readonly sun: InSky;
  readonly twilight: Twilight;
  /** `litFraction`: 0 at new moon, 1 at full. */
  readonly moon: InSky & { readonly litFraction: number; readonly isWaxing: boolean };
  /** The next sunrise or sunset at a sea horizon; undefined where there is none for two days. */
  readonly next: { readonly kind: "sunrise" | "sunset"; readonly unixTimeMs: number } | undefined;
};

/** The sun's upper edge on the horizon: 16 minutes of arc of its radius, 34 of refraction. */
const SUNRISE_DEG = -0.833;
const TWILIGHTS = [
  ["day", SUNRISE_DEG],
  ["civil", -6],
  ["nautical", -12],
  ["astronomical", -18],
] as const;
const DAY_MS = 86_400_000;

/** Good to 0.1 degree for the sun, 0.5 for the moon, and a minute for `next`, from 1900 to 2100 and between the polar circles. */
export function skyAt(position: Position, unixTimeMs: number): Sky {
  const date = new Date(unixTimeMs);
  const { latitudeDeg, longitudeDeg } = position;
  const sun = inSky(getPosition(date, latitudeDeg, longitudeDeg));
  const { fraction, waxing } = getMoonIllumination(date);
  return {
    unixTimeMs,
    sun,
    twilight: TWILIGHTS.find(([, lowestDeg]) => sun.elevationDeg > lowestDeg)?.[0] ?? "night",
    moon: {
      ...inSky(getMoonPosition(date, latitudeDeg, longitudeDeg)),
      ...{ litFraction: fraction, isWaxing: waxing },
    },
    next: nextEvent(position, unixTimeMs),
  };
}

/** `apparent.altitude`, with refraction, is the library's word. */
const inSky = (apparent: ReturnType<typeof getPosition>): InSky => ({
  azimuthDeg: apparent.azimuth,
  elevationDeg: withoutRefractionDeg(apparent.altitude),
});

/** Of a geometric elevation, 16.4 of Meeus' Astronomical Algorithms; under the horizon that of the horizon, as the library has it. */
function refractionDeg(elevationDeg: number): number {
  const overDeg = Math.max(0, elevationDeg);
  const overRad = overDeg * RAD_PER_DEG;
  return (0.0002967 / Math.tan(overRad + 0.00312536 / (overRad + 0.08901179))) * DEG_PER_RAD;
}

/** It converges to a millionth of a degree: refraction changes by less than a fifth of a change of elevation. */
const ROUNDS = 8;

function withoutRefractionDeg(apparentDeg: number): number {
  let elevationDeg = apparentDeg;
  for (let i = 0; i < ROUNDS; i++) elevationDeg = apparentDeg - refractionDeg(elevationDeg);
  return elevationDeg;
}

function nextEvent({ latitudeDeg, longitudeDeg }: Position, unixTimeMs: number): Sky["next"] {
  const events = [-1, 0, 1, 2].flatMap((day) => {
    const { sunrise, sunset } = getTimes(new Date(unixTimeMs + day * DAY_MS), latitudeDeg, longitudeDeg);
    return [
      { kind: "sunrise", unixTimeMs: sunrise?.getTime() ?? 0 } as const,
      { kind: "sunset", unixTimeMs: sunset?.getTime() ?? 0 } as const,
    ];
  });
  const later = events.filter((event) => event.unixTimeMs > unixTimeMs);
  return later.toSorted((one, other) => one.unixTimeMs - other.unixTimeMs)[0];
}
