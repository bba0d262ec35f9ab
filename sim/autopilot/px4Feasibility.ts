import { isInsideFence } from "./px4Fence.js";
import type { Flavour } from "../flavour.js";
import type { Point } from "./guidance.js";
import type { StoredItem } from "./missionItem.js";
import type { Px4Event, Px4EventName } from "./px4Events.js";

/**
 * PX4's mission feasibility check. It runs after the upload was acknowledged, reports its findings as events (most without
 * STATUSTEXT, as in the recording), and mission mode is available only for a feasible mission.
 * Source: src/modules/navigator/MissionFeasibility/FeasibilityChecker.cpp, mission_feasibility_checker.cpp.
 */
type FeasibilityOptions = {
  readonly stored: { readonly items: readonly StoredItem[]; readonly fence: readonly StoredItem[] };
  readonly vehicle: {
    readonly airframe: Flavour["airframe"];
    /** Undefined before the first position fix. */
    readonly home: Point | undefined;
    readonly isLanded: boolean;
  };
  readonly locate: (item: StoredItem) => Point;
  readonly read: (param: string, fallback: number) => number;
};
/** `text`: only fence and missing position are also reported as STATUSTEXT. */
type FeasibilityFinding = Px4Event & { readonly text?: string };
type Feasibility = { readonly isFeasible: boolean; readonly findings: readonly FeasibilityFinding[] };

const CMD = {
  waypoint: 16,
  returnToLaunch: 20,
  land: 21,
  takeoff: 22,
  loiterToAltitude: 31,
  vtolTakeoff: 84,
  vtolLand: 85,
  doLandStart: 189,
} as const;
const SUPPORTED: readonly number[] = [
  ...[0, 16, 17, 19, 20, 21, 22, 31, 84, 85, 93, 4501, 42600, 211, 177, 178, 179, 183, 189, 2003, 203, 2000, 2001],
  ...[2500, 2501, 200, 204, 205, 1000, 1001, 201, 195, 196, 197, 206, 260, 214, 530, 531, 532, 3000],
];
/** MissionBlock::item_contains_position */
const WITH_POSITION: readonly number[] = [16, 17, 19, 21, 22, 31, 84, 85];
/** Commands allowed before the take-off: all that are not flown to. */
const BEFORE_TAKEOFF: readonly number[] = SUPPORTED.filter(
  (command) => !WITH_POSITION.includes(command) && command !== CMD.returnToLaunch && command !== 4501,
);
const hasPosition = ({ command }: StoredItem): boolean => WITH_POSITION.includes(command);
const isTakeoff = ({ command }: StoredItem): boolean => command === CMD.takeoff || command === CMD.vtolTakeoff;

type Walk = {
  readonly options: FeasibilityOptions;
  readonly home: Point;
  readonly findings: FeasibilityFinding[];
  /** Each check reports only once. */
  readonly failed: Set<string>;
  hasTakeoff: boolean;
  hasSeenPosition: boolean;
  hasSeenFirst: boolean;
  isLandingValid: boolean;
  landStartIndex: number;
  approachIndex: number;
};

function fail(walk: Walk, check: string, name: Px4EventName, ...values: readonly number[]): void {
  walk.failed.add(check);
  walk.findings.push({ name, values });
}

function checkItem(walk: Walk, item: StoredItem, index: number): void {
  if (walk.failed.has("item")) return;
  if (!SUPPORTED.includes(item.command)) {
    fail(walk, "item", "navigator_mis_unsup_cmd", index + 1, item.command);
  } else if (index === 0 && item.command === CMD.land && walk.options.vehicle.isLanded) {
    fail(walk, "item", "navigator_mis_starts_w_landing");
  }
}

function checkFirstDistance(walk: Walk, item: StoredItem): void {
  const mostM = walk.options.read("MIS_DIST_1WP", 900);
  if (mostM <= 0 || walk.hasSeenFirst || !hasPosition(item)) return;
  walk.hasSeenFirst = true;
  const distanceM = flatM(walk.options.locate(item), walk.home);
  if (distanceM >= mostM) fail(walk, "distance", "navigator_mis_first_wp_too_far", Math.trunc(distanceM), mostM);
}

function warnBelowHome(walk: Walk, item: StoredItem, index: number): void {
  if (!hasPosition(item) || walk.options.locate(item).upM >= walk.home.upM) return;
  walk.findings.push({ name: "navigator_mis_wp_below_home", values: [index + 1] });
}

function checkTakeoff(walk: Walk, item: StoredItem): void {
  if (walk.failed.has("take-off")) return;
  if (isTakeoff(item)) {
    const radiusM = walk.options.read("NAV_ACC_RAD", 10);
    if (walk.options.locate(item).upM - walk.home.upM - 1 < radiusM) {
      fail(walk, "take-off", "navigator_mis_takeoff_too_low", radiusM + 1);
      return;
    }
    walk.hasTakeoff = true;
    if (walk.hasSeenPosition) {
      fail(walk, "take-off", "navigator_mis_takeoff_not_first");
      return;
    }
  }
  if (!BEFORE_TAKEOFF.includes(item.command)) walk.hasSeenPosition = true;
}

/** Fixed wing or VTOL: a landing needs a preceding position item, and DO_LAND_START must come before it. */
function checkLanding(walk: Walk, item: StoredItem, index: number): void {
  if (walk.failed.has("landing")) return;
  if (item.command === CMD.doLandStart) {
    if (walk.landStartIndex >= 0) {
      fail(walk, "landing", "navigator_mis_multiple_land");
      return;
    }
    walk.landStartIndex = index;
  }
  const hasLandStart = walk.landStartIndex >= 0;
  if (item.command === CMD.land || item.command === CMD.vtolLand) {
    if (index === 0) {
      fail(walk, "landing", "navigator_mis_starts_w_landing2");
      return;
    }
    walk.approachIndex = index - 1;
  } else if (item.command === CMD.returnToLaunch && hasLandStart) {
    fail(walk, "landing", "navigator_mis_land_before_rtl");
    return;
  }
  walk.isLandingValid = walk.approachIndex >= 0;
}

