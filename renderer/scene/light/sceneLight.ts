import { RAD_PER_DEG } from "../../../src/geo/angles.js";
import type { Sky } from "../../../src/geo/sky/sky.js";
import type { LightDirection } from "../geometry/relief.js";

/** What falls on the ground of the scene; marks and texts are never dimmed. */
export type SceneLight = {
  readonly direction: LightDirection;
  /** Of the theme's own brightness, up to 1. */
  readonly level: number;
  /** How much of the evening's colour the sky near the horizon has, 0 to 1. */
  readonly glow: number;
  /** After civil twilight, when a theme made for sunlight would dazzle. */
  readonly isDark: boolean;
};

/** From the north-west, as maps have it, whatever the hour. */
export const ALWAYS_READABLE: SceneLight = {
  direction: directionOf(315, 46.7),
  ...{ level: 1, glow: 0, isDark: false },
};

function directionOf(azimuthDeg: number, elevationDeg: number): LightDirection {
  const [azimuthRad, elevationRad] = [azimuthDeg * RAD_PER_DEG, elevationDeg * RAD_PER_DEG];
  const level = Math.cos(elevationRad);
  return { east: level * Math.sin(azimuthRad), north: level * Math.cos(azimuthRad), up: Math.sin(elevationRad) };
}

/** The sun's elevation, and the level of a clear sky without a moon: no darker than the darkest ground on which land differs from sea. */
const LEVELS = [
  [-18, 0.36],
  [-12, 0.46],
  [-6, 0.72],
  [0, 1],
] as const;
/** A full moon overhead adds so much. */
const MOON_LEVEL = 0.14;
/** A crescent lights far less than its part of the disc. */
const MOON_POWER = 1.5;
/** Lower light would leave all level ground in the shade of nothing. */
const LOWEST_DEG = 8;
/** Of the sky on the sun's side after sunset. */
const GLOW_DEG = 25;
const GLOW_FROM = { lowDeg: -9, mostDeg: -1, highDeg: 9 };
/** No change smaller than this is drawn: a picture of the ground's light costs some milliseconds. */
const STEP_DEG = 2;
const STEP_LEVEL = 1 / 64;

export function lightOf(sky: Sky): SceneLight {
  const { sun, moon, twilight } = sky;
  const moonlit = Math.max(0, Math.sin(moon.elevationDeg * RAD_PER_DEG)) * moon.litFraction ** MOON_POWER;
  const level = Math.min(1, skyLevel(sun.elevationDeg) + MOON_LEVEL * moonlit);
  return {
    direction: lightDirection(sky, moonlit),
    level: Math.round(level / STEP_LEVEL) * STEP_LEVEL,
    glow: Math.round(glowOf(sun.elevationDeg) / STEP_LEVEL) * STEP_LEVEL,
    isDark: twilight !== "day" && twilight !== "civil",
  };
}

/** The moon counts as a light where it would draw a shadow. */
const MOONLIT_FROM = 0.05;

function lightDirection({ sun, moon, twilight }: Sky, moonlit: number): LightDirection {
  if (twilight === "day") return stepped(sun.azimuthDeg, Math.max(LOWEST_DEG, sun.elevationDeg));
  if (twilight === "civil") return stepped(sun.azimuthDeg, GLOW_DEG);
  if (moonlit >= MOONLIT_FROM) return stepped(moon.azimuthDeg, Math.max(LOWEST_DEG, moon.elevationDeg));
  return ALWAYS_READABLE.direction;
}

const stepped = (azimuthDeg: number, elevationDeg: number): LightDirection =>
  directionOf(Math.round(azimuthDeg / STEP_DEG) * STEP_DEG, Math.round(elevationDeg / STEP_DEG) * STEP_DEG);

function skyLevel(elevationDeg: number): number {
  let [lowDeg, lowLevel]: readonly [number, number] = LEVELS[0];
  for (const [highDeg, highLevel] of LEVELS) {
    if (elevationDeg < highDeg) {
      const part = highDeg === lowDeg ? 0 : Math.max(0, (elevationDeg - lowDeg) / (highDeg - lowDeg));
      return lowLevel + (highLevel - lowLevel) * part;
    }
    [lowDeg, lowLevel] = [highDeg, highLevel];
  }
  return lowLevel;
}

function glowOf(elevationDeg: number): number {
  const { lowDeg, mostDeg, highDeg } = GLOW_FROM;
  const part =
    elevationDeg < mostDeg
      ? (elevationDeg - lowDeg) / (mostDeg - lowDeg)
      : (highDeg - elevationDeg) / (highDeg - mostDeg);
  return Math.max(0, part);
}

/** Whether two lights would give the same picture. */
export const isSameLight = (one: SceneLight, other: SceneLight): boolean =>
  one.level === other.level &&
  one.glow === other.glow &&
  one.isDark === other.isDark &&
  one.direction.east === other.direction.east &&
  one.direction.north === other.direction.north &&
  one.direction.up === other.direction.up;
