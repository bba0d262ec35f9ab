import type { ServicesOptions } from "./doors.js";
import type { Service } from "./service.js";

/**
 * Everything one simulated aircraft does besides flying, to be asked in this order before its autopilot:
 * for each heard message the first service whose `hear` gives an answer has claimed it.
 */
export function createServices(_options: ServicesOptions): readonly Service[] {
  return [];
}
