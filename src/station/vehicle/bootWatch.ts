import type { MavlinkFrame } from "../../mavlink/frame.js";
import { fieldsOf } from "../../mavlink/messageFields.js";

/** Messages of one moment may come in any order; a clock that goes back by more than this was started again. */
const GOES_BACK_MS = 2000;

/**
 * Notices that an autopilot was started again: its time since boot goes back, or it was booted after it was last heard.
 * Tells the station's time of the boot then.
 */
export function createBootWatch(): (frame: MavlinkFrame, nowMonoMs: number) => number | undefined {
  let newestMs: number | undefined;
  let receivedAtMonoMs = 0;
  return (frame, nowMonoMs) => {
    const stamped =
      fieldsOf(frame, "GLOBAL_POSITION_INT") ?? fieldsOf(frame, "ATTITUDE") ?? fieldsOf(frame, "SYSTEM_TIME");
    const bootMs = stamped?.time_boot_ms;
    if (bootMs === undefined) return undefined;
    const bootedAtMonoMs = nowMonoMs - bootMs;
    const isReboot =
      newestMs !== undefined && (bootMs < newestMs - GOES_BACK_MS || bootedAtMonoMs > receivedAtMonoMs + GOES_BACK_MS);
    newestMs = isReboot ? bootMs : Math.max(newestMs ?? 0, bootMs);
    receivedAtMonoMs = nowMonoMs;
    return isReboot ? bootedAtMonoMs : undefined;
  };
}
