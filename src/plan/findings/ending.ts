/**
 * How a plan begins and ends. A fixed wing or VTOL needs a landing in the mission: PX4 refuses one without
 * (MIS_TKO_LAND_REQ, default 2; FeasibilityChecker.cpp), ArduPilot circles over home until somebody takes over.
 * https://docs.px4.io/main/en/flight_modes_fw/mission.html#mission-feasibility-checks
 */
import { localFrameAt } from "../../geo/localFrame.js";
import { DEG_PER_RAD } from "../../geo/angles.js";
import { CMD, isLanding, isNavigation, isTakeOff } from "../missionCommands.js";
import type { MissionItem, PlannedHome } from "../plan.js";
import { firmwareOf, isWinged, vehicleClassOf } from "../vehicleClass.js";
import { isCutShort } from "../flownOrder.js";
import { heightAboveHomeM } from "../flightPath.js";
import { finding, seqOf, type PlanFinding } from "./finding.js";

/** Default of FW_LND_ANG (5 degrees) plus 0.1 for rounding, the tolerance PX4 itself applies. */
const GLIDE_MOST_DEG = 5.1;

type EndingContext = {
  readonly mavType: number;
  readonly mavAutopilot: number;
  readonly home: PlannedHome | undefined;
};

export function endingFindings(items: readonly MissionItem[], context: EndingContext): readonly PlanFinding[] {
  const kind = vehicleClassOf(context.mavType);
  return [
    ...beginning(items),
    ...(isCutShort(items) ? [finding("repeats-too-often", "caution")] : []),
    ...(isWinged(kind) ? wingedEnding(items, context) : hoveringEnding(items)),
    ...(kind === "plane" ? approach(items, context) : []),
  ];
}

/** Speed, gimbal, camera and delays may come first; the first NAV item must be the take-off. */
function beginning(items: readonly MissionItem[]): readonly PlanFinding[] {
  const first = items.findIndex(({ command }) => isNavigation(command) && command !== CMD.delay);
  const isThere = first >= 0 && isTakeOff(items[first]?.command ?? 0);
  return isThere ? [] : [finding("no-take-off", "caution", first < 0 ? {} : { seq: seqOf(first) })];
}

/** The last NAV item, with its index in the list. */
function lastFlown(items: readonly MissionItem[]): { readonly command: number; readonly index: number } | undefined {
  const index = items.findLastIndex(({ command }) => isNavigation(command) && command !== CMD.delay);
  const item = items[index];
  return item && { command: item.command, index };
}

/** A DO_JUMP back without end before the last NAV item: what comes after it is never reached. */
function endlessBefore(items: readonly MissionItem[], lastIndex: number): PlanFinding | undefined {
  const index = items.findIndex(
    ({ command, params: [target = 0, repeats = 0] }, i) =>
      command === CMD.doJump && repeats < 0 && target >= 1 && target - 1 <= i,
  );
  return index >= 0 && index < lastIndex ? finding("never-ends", "caution", { seq: seqOf(index) }) : undefined;
}

/** The plan ends in a DO_JUMP that repeats without end (-1), with no NAV item after it. */
const isEndless = (items: readonly MissionItem[], lastIndex: number): boolean =>
  items.slice(lastIndex).some(({ command, params }) => command === CMD.doJump && (params[1] ?? 0) < 0);

function hoveringEnding(items: readonly MissionItem[]): readonly PlanFinding[] {
  const last = lastFlown(items);
  const endless = last && endlessBefore(items, last.index);
  if (endless) return [endless];
  if (last && isEndless(items, last.index)) return [finding("never-ends", "caution", { seq: seqOf(last.index) })];
  const ends = items.some(({ command }) => command === CMD.returnToLaunch || isLanding(command));
  return ends ? [] : [finding("no-return", "caution")];
}

function wingedEnding(items: readonly MissionItem[], { mavAutopilot }: EndingContext): readonly PlanFinding[] {
  const last = lastFlown(items);
  if (!last) return [];
  const endless = endlessBefore(items, last.index);
  if (endless) return [endless];
  const isPx4 = firmwareOf(mavAutopilot) === "px4";
  const hasLanding = items.some(({ command }, i) => i > 0 && isLanding(command));
  const at = { seq: seqOf(last.index) };
  const misplaced = isPx4 ? misplacedStart(items) : [];
  if (isLanding(last.command) && hasLanding) return misplaced;
  if (isPx4 && !hasLanding) return [finding("no-landing", "danger", at), ...misplaced];
  if (isEndless(items, last.index)) return [finding("never-ends", "caution", at), ...misplaced];
  // A fixed wing circles over home after RTL, unless RTL_AUTOLAND or Q_RTL_MODE say otherwise: somebody must land it.
  if (last.command === CMD.returnToLaunch) return [finding("return-without-landing", "caution", at), ...misplaced];
  return [finding("no-landing", "danger", at), ...misplaced];
}

/** PX4 accepts one DO_LAND_START, with a landing after it and no return. */
function misplacedStart(items: readonly MissionItem[]): readonly PlanFinding[] {
  const starts = items.flatMap(({ command }, i) => (command === CMD.doLandStart ? [i] : []));
  const [first, second] = starts;
  if (first === undefined) return [];
  const after = items.slice(first + 1);
  const isGood =
    second === undefined &&
    after.some(({ command }) => isLanding(command)) &&
    !after.some(({ command }) => command === CMD.returnToLaunch);
  return isGood ? [] : [finding("landing-start-misplaced", "danger", { seq: seqOf(second ?? first) })];
}

/** What PX4 requires of the item before a fixed-wing landing: above the landing, and far enough away for a shallow glide. */
function approach(items: readonly MissionItem[], { mavAutopilot, home }: EndingContext): readonly PlanFinding[] {
  if (firmwareOf(mavAutopilot) !== "px4" || !home) return [];
  return items.flatMap((land, index) => {
    const entry = items[index - 1];
    if (land.command !== CMD.land || !entry?.position || !land.position) return [];
    const { eastM, northM } = localFrameAt(land.position).toEnu(entry.position, 0);
    return glide(entry, land, { home, seq: seqOf(index), awayM: Math.hypot(eastM, northM) });
  });
}

/** `awayM`: from the entry's place to the landing's. */
type Glide = { readonly home: PlannedHome; readonly seq: number; readonly awayM: number };

function glide(entry: MissionItem, land: MissionItem, { home, seq, awayM }: Glide): readonly PlanFinding[] {
  const aboveM = (heightAboveHomeM(entry, home) ?? 0) - (heightAboveHomeM(land, home) ?? 0);
  if (aboveM <= 0) return [finding("landing-approach-low", "danger", { seq })];
  const radiusM = entry.command === CMD.loiterToAltitude ? Math.abs(entry.params[1] ?? 0) : 0;
  if (awayM <= radiusM) return [finding("landing-inside-circle", "danger", { seq, facts: { radiusM } })];
  // The aircraft leaves the loiter circle along the tangent through the landing point, so the glide starts there.
  const slopeDeg = Math.atan2(aboveM, Math.sqrt(awayM ** 2 - radiusM ** 2)) * DEG_PER_RAD;
  if (slopeDeg <= GLIDE_MOST_DEG) return [];
  // The limit is a parameter of the aircraft (FW_LND_ANG): with its default PX4 refuses this, hence only a caution.
  return [finding("landing-approach-steep", "caution", { seq, facts: { slopeDeg, limitDeg: 5 } })];
}
