/**
 * Where the mission is, the one answer for station, screens and command line.
 * Mode numbers: ArduCopter/mode.h, ArduPlane/mode.h, PX4 px4_custom_mode.h (main mode << 16 | sub mode << 24).
 */
import type { VehicleState } from "../vehicleState.js";
import { isAirborne } from "./airborne.js";

const COPTER = { auto: 3, guided: 4, loiter: 5, poshold: 16, brake: 17, autoRtl: 27 } as const;
const PLANE = { auto: 10, loiter: 12, guided: 15, qloiter: 19 } as const;
const px4Auto = (sub: number): number => (sub << 24) | (4 << 16);
const PX4 = { loiter: px4Auto(3), mission: px4Auto(4) } as const;

/** Slower than this a copter in GUIDED has stopped where it was sent. */
const STANDING_MPS = 1.5;

type Modes = { readonly mission: readonly number[]; readonly hold: readonly number[]; readonly guided?: number };

/** AUTO_RTL flies the landing part of the mission: what is on board matters there as in AUTO. */
const COPTER_MODES: Modes = {
  mission: [COPTER.auto, COPTER.autoRtl],
  hold: [COPTER.loiter, COPTER.poshold, COPTER.brake],
  guided: COPTER.guided,
};
const PLANE_MODES: Modes = { mission: [PLANE.auto], hold: [PLANE.loiter, PLANE.qloiter, PLANE.guided] };
const PX4_MODES: Modes = { mission: [PX4.mission], hold: [PX4.loiter] };
const NO_MODES: Modes = { mission: [], hold: [] };

function modesOf({ autopilot, airframe }: Pick<VehicleState, "autopilot" | "airframe">): Modes {
  if (autopilot === "px4") return PX4_MODES;
  if (autopilot !== "ardupilot") return NO_MODES;
  return airframe === "copter" ? COPTER_MODES : PLANE_MODES;
}

/** A mode in which the aircraft flies what is on board. */
export const isMissionMode = (
  vehicle: Pick<VehicleState, "autopilot" | "airframe">,
  customMode: number | undefined,
): boolean => customMode !== undefined && modesOf(vehicle).mission.includes(customMode);

/** Flying the mission that is on board, by its last heartbeat. */
export const isFlyingMission = (vehicle: VehicleState): boolean =>
  vehicle.heartbeat?.value.isArmed === true && isMissionMode(vehicle, vehicle.heartbeat.value.customMode);

/**
 * There is a mission to go on with: begun since the aircraft was armed, left for another mode in the air, and not flown to
 * its end. A guided take-off or a go-to alone is no mission.
 */
export function canResumeMission(vehicle: VehicleState): boolean {
  if (vehicle.hasBegunMission !== true || !isAirborne(vehicle) || isFlyingMission(vehicle)) return false;
  const state = vehicle.mission?.value.state;
  return state !== "complete" && state !== "none";
}

/** As `canResumeMission`, and it waits where it is: the key that pauses then offers to resume. */
export const isMissionPaused = (vehicle: VehicleState): boolean => canResumeMission(vehicle) && isHolding(vehicle);

/** Holds its place until told otherwise (a fixed wing circles). */
function isHolding(vehicle: VehicleState): boolean {
  const customMode = vehicle.heartbeat?.value.customMode;
  if (customMode === undefined) return false;
  const { hold, guided } = modesOf(vehicle);
  if (hold.includes(customMode)) return true;
  const speedMps = vehicle.velocity?.value.groundSpeedMps;
  return customMode === guided && speedMps !== undefined && speedMps < STANDING_MPS;
}

/**
 * The item of the plan that is flown now, counted from 0; undefined where the vehicle has not told, or is at home.
 * ArduPilot keeps home as item 0, so its item n is the plan's n - 1; PX4 counts as the plan does
 * (https://mavlink.io/en/services/mission.html#current_mission_item).
 */
export function currentPlanItem({ mission, autopilot }: VehicleState): number | undefined {
  const seq = mission?.value.currentSeq;
  if (seq === undefined) return undefined;
  if (autopilot !== "ardupilot") return seq;
  return seq === 0 ? undefined : seq - 1;
}

/** How many items the aircraft says it holds, home not counted; undefined where it does not count. */
export const countOfItemsAboard = ({ mission }: VehicleState): number | undefined => mission?.value.countOfItems;
