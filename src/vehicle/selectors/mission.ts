/**
 * The state of the mission, the same for station, screens and command line. Mode numbers: ArduCopter/mode.h,
 * ArduPlane/mode.h, PX4 px4_custom_mode.h (main mode << 16 | sub mode << 24).
 */
import type { VehicleCommand } from "../commands.js";
import type { ModeUse, VehicleState } from "../vehicleState.js";
import { isAirborne } from "./airborne.js";

const COPTER = { auto: 3, guided: 4, loiter: 5, rtl: 6, land: 9, poshold: 16, brake: 17, smartRtl: 21, autoRtl: 27 };
const PLANE = { auto: 10, rtl: 11, loiter: 12, guided: 15, qloiter: 19, qland: 20, qrtl: 21, autoland: 26 };
const px4Mode = (main: number, sub: number): number => (sub << 24) | (main << 16);
const px4Auto = (sub: number): number => px4Mode(4, sub);
const PX4 = { loiter: px4Auto(3), mission: px4Auto(4), rtl: px4Auto(5), land: px4Auto(6), precland: px4Auto(9) };

/** A copter in GUIDED below this speed has reached its target. */
const STANDING_MPS = 1.5;

type Modes = {
  readonly mission: readonly number[];
  readonly hold: readonly number[];
  readonly comingHome: readonly number[];
  readonly manual: readonly number[];
  readonly guided?: number;
};

const COPTER_MODES: Modes = {
  // AUTO_RTL flies the landing part of the mission: what is on board matters as in AUTO.
  mission: [COPTER.auto, COPTER.autoRtl],
  hold: [COPTER.loiter, COPTER.poshold, COPTER.brake],
  comingHome: [COPTER.rtl, COPTER.land, COPTER.smartRtl, COPTER.autoRtl],
  // STABILIZE, ACRO, ALT_HOLD, LOITER, CIRCLE, DRIFT, SPORT, FLIP, AUTOTUNE, POSHOLD, THROW, FLOWHOLD, ZIGZAG, SYSTEMID,
  // AUTOROTATE, TURTLE: all read the throttle stick.
  manual: [0, 1, 2, 5, 7, 11, 13, 14, 15, 16, 18, 22, 24, 25, 26, 28],
  guided: COPTER.guided,
};
const PLANE_MODES: Modes = {
  mission: [PLANE.auto],
  hold: [PLANE.loiter, PLANE.qloiter, PLANE.guided],
  comingHome: [PLANE.rtl, PLANE.qland, PLANE.qrtl, PLANE.autoland],
  // MANUAL, STABILIZE, TRAINING, ACRO, FBWA, FBWB, CRUISE, AUTOTUNE, QSTABILIZE, QHOVER, QLOITER, QAUTOTUNE, QACRO.
  manual: [0, 2, 3, 4, 5, 6, 7, 8, 17, 18, 19, 22, 23],
};
const PX4_MODES: Modes = {
  mission: [PX4.mission],
  hold: [PX4.loiter],
  comingHome: [PX4.rtl, PX4.land, PX4.precland],
  // MANUAL, ALTITUDE, POSITION, POSITION SLOW, ACRO, STABILIZED, RATTITUDE.
  manual: [px4Mode(1, 0), px4Mode(2, 0), px4Mode(3, 0), px4Mode(3, 2), px4Mode(5, 0), px4Mode(7, 0), px4Mode(8, 0)],
};

type ModeVehicle = Pick<VehicleState, "autopilot" | "airframe" | "modes">;

function modesOf({ autopilot, airframe, modes }: ModeVehicle): Modes {
  if (autopilot === "px4") return PX4_MODES;
  if (autopilot === "ardupilot") return airframe === "copter" ? COPTER_MODES : PLANE_MODES;
  const of = (use: ModeUse) =>
    modes.flatMap(({ customMode, uses }) => (uses?.includes(use) === true ? [customMode] : []));
  return { mission: of("mission"), hold: of("hold"), comingHome: of("coming-home"), manual: of("manual") };
}

/** True for a mode in which the aircraft flies the mission on board. */
export const isMissionMode = (vehicle: ModeVehicle, customMode: number | undefined): boolean =>
  customMode !== undefined && modesOf(vehicle).mission.includes(customMode);

/** True when the aircraft is flying the mission on board, by its last heartbeat. */
export const isFlyingMission = (vehicle: VehicleState): boolean =>
  vehicle.heartbeat?.value.isArmed === true && isMissionMode(vehicle, vehicle.heartbeat.value.customMode);

/**
 * True when there is a mission to resume: begun since arming, left for another mode in the air, and not flown to its
 * end. A guided take-off or a go-to alone does not count.
 */
export function canResumeMission(vehicle: VehicleState): boolean {
  if (vehicle.hasBegunMission !== true || !isAirborne(vehicle) || isFlyingMission(vehicle)) return false;
  const state = vehicle.mission?.value.state;
  return state !== "complete" && state !== "none";
}

/** As `canResumeMission`, and the aircraft holds its position: the pause button then offers to resume. */
export const isMissionPaused = (vehicle: VehicleState): boolean => canResumeMission(vehicle) && isHolding(vehicle);

/** Holds its position until another command (a fixed wing circles). */
function isHolding(vehicle: VehicleState): boolean {
  const customMode = vehicle.heartbeat?.value.customMode;
  if (customMode === undefined) return false;
  const { hold, guided } = modesOf(vehicle);
  if (hold.includes(customMode)) return true;
  const speedMps = vehicle.velocity?.value.groundSpeedMps;
  return customMode === guided && speedMps !== undefined && speedMps < STANDING_MPS;
}

/** True when the aircraft flies the mission on board after this command, so that the mission must be known. */
export function leadsToMission(command: VehicleCommand, vehicle: VehicleState): boolean {
  if (command.kind === "set-mode") return isMissionMode(vehicle, command.customMode);
  return command.kind === "start-mission" || command.kind === "resume" || command.kind === "jump-to-item";
}

/** Returning or landing, by its mode: it must be paused before anything else is begun. */
export function isComingHome(vehicle: VehicleState): boolean {
  const customMode = vehicle.heartbeat?.value.customMode;
  return customMode !== undefined && modesOf(vehicle).comingHome.includes(customMode);
}

/**
 * True for a mode in which sticks fly the aircraft. Without a radio its motors idle or it descends, since a missing
 * throttle stick counts as "down".
 */
export const needsSticks = (vehicle: ModeVehicle, customMode: number): boolean =>
  modesOf(vehicle).manual.includes(customMode);

/**
 * The plan's item that is flown now, counted from 0; undefined where the vehicle has not reported it, or for home.
 * ArduPilot has home as item 0, so its item n is the plan's n - 1; PX4 counts as the plan does
 * (https://mavlink.io/en/services/mission.html#current_mission_item).
 */
export function currentPlanItem({ mission, autopilot }: VehicleState): number | undefined {
  const seq = mission?.value.currentSeq;
  if (seq === undefined) return undefined;
  if (autopilot !== "ardupilot") return seq;
  return seq === 0 ? undefined : seq - 1;
}

/** The number of items that the aircraft reports, without home; undefined where it reports none. */
export const countOfItemsAboard = ({ mission }: VehicleState): number | undefined => mission?.value.countOfItems;
