/** Numbers of MAVLink's command protocol (https://mavlink.io/en/services/command.html) that flight code and services share. */

/** MAV_RESULT. */
export const RESULT = {
  accepted: 0,
  temporarilyRejected: 1,
  denied: 2,
  unsupported: 3,
  failed: 4,
  inProgress: 5,
  cancelled: 6,
} as const;

/** param2 of MAV_CMD_COMPONENT_ARM_DISARM: arm or disarm whatever speaks against it. */
export const FORCE_MAGIC = 21_196;
