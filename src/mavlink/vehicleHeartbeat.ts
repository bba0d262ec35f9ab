/**
 * Which component of a system is the vehicle's autopilot. The autopilot, its cameras, gimbals and companion computers
 * share a system id, and each sends HEARTBEAT. The field `autopilot` alone does not tell them apart: many programs send
 * GENERIC (0) or the real autopilot's number where the standard requires INVALID.
 * https://mavlink.io/en/services/heartbeat.html#component-identity
 *
 * Pure; the live fleet and recordings use this same rule.
 */

/** The fields of a heartbeat that say what sent it. */
export type HeartbeatSource = {
  readonly componentId: number;
  readonly mavType: number;
  readonly mavAutopilot: number;
};

const MAV_COMP_ID_AUTOPILOT1 = 1;
const MAV_AUTOPILOT_INVALID = 8;
/** GENERIC and RESERVED: what programs send whose authors left the field at its default. */
const UNSPECIFIC_AUTOPILOTS: ReadonlySet<number> = new Set([0, 1]);

/**
 * MAV_TYPEs that move by themselves. All others are stations, payloads and parts: antenna tracker 5, GCS 6, onboard
 * controller 18, gimbal 26, ADSB 27, camera 30 to servo 33, ODID 34, battery 36 to winch 42, illuminator 44, gripper
 * 48, radio 49. https://mavlink.io/en/messages/common.html#MAV_TYPE
 */
const VEHICLE_TYPES: ReadonlySet<number> = new Set([
  0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 28, 29, 35, 43, 45, 46, 47,
]);
/** Types above this are newer than our definitions: accepted only from the autopilot's own component id. */
const LAST_KNOWN_TYPE = 49;

/**
 * Component ids assigned to something other than an autopilot: cameras 100 to 105, servos to bridges 140 to 250. 25 to
 * 99 are free for users, 2 to 24 and 106 to 139 unassigned.
 */
const isPayloadComponent = (componentId: number): boolean =>
  (componentId >= 100 && componentId <= 105) || (componentId >= 140 && componentId <= 250);

/**
 * How certain it is that this component is the system's autopilot; 0: it is not. A more certain component received
 * later replaces a less certain one; an equal one does not.
 *
 *   3  the autopilot's component id with a real autopilot's number
 *   2  the same component id with an unspecific number, or a free component id with a real one
 *   1  provisional: a vehicle's type, and nothing else in its favour
 */
export type VehicleRank = 0 | 1 | 2 | 3;

export function vehicleRank({ componentId, mavType, mavAutopilot }: HeartbeatSource): VehicleRank {
  if (mavAutopilot === MAV_AUTOPILOT_INVALID) return 0;
  const isAutopilots = componentId === MAV_COMP_ID_AUTOPILOT1;
  const isReal = !UNSPECIFIC_AUTOPILOTS.has(mavAutopilot);
  const isNewType = mavType > LAST_KNOWN_TYPE;
  if (isNewType ? !isAutopilots : !VEHICLE_TYPES.has(mavType)) return 0;
  if (isAutopilots) return isReal ? 3 : 2;
  if (isPayloadComponent(componentId)) return isReal ? 1 : 0;
  return isReal ? 2 : 1;
}
