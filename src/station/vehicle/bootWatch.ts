import type { MavlinkFrame } from "../../mavlink/frame.js";
import { fieldsOf } from "../../mavlink/messageFields.js";

/** Messages of one moment may arrive in any order; only a clock that goes back by more than this was restarted. */
const GOES_BACK_MS = 2000;

/**
 * Detects that an autopilot was restarted: its time since boot goes back, or its boot is later than its last frame.
 * Returns the station's time of that boot; otherwise undefined.
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
