/**
 * Finds dangers in a flight from the change between two states: a fall, a ground impact, a disarm that this station did
 * not command. A fold (`watchFlight`), so that station, recording and tests give the same result.
 *
 *   before, after ─▶ fall: descends faster than its mode allows, for a while
 *                    ground-impact: a fall or a dive that ended abruptly, or a text of the autopilot about a crash
 *                    disarmed-in-air: always an alarm; on the ground only when this station did not command it
 *                    armed-elsewhere: armed, not by this station
 *                    fence-breach and its end
 */
import type { VehicleCommand } from "./commands.js";
import { newTexts } from "./foldText.js";
import { isArmed, reportedLandedState } from "./selectors/airborne.js";
import type { Stamped, VehicleState, VehicleText, Velocity } from "./vehicleState.js";

export type FlightAlarm =
  | { readonly kind: "fall"; readonly descentMps: number; readonly modeName: string }
  | { readonly kind: "ground-impact"; readonly descentMps: number | undefined; readonly text: string | undefined }
  | { readonly kind: "disarmed-in-air"; readonly altitudeAboveHomeM: number | undefined; readonly wasAsked: boolean }
  /**
   * On the ground and not by this station: the autopilot's delay (ArduPilot's DISARM_DELAY, PX4's COM_DISARM_PRFLT), or
   * another pilot.
   */
  | { readonly kind: "disarmed-by-itself"; readonly hasFlown: boolean }
  /** It happened while the vehicle was not received: where is not known. */
  | { readonly kind: "disarmed-unheard" }
  /** By a pilot's radio, another station, or the autopilot itself. */
  | { readonly kind: "armed-elsewhere" }
  | { readonly kind: "fence-breach" }
  | { readonly kind: "fence-breach-over" };

const DANGERS: readonly FlightAlarm["kind"][] = ["fall", "ground-impact", "disarmed-in-air", "fence-breach"];
export const isDangerous = ({ kind }: FlightAlarm): boolean => DANGERS.includes(kind);

type FlightWatch = {
  /** Since when it descends faster than its mode allows; undefined while it does not. */
  readonly fallsSinceMonoMs: number | undefined;
  readonly isFallReported: boolean;
  /** The fastest descent of the last moments, while armed: an impact is its abrupt end. */
  readonly dive: { readonly descentMps: number; readonly atMonoMs: number } | undefined;
  readonly disarmAskedAtMonoMs: number | undefined;
  readonly armAskedAtMonoMs: number | undefined;
  readonly hasFlown: boolean;
};
export const NO_FLIGHT: FlightWatch = {
  fallsSinceMonoMs: undefined,
  isFallReported: false,
  dive: undefined,
  disarmAskedAtMonoMs: undefined,
  armAskedAtMonoMs: undefined,
  hasFlown: false,
};

/** A descent must last this long: a gust or a wrong estimate is no fall. */
const FALL_FOR_MS = 700;
/**
 * Above the fastest descent that any setting allows the autopilot, with a margin: ArduCopter WPNAV_SPEED_DN and
 * LAND_SPEED_HIGH at most 5 m/s (https://ardupilot.org/copter/docs/parameters.html), PX4 MPC_Z_VEL_MAX_DN at most 4 m/s
 * (https://docs.px4.io/main/en/advanced_config/parameter_reference.html), ArduPlane TECS_SINK_MAX 5 m/s by default.
 */
const HOVER_LIMIT_MPS = { automatic: 6, manual: 8 } as const;
const WING_LIMIT_MPS = { automatic: 12, manual: 18 } as const;
/** Its motors could not stop it within this time: 8 m/s in 0.6 s needs a thrust of more than 1 g above its weight. */
const IMPACT_WITHIN_MS = 600;
/** Below this height above home a softer end counts as an impact too. */
const LOW_M = 3;
const LOW_IMPACT_WITHIN_MS = 2000;
const LOW_IMPACT_MPS = 4;
const STOPPED_MPS = 1;
/** A disarm that shows within this time after the command was commanded here. */
const ASKED_COUNTS_MS = 10_000;
/** An older position does not say where the aircraft was disarmed. */
const PLACE_COUNTS_MS = 3000;

/** In these modes the pilot's sticks decide how fast the aircraft descends. Names of ArduPilot's and PX4's modes. */
const MANUAL_MODES =
  /^(STABILI[ZS]E|STABILIZED|ACRO|MANUAL|SPORT|DRIFT|FLIP|ALT_?HOLD|ALTCTL|ALTITUDE|POSCTL|POSITION|POSHOLD|FBW[AB]|CRUISE|TRAINING|QSTABILIZE|QHOVER|QACRO|RATTITUDE|OFFBOARD|THROW|TURTLE)$/i;
/** Modes that can end in a landing. */
const LANDING_MODES = /LAND|RTL|RETURN|AUTO|MISSION/i;
/** Modes that only descend: in the others the aircraft may also hover, at any height. */
const PURE_LANDING_MODES = /LAND/i;
/**
 * ArduPilot "Crash: Disarming", PX4 "Crash detected". ArduPilot's simulator reports every touch of the ground with the
 * speed.
 */
