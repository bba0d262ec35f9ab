import type { MavlinkFrame } from "../../mavlink/frame.js";
import { fieldsOf } from "../../mavlink/messageFields.js";

/** Messages of one moment may arrive in any order; only a clock that goes back by more than this was restarted. */
const GOES_BACK_MS = 2000;
/** A simulator's clock may run several times as fast as ours: its boot then seems to be before its last frame. */
const YOUNG_MS = 10_000;
const OLD_MS = 60_000;

/**
 * Detects that an autopilot was restarted: its time since boot goes back, and its boot is no earlier than its last frame. A
 * second link that is late by seconds makes it go back too, but to a boot long before.
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
      newestMs !== undefined && isRestart({ bootMs, newestMs, sinceLastMs: bootedAtMonoMs - receivedAtMonoMs });
    newestMs = isReboot ? bootMs : Math.max(newestMs ?? 0, bootMs);
    receivedAtMonoMs = nowMonoMs;
    return isReboot ? bootedAtMonoMs : undefined;
  };
}

type Clock = {
  readonly bootMs: number;
  readonly newestMs: number;
  /** From the last frame to the boot; negative when it booted before. */
  readonly sinceLastMs: number;
};

function isRestart({ bootMs, newestMs, sinceLastMs }: Clock): boolean {
  if (sinceLastMs > GOES_BACK_MS) return true;
  const goesBack = bootMs < newestMs - GOES_BACK_MS;
  return goesBack && (sinceLastMs > -GOES_BACK_MS || (bootMs < YOUNG_MS && newestMs > OLD_MS));
}
