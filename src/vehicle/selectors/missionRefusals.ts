import { spokenTexts } from "../reasonsSince.js";
import type { VehicleState, VehicleText } from "../vehicleState.js";

/** MAV_SEVERITY */
const WARNING = 4;
const ERROR = 3;

/** PX4's checks of a mission (MissionFeasibilityChecker) say so in these words and by events of this name. */
const REJECTION = /mission (?:is |was )?(?:reject|infeasib|invalid|not feasible)|(?:reject|invalid).{0,20}\bmission\b/i;
const REJECTION_EVENT = /^(?:navigator_mis_|navigator_mission)/;
/** What a mission is made of: a warning about it right after an upload is about the upload. */
const ABOUT_A_MISSION = /\bmission\b|way-?point|\blanding\b|take-?off|geo-?fence|\brally\b|\bitem\b/i;

/**
 * Why the autopilot will not fly the mission that was sent since then, in its own words; empty when it said nothing of the
 * kind. An error that nobody can read yet (an event without a description) counts: unknown is not "nothing".
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

/** Said at any time, it means the mission on board: PX4 checks again when home or the fence changes. */
export const isMissionRejection = ({ severity, text, event, componentId }: VehicleText): boolean =>
  componentId === undefined &&
  severity <= WARNING &&
  (REJECTION.test(text) || (event?.name !== undefined && REJECTION_EVENT.test(event.name)));