/** Called after the last item: only then a DO_LAND_START without a landing is known. */
function checkLandStart(walk: Walk): void {
  if (walk.failed.has("landing") || walk.landStartIndex < 0) return;
  if (walk.landStartIndex > walk.approachIndex) fail(walk, "landing", "navigator_mis_invalid_land");
}

const flatM = (a: Point, b: Point): number => Math.hypot(a.eastM - b.eastM, a.northM - b.northM);

/** Distance before touch-down at which the glide starts; undefined where the item before is none PX4 can glide from. */
function approachM(walk: Walk, from: StoredItem, land: Point): number | undefined {
  const distanceM = flatM(walk.options.locate(from), land);
  if (from.command === CMD.waypoint) return distanceM;
  if (from.command !== CMD.loiterToAltitude) {
    fail(walk, "approach", "navigator_mis_unsupported_landing_approach_wp");
    return undefined;
  }
  const radiusM = Math.abs(from.params[1]) || walk.options.read("NAV_LOITER_RAD", 80);
  if (distanceM > radiusM) return Math.sqrt(distanceM ** 2 - radiusM ** 2);
  fail(walk, "approach", "navigator_mis_land_wp_inside_orbit_radius");
  return undefined;
}

/** The glide of a fixed wing must not be steeper than FW_LND_ANG. */
function checkApproach(walk: Walk, item: StoredItem, before: StoredItem | undefined): void {
  if (walk.failed.has("approach") || item.command !== CMD.land || !before || !hasPosition(before)) return;
  const land = walk.options.locate(item);
  const heightM = walk.options.locate(before).upM - land.upM;
  if (heightM <= 0) {
    fail(walk, "approach", "navigator_mis_approach_wp_below_land");
    return;
  }
  const lengthM = approachM(walk, before, land);
  if (lengthM === undefined) return;
  const angleDeg = walk.options.read("FW_LND_ANG", 5);
  const steepest = Math.tan(((angleDeg + 0.1) * Math.PI) / 180);
  if (heightM / lengthM <= steepest) return;
  const tenths = Math.trunc((angleDeg - Math.trunc(angleDeg)) * 10);
  fail(walk, "approach", "navigator_mis_glide_slope_too_steep", Math.trunc(angleDeg), tenths);
  const acceptable = [Math.trunc(steepest * lengthM), Math.ceil(heightM / steepest)];
  fail(walk, "approach", "navigator_mis_correct_glide_slope", ...acceptable);
}

/** MIS_TKO_LAND_REQ: 0 nothing, 1 a take-off, 2 a landing (default of fixed wings and VTOLs), 3 both, 4 both or none. */
function checkRequired(walk: Walk): void {
  const { hasTakeoff, isLandingValid } = walk;
  const required: Readonly<Partial<Record<number, readonly [isGood: boolean, name: Px4EventName]>>> = {
    1: [hasTakeoff, "navigator_mis_takeoff_missing"],
    2: [isLandingValid, "navigator_mis_land_missing"],
    3: [hasTakeoff && isLandingValid, "navigator_mis_takeoff_or_land_missing"],
    4: [
      hasTakeoff === isLandingValid,
      hasTakeoff ? "navigator_mis_add_land_or_rm_to" : "navigator_mis_add_to_or_rm_land",
    ],
  };
  const wanted = required[walk.options.read("MIS_TKO_LAND_REQ", 0)];
  if (wanted && !wanted[0]) fail(walk, "required", wanted[1]);
}

function checkFence(walk: Walk): void {
  const { stored, locate } = walk.options;
  const { items, fence } = stored;
  const outside = items.findIndex((item) => hasPosition(item) && !isInsideFence(locate(item), fence, locate));
  if (outside < 0) return;
  walk.failed.add("fence");
  const text = `Geofence violation for waypoint ${outside + 1}`;
  walk.findings.push({ name: "navigator_mis_geofence_violation", values: [outside + 1], text });
}

const NOT_READY = "Not yet ready for mission, no position lock.";

export function feasibilityOf(options: FeasibilityOptions): Feasibility {
  const { items } = options.stored;
  const { airframe, home } = options.vehicle;
  if (items.length === 0) return { isFeasible: false, findings: [] };
  if (!home) {
    return { isFeasible: false, findings: [{ name: "navigator_mis_no_pos_lock", values: [], text: NOT_READY }] };
  }
  const walk: Walk = {
    options,
    home,
    findings: [],
    failed: new Set(),
    hasTakeoff: false,
    hasSeenPosition: false,
    hasSeenFirst: false,
    isLandingValid: false,
    landStartIndex: -1,
    approachIndex: -1,
  };
  for (const [index, item] of items.entries()) {
    checkItem(walk, item, index);
    checkFirstDistance(walk, item);
    warnBelowHome(walk, item, index);
    checkTakeoff(walk, item);
    if (airframe === "copter") walk.isLandingValid ||= item.command === CMD.land;
    else checkLanding(walk, item, index);
    if (airframe === "plane") checkApproach(walk, item, items[index - 1]);
  }
  checkLandStart(walk);
  checkRequired(walk);
  checkFence(walk);
  return { isFeasible: walk.failed.size === 0, findings: walk.findings };
}
