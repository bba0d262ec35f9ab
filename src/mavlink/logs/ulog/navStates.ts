/**
 * vehicle_status.nav_state as the custom_mode that PX4 puts in its heartbeat (`get_px4_custom_mode`,
 * px4_custom_mode.h): main mode in byte 2, sub mode in byte 3. So links and logs share one table of mode names.
 */
const MAIN_AND_SUB: Readonly<Record<number, readonly [main: number, sub: number]>> = {
  0: [1, 0], // manual
  1: [2, 0], // altitude
  2: [3, 0], // position
  3: [4, 4], // mission
  4: [4, 3], // hold
  5: [4, 5], // return
  6: [3, 2], // position slow
  10: [5, 0], // acro
  12: [4, 6], // descend
  13: [10, 0], // termination
  14: [6, 0], // offboard
  15: [7, 0], // stabilized
  16: [8, 0], // rattitude (before 1.13)
  17: [4, 2], // take-off
  18: [4, 6], // land
  19: [4, 8], // follow
  20: [4, 9], // precision land
  21: [3, 1], // orbit
  22: [4, 10], // VTOL take-off
};

export function customModeOf(navState: number): number {
  const [main, sub] = MAIN_AND_SUB[navState] ?? [0, navState];
  return ((sub << 24) | (main << 16)) >>> 0;
}
