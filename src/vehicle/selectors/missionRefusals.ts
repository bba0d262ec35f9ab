import { spokenTexts } from "../reasonsSince.js";
import type { VehicleState, VehicleText } from "../vehicleState.js";

/** MAV_SEVERITY */
const WARNING = 4;
const ERROR = 3;

/** PX4's checks of a mission (MissionFeasibilityChecker) send these texts, and events with such names. */
const REJECTION = /mission (?:is |was )?(?:reject|infeasib|invalid|not feasible)|(?:reject|invalid).{0,20}\bmission\b/i;
const REJECTION_EVENT = /^(?:navigator_mis_|navigator_mission)/;
/** Words for parts of a mission: a warning with one of them right after an upload refers to that upload. */
const ABOUT_A_MISSION = /\bmission\b|way-?point|\blanding\b|take-?off|geo-?fence|\brally\b|\bitem\b/i;

/**
 * Why the autopilot refuses to fly the mission that was uploaded since then: its own texts; empty when it sent none. An
 * error event without a description counts too, since it may be a refusal.
 */
export function missionRefusalsSince(vehicle: VehicleState, sinceMonoMs: number): readonly string[] {
  const reported = spokenTexts(vehicle.texts).filter(
    ({ componentId, receivedAtMonoMs }) => componentId === undefined && receivedAtMonoMs >= sinceMonoMs,
  );
  return [...new Set(reported.filter(isAgainstUpload).map(({ text }) => text))];
}

function isAgainstUpload(reported: VehicleText): boolean {
  if (reported.severity > WARNING) return false;
  if (isMissionRejection(reported)) return true;
  const isUnread = reported.event !== undefined && reported.event.name === undefined;
  return isUnread
    ? reported.severity <= ERROR
    : ABOUT_A_MISSION.test(reported.text) && reported.event?.isCheck !== true;
}

/** At any time such a text refers to the mission on board: PX4 checks it again when home or the fence changes. */
export const isMissionRejection = ({ severity, text, event, componentId }: VehicleText): boolean =>
  componentId === undefined &&
  severity <= WARNING &&
  (REJECTION.test(text) || (event?.name !== undefined && REJECTION_EVENT.test(event.name)));
