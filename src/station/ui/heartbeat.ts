import { repeat, type Clock, type Scheduler } from "../../core/clock.js";
import { createUiWatchdog } from "./uiWatchdog.js";

/**
 * https://mavlink.io/en/services/heartbeat.html: once a second; vehicles start their failsafe after a few missing ones.
 */
const HEARTBEAT_MS = 1000;
/** Six unanswered pings stop the heartbeat (`uiWatchdog.ts`). */
const PING_MS = 500;

type HeartbeatOptions = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** False for a station without screens. */
  readonly isRequired: boolean;
  /** Pings every page. */
  readonly ping: (pingId: number) => void;
  /** Sends a heartbeat on every link. */
  readonly sendHeartbeat: () => void;
};

type Heartbeat = {
  /** A page answered a ping. No other message shows that a person can see the page. */
  readonly onAlive: () => void;
  readonly dispose: () => void;
};

/** Sends the ground station's heartbeat for as long as some page answers pings. */
export function startUiHeartbeat({ clock, scheduler, isRequired, ping, sendHeartbeat }: HeartbeatOptions): Heartbeat {
  const watchdog = createUiWatchdog(clock, isRequired);
  let countOfPings = 0;
  const cancelHeartbeat = repeat(scheduler, HEARTBEAT_MS, () => {
    if (watchdog.isUiAlive()) sendHeartbeat();
  });
  const cancelPing = repeat(scheduler, PING_MS, () => ping(++countOfPings));
  return {
    onAlive: watchdog.feed,
    dispose: () => {
      cancelHeartbeat();
      cancelPing();
    },
  };
}
