/** The MAV_CMD numbers that planning writes or must understand. https://mavlink.io/en/messages/common.html#mav_commands */
export const CMD = {
  waypoint: 16,
  loiterUnlimited: 17,
  loiterTime: 19,
  returnToLaunch: 20,
  land: 21,
  takeOff: 22,
  delay: 93,
  doJump: 177,
  changeSpeed: 178,
  mountControl: 205,
} as const;