const CRASH_TEXT = /\bcrash(ed)?\b(?! *check)/i;
const SIM_IMPACT_TEXT = /hit ground at ([\d.]+) *m\/s/i;
const SIM_SOFT_MPS = 2.5;

type Moment = { readonly before: VehicleState; readonly after: VehicleState; readonly nowMonoMs: number };

/** To be called with every change of a vehicle. `nowMonoMs`: when the state became `after`, on the station's clock. */
export function watchFlight(
  watch: FlightWatch,
  before: VehicleState,
  after: VehicleState,
): readonly [FlightWatch, readonly FlightAlarm[]] {
  const moment: Moment = { before, after, nowMonoMs: after.lastReceivedMonoMs };
  const alarms = [
    ...impactAlarms(watch, moment),
    ...disarmAlarms(watch, moment),
    ...armAlarms(watch, moment),
    ...fenceAlarms(moment),
  ];
  const [sinking, fallAlarms] = watchSinking(watch, moment);
  const hasImpact = alarms.some(({ kind }) => kind === "ground-impact");
  const next: FlightWatch = {
    ...sinking,
    dive: hasImpact ? undefined : sinking.dive,
    hasFlown: isArmed(after) === true && ((isArmed(before) === true && watch.hasFlown) || isHighUp(after)),
    armAskedAtMonoMs: isArmed(after) === true ? undefined : watch.armAskedAtMonoMs,
  };
  return [next, [...alarms, ...fallAlarms]];
}

/** Remembers a command of this station, so that its effect raises no alarm. */
export function noteCommand(watch: FlightWatch, { kind }: VehicleCommand, nowMonoMs: number): FlightWatch {
  if (kind === "disarm") return { ...watch, disarmAskedAtMonoMs: nowMonoMs };
  return kind === "arm" ? { ...watch, armAskedAtMonoMs: nowMonoMs } : watch;
}

/** The next arming counts as commanded here, however long it takes. */
export const noteOwnArming = (watch: FlightWatch): FlightWatch => ({
  ...watch,
  armAskedAtMonoMs: Number.POSITIVE_INFINITY,
});

function armAlarms(watch: FlightWatch, { before, after, nowMonoMs }: Moment): readonly FlightAlarm[] {
  if (isArmed(before) !== false || isArmed(after) !== true) return [];
  return isRecent(watch.armAskedAtMonoMs, nowMonoMs, ASKED_COUNTS_MS) ? [] : [{ kind: "armed-elsewhere" }];
}

/** Outside the fence while disarmed is no breach: many fences do not include the take-off point. */
const isBreaching = (vehicle: VehicleState): boolean =>
  isArmed(vehicle) === true && vehicle.fence?.value.isBreached === true;

function fenceAlarms({ before, after }: Moment): readonly FlightAlarm[] {
  const [was, is] = [isBreaching(before), isBreaching(after)];
  if (is) return was ? [] : [{ kind: "fence-breach" }];
  return was ? [{ kind: "fence-breach-over" }] : [];
}

const isNew = <T>(before: Stamped<T> | undefined, after: Stamped<T> | undefined): after is Stamped<T> =>
  after !== undefined && after !== before;

const modeNameOf = ({ heartbeat }: VehicleState): string => heartbeat?.value.modeName ?? "";

function limitMps(vehicle: VehicleState): number {
  const { airframe, flightPhase } = vehicle;
  const isWinged = airframe === "plane" || (airframe === "vtol" && flightPhase?.value.vtol !== "hover");
  const limits = isWinged ? WING_LIMIT_MPS : HOVER_LIMIT_MPS;
  return MANUAL_MODES.test(modeNameOf(vehicle)) ? limits.manual : limits.automatic;
}

const NOT_SINKING = { fallsSinceMonoMs: undefined, isFallReported: false } as const;

/** The dive so far: the newest reading while it is fast, so that its end gets the right time; else the fastest. */
function deeper(dive: FlightWatch["dive"], { value, receivedAtMonoMs }: Stamped<Velocity>): FlightWatch["dive"] {
  const now = { descentMps: value.downMps, atMonoMs: receivedAtMonoMs };
  if (dive === undefined || now.descentMps > LOW_IMPACT_MPS) return now;
  const isOld = now.atMonoMs - dive.atMonoMs > LOW_IMPACT_WITHIN_MS;
  return isOld || now.descentMps >= dive.descentMps ? now : dive;
}

