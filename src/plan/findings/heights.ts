/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/** Checks the flight heights: above home, above the sea where it flies over the sea, and whether their datums can be compared. */
import type { Coast } from "../../geo/coast.js";
import { heightAboveHomeM } from "../flightPath.js";
import { LEGAL_HEIGHT_M } from "../limits.js";
import { CMD, fliesToHeight, isLoiter, isNavigation, isTakeOff, needsGlobalFrame } from "../missionCommands.js";
import type { MissionItem, PlannedHome } from "../plan.js";
import { firmwareOf } from "../vehicleClass.js";
import { finding, seqOf, type PlanFinding } from "./finding.js";

const HEIGHT_LEAST_M = 2;

type HeightContext = {
  readonly home: PlannedHome | undefined;
  readonly coast: Coast | undefined;
  readonly mavAutopilot: number;
};

type Flown = { readonly item: MissionItem; readonly index: number };

export function heightFindings(items: readonly MissionItem[], context: HeightContext): readonly PlanFinding[] {
  const flown = items.map((item, index) => ({ item, index })).filter(({ item }) => hasHeight(item));
  return [
    ...placeFindings(items, context.mavAutopilot),
    ...datumFindings(flown, context.home),
    ...limitFindings(flown, context),
  ];
}

/**
 * Whether the item's height is flown to. A height of 0 on an item without a position, or on a loiter, means "keep the present
 * height" (ArduPilot's Location::sanitize); a take-off's height is always its target.
 */
function hasHeight({ command, position, altitude }: MissionItem): boolean {
  if (!fliesToHeight(command) || altitude === undefined) return false;
  if (isTakeOff(command) || altitude.valueM !== 0) return true;
  return position !== undefined && !isLoiter(command);
}

/**
 * Indices (from 0) of params that must be given, because ArduPilot reads a missing one as 0 and the command then does something
 * else: yaw turns to north, speed becomes none. Yaw, loiter turns and times, conditions, jumps, speeds, servos.
 */
const NEEDED_PARAMS: Readonly<Record<number, readonly number[]>> = {
  18: [0],
  19: [0],
  112: [0],
  114: [0],
  115: [0],
  177: [0, 1],
  178: [1],
  183: [0, 1],
};

function placeFindings(items: readonly MissionItem[], mavAutopilot: number): readonly PlanFinding[] {
  const isPx4 = firmwareOf(mavAutopilot) === "px4";
  return items.flatMap((item, index): PlanFinding[] => {
    const { command, position, altitude } = item;
    const at = { seq: seqOf(index), facts: { command } };
    if (position && !altitude && isNavigation(command)) return [finding("place-without-height", "danger", at)];
    if (isPx4 && altitude?.datum === "terrain") return [finding("frame-not-understood", "danger", at)];
    const missing = (NEEDED_PARAMS[command] ?? []).find((i) => item.params[i] === undefined);
    if (missing !== undefined) {
      return [finding("param-missing", "danger", { seq: seqOf(index), facts: { command, param: missing + 1 } })];
    }
    return isMissingPlace(item, isPx4) ? [finding("no-place", isPx4 ? "danger" : "caution", at)] : [];
  });
}

/** No position given: ArduPilot uses the present position; PX4 would fly to 0° N 0° E, for a take-off or landing too. */
function isMissingPlace({ command, position }: MissionItem, isPx4: boolean): boolean {
  if (position) return false;
  return command === CMD.waypoint || command === CMD.splineWaypoint || (isPx4 && needsGlobalFrame(command));
}

/** Each datum is exact by itself; only without home's AMSL height can heights of different datums not be compared. */
function datumFindings(flown: readonly Flown[], home: PlannedHome | undefined): readonly PlanFinding[] {
  const datums = [...new Set(flown.map(({ item }) => item.altitude?.datum))];
  if (datums.length < 2) return [];
  const isComparable = home !== undefined;
  return [finding("mixed-datums", isComparable ? "caution" : "danger", { facts: { datums: datums.join(", ") } })];
}

function limitFindings(flown: readonly Flown[], { home, coast }: HeightContext): readonly PlanFinding[] {
  if (!home) return [];
  const heights = flown.flatMap(({ item, index }) => {
    const heightM = heightAboveHomeM(item, home);
    return heightM === undefined ? [] : [{ heightM, index }];
  });
  const [first, ...others] = heights;
  if (!first) return [];
  const lowest = others.reduce((least, one) => (one.heightM < least.heightM ? one : least), first);
  const highest = others.reduce((most, one) => (one.heightM > most.heightM ? one : most), first);
  const findings: PlanFinding[] = [];
  if (lowest.heightM < HEIGHT_LEAST_M) {
    const facts = { heightAboveHomeM: lowest.heightM, limitM: HEIGHT_LEAST_M };
    findings.push(finding("too-low", "danger", { seq: seqOf(lowest.index), facts }));
  }
  const isOverSea = flown.some(({ item: { position } }) => position && coast?.landOrSea(position).surface === "sea");
  const aboveSeaM = isOverSea ? highest.heightM + Math.max(0, home.altitudeAmslM) : highest.heightM;
  const tooHigh = (severity: PlanFinding["severity"], heightM: number): void => {
    const facts = { heightAboveHomeM: heightM, limitM: LEGAL_HEIGHT_M };
    findings.push(finding("too-high", severity, { seq: seqOf(highest.index), facts }));
  };
  if (highest.heightM > LEGAL_HEIGHT_M) tooHigh("danger", highest.heightM);
  // Legal above land as high as home, but over the legal limit above the lower sea.
  else if (aboveSeaM > LEGAL_HEIGHT_M) tooHigh("caution", aboveSeaM);
  return findings;
}
