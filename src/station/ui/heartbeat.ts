import { repeat, type Clock, type Scheduler } from "../../core/clock.js";
import { createUiWatchdog } from "./uiWatchdog.js";

/** https://mavlink.io/en/services/heartbeat.html: once a second; vehicles act on the silence of a few. */
const HEARTBEAT_MS = 1000;
/** Six unanswered ones stop the heartbeat (`uiWatchdog.ts`). */
const PING_MS = 500;

type HeartbeatOptions = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** False for a station without screens. */
  readonly isRequired: boolean;
  /** Asks every page whether it lives. */
  readonly ping: (pingId: number) => void;
  /** On every link. */
  readonly sendHeartbeat: () => void;
};

type Heartbeat = {
  /** A page answered. Nothing else that a page says shows that a person can see it. */
  readonly onAlive: () => void;
  readonly dispose: () => void;
};

/** The ground station's heartbeat, for as long as somebody's page answers. */
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