function watchSinking(watch: FlightWatch, { before, after }: Moment): readonly [FlightWatch, readonly FlightAlarm[]] {
  if (isArmed(after) !== true || !after.velocity) return [{ ...watch, ...NOT_SINKING }, []];
  if (!isNew(before.velocity, after.velocity)) return [watch, []];
  const dive = deeper(watch.dive, after.velocity);
  const { descentMps, atMonoMs } = {
    descentMps: after.velocity.value.downMps,
    atMonoMs: after.velocity.receivedAtMonoMs,
  };
  const limit = limitMps(after);
  if (descentMps < limit) {
    const isStillReported = watch.isFallReported && descentMps >= limit / 2;
    return [{ ...watch, dive, fallsSinceMonoMs: undefined, isFallReported: isStillReported }, []];
  }
  const fallsSinceMonoMs = watch.fallsSinceMonoMs ?? atMonoMs;
  const isDue = !watch.isFallReported && atMonoMs - fallsSinceMonoMs >= FALL_FOR_MS;
  const alarm: FlightAlarm = { kind: "fall", descentMps, modeName: modeNameOf(after) };
  return [{ ...watch, dive, fallsSinceMonoMs, isFallReported: watch.isFallReported || isDue }, isDue ? [alarm] : []];
}

function impactAlarms(watch: FlightWatch, { before, after }: Moment): readonly FlightAlarm[] {
  const text = newTexts(before.texts, after.texts).find(isCrashText);
  if (text !== undefined) return [{ kind: "ground-impact", descentMps: watch.dive?.descentMps, text: text.text }];
  // Armed or not: an autopilot may disarm when it touches the ground, before it sends the new speed.
  if (watch.dive === undefined || !isNew(before.velocity, after.velocity)) return [];
  const { descentMps, atMonoMs } = watch.dive;
  const isStopped = Math.abs(after.velocity.value.downMps) < STOPPED_MPS;
  const end: DiveEnd = { descentMps, withinMs: after.velocity.receivedAtMonoMs - atMonoMs };
  const isImpact = isStopped && (isHardEnd(end, limitMps(before)) || isHardLowEnd(end, after));
  return isImpact ? [{ kind: "ground-impact", descentMps, text: undefined }] : [];
}

type DiveEnd = { readonly descentMps: number; readonly withinMs: number };

const isHardEnd = ({ descentMps, withinMs }: DiveEnd, limit: number): boolean =>
  descentMps >= limit && withinMs <= IMPACT_WITHIN_MS;

const isHardLowEnd = ({ descentMps, withinMs }: DiveEnd, { position }: VehicleState): boolean =>
  position !== undefined &&
  position.value.altitudeAboveHomeM < LOW_M &&
  descentMps > LOW_IMPACT_MPS &&
  withinMs <= LOW_IMPACT_WITHIN_MS;

/** False for texts of other components (companion computer, camera): they do not describe the aircraft. */
function isCrashText({ text, componentId }: VehicleText): boolean {
  if (componentId !== undefined) return false;
  const touch = SIM_IMPACT_TEXT.exec(text);
  return touch ? Number(touch[1]) > SIM_SOFT_MPS : CRASH_TEXT.test(text);
}

function disarmAlarms(watch: FlightWatch, { before, after, nowMonoMs }: Moment): readonly FlightAlarm[] {
  if (isArmed(before) !== true || isArmed(after) !== false) return [];
  const wasAsked = isRecent(watch.disarmAskedAtMonoMs, nowMonoMs, ASKED_COUNTS_MS);
  if (!isRecent(before.heartbeat?.receivedAtMonoMs, nowMonoMs, 2 * PLACE_COUNTS_MS)) {
    return wasAsked ? [] : [{ kind: "disarmed-unheard" }];
  }
  const { position } = before;
  if (position && isInAir(before, nowMonoMs)) {
    return [{ kind: "disarmed-in-air", altitudeAboveHomeM: position.value.altitudeAboveHomeM, wasAsked }];
  }
  const isEndOfFlight = watch.hasFlown && LANDING_MODES.test(modeNameOf(before));
  return wasAsked || isEndOfFlight ? [] : [{ kind: "disarmed-by-itself", hasFlown: watch.hasFlown }];
}

const isInAir = (vehicle: VehicleState, nowMonoMs: number): boolean =>
  isRecent(vehicle.position?.receivedAtMonoMs, nowMonoMs, PLACE_COUNTS_MS) && isHighUp(vehicle) && !isLanding(vehicle);

const isRecent = (atMonoMs: number | undefined, nowMonoMs: number, withinMs: number): boolean =>
  atMonoMs !== undefined && nowMonoMs - atMonoMs < withinMs;

/** Higher than anything near home an aircraft could stand on, and not reported as landed. */
const isHighUp = (vehicle: VehicleState): boolean =>
  reportedLandedState(vehicle) !== "ground" && (vehicle.position?.value.altitudeAboveHomeM ?? 0) > LOW_M;

/**
 * No landed state is reported, but it stands still in a mode that only lands: then it is on the ground, though higher
 * than home.
 */
function isLanding(vehicle: VehicleState): boolean {
  const { velocity, heartbeat } = vehicle;
  if (reportedLandedState(vehicle) === "air" && vehicle.flightPhase?.value.landed !== "landing") return false;
  if (!velocity || !PURE_LANDING_MODES.test(heartbeat?.value.modeName ?? "")) return false;
  return Math.abs(velocity.value.downMps) < 0.3 && velocity.value.groundSpeedMps < STOPPED_MPS;
}
