/**
 * Parallel sweep (IAMSAR "PS"): legs one spacing apart, the first half a spacing inside the area, leg ends half a spacing before
 * its edge. Computed in a plane rotated so that legs run along x, clipped to the area as drawn; in a concave area one strip
 * may hold several legs. MAVLink has no sweep command: the legs become plain waypoints.
 */
import { err, ok } from "../../core/result.js";
import type { Result } from "../../core/result.js";
import { DEG_PER_RAD, RAD_PER_DEG, wrap360 } from "../../geo/angles.js";
import { isWayInside, longAxisRad, rotated, spansAt } from "../../geo/polygon.js";
import type { Point2, Ring } from "../../geo/polygon.js";
import type { Position } from "../../geo/position.js";
import type { AreaFailure } from "../areaFailure.js";
import { areaPlane } from "../areaPlane.js";
import type { SweepSettings } from "../plan.js";
import { coveredFraction } from "./coverage.js";
import { countOfStrips, extentOf, linesOfStrip, stripsAcross, withTurnarounds } from "./sweepLines.js";
import { orderLines } from "./sweepOrder.js";
import type { FlownLine } from "./sweepOrder.js";
import type { Sweep } from "./pattern.js";

export type SweepShape = Pick<SweepSettings, "legHeadingDeg" | "trackSpacingM" | "turnaroundM">;

const LEGS_LIMIT = 1000;
// A transit outside the area costs this many times its length, so that an order that stays inside is preferred.
const OUTSIDE_FACTOR = 3;

/** Legs in flight order. `home`, when given, decides at which corner the sweep begins. */
export function parallelSweep(
  area: readonly Position[],
  settings: SweepShape,
  home?: Position,
): Result<Sweep, AreaFailure> {
  const badSetting = settingFailure(settings);
  if (badSetting) return err(badSetting);
  const plane = areaPlane(area);
  if (!plane.ok) return plane;
  const { toPlane, toPosition, areaM2 } = plane.value;
  const { trackSpacingM, turnaroundM } = settings;

  // Rotates the plane by the leg's angle from east, so that legs run along x.
  const legRad = (90 - settings.legHeadingDeg) * RAD_PER_DEG;
  const ring = rotated(plane.value.ring, -legRad);
  const strips = countOfStrips(ring, trackSpacingM);
  if (strips > LEGS_LIMIT) return err({ kind: "too-many-legs", legs: strips, limit: LEGS_LIMIT });
  const middles = stripsAcross(ring, trackSpacingM);
  // A ragged outline cuts each strip into many legs: they are counted first, so that too many can be refused cheaply.
  const pieces = middles.reduce((count, yM) => count + spansAt(ring, yM).length, 0);
  if (pieces > LEGS_LIMIT) return err({ kind: "too-many-legs", legs: pieces, limit: LEGS_LIMIT });
  const lines = middles.flatMap((yM, strip) =>
    withTurnarounds(linesOfStrip(ring, { strip, yM }, trackSpacingM), ring, turnaroundM),
  );
  if (lines.length === 0) return err({ kind: "no-surface", areaM2 });

  const isInside = turnaroundM > 0 ? () => true : transitsInside(ring);
  const wayCost = (from: Point2, to: Point2): number =>
    lengthOf({ from, to }) * (isInside(from, to) ? 1 : OUTSIDE_FACTOR);
  const turned = (point: Point2, byRad: number): Point2 => rotated([point], byRad)[0] ?? point;
  const flown = orderLines(lines, home && turned(toPlane(home), -legRad), wayCost);
  const transits = transitsBetween(flown);
  const onEarth = (point: Point2): Position => toPosition(turned(point, legRad));
  return ok({
    legs: flown.map((line) => ({
      from: onEarth(line.from),
      to: onEarth(line.to),
      headingDeg: wrap360(settings.legHeadingDeg + (line.to.xM >= line.from.xM ? 0 : 180)),
      lengthM: lengthOf(line),
    })),
    areaM2,
    lengthM: [...flown, ...transits].reduce((sumM, line) => sumM + lengthOf(line), 0),
    transitsOutsideArea: transits.filter(({ from, to }) => !isInside(from, to)).length,
    coveredFraction: (swathM) => coveredFraction(ring, lines, { swathM, beyondM: endReachM(settings, swathM) }),
  });
}

/** True direction of the long side of the smallest enclosing rectangle, 0 ≤ x < 180; 0 for an invalid area. */
export function longAxisHeadingDeg(area: readonly Position[]): number {
  const plane = areaPlane(area);
  if (!plane.ok) return 0;
  const headingDeg = wrap360(90 - longAxisRad(plane.value.ring) * DEG_PER_RAD) % 180;
  // Rounding may give 179.9999999 for north; return 0 then.
  return headingDeg > 180 - 1e-9 ? 0 : headingDeg;
}

/** Extent of the area across legs of that heading, metres; undefined for an invalid area. */
export function widthAcrossM(area: readonly Position[], legHeadingDeg: number): number | undefined {
  const plane = areaPlane(area);
  if (!plane.ok) return undefined;
  const { lowM, highM } = extentOf(rotated(plane.value.ring, (legHeadingDeg - 90) * RAD_PER_DEG));
  return highM - lowM;
}

function settingFailure({ legHeadingDeg, trackSpacingM, turnaroundM }: SweepShape): AreaFailure | undefined {
  const bad = (setting: string, value: number): AreaFailure => ({ kind: "bad-setting", setting, value });
  if (!Number.isFinite(legHeadingDeg)) return bad("legHeadingDeg", legHeadingDeg);
  if (!(trackSpacingM >= 0.5 && trackSpacingM <= 100_000)) return bad("trackSpacingM", trackSpacingM);
  if (!(turnaroundM >= 0 && turnaroundM <= 1000)) return bad("turnaroundM", turnaroundM);
  return undefined;
}

const endReachM = ({ trackSpacingM }: SweepShape, swathM: number): number => Math.min(trackSpacingM, swathM) / 2;

/** Tests whether a transit stays inside; cached, because every candidate order asks for the same transits. */
function transitsInside(ring: Ring): (from: Point2, to: Point2) => boolean {
  const known = new Map<string, boolean>();
  return (from, to) => {
    const key = `${from.xM} ${from.yM} ${to.xM} ${to.yM}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const isInside = isWayInside(ring, from, to);
    known.set(key, isInside);
    return isInside;
  };
}

const lengthOf = ({ from, to }: FlownLine): number => Math.hypot(to.xM - from.xM, to.yM - from.yM);

function transitsBetween(flown: readonly FlownLine[]): readonly FlownLine[] {
  return flown.slice(1).map((line, i) => ({ from: flown[i]?.to ?? line.from, to: line.from }));
}
