import { modesOf } from "./autopilot/modes.js";
import type { Flavour } from "./flavour.js";
import type { Scenario } from "./scenario.js";

/** Before the scenario's clock starts. */
const NOT_BEGUN_S = -1;

/** How far a flight is in its scenario, whose clock starts at boot or at the first arming. */
type ScenarioRun = {
  /**
   * Called at 50 Hz. Returns the mode that the scenario's safety pilot switches to at this time; each switch is returned
   * once.
   */
  readonly tick: (nowMs: number, isArmed: boolean) => number | undefined;
  /** Seconds on the scenario's clock; negative before it starts. */
  readonly timeS: (nowMs: number) => number;
};

export function createScenarioRun({ clock, radio = [] }: Scenario, flavour: Flavour): ScenarioRun {
  let startedMs = clock === "boot" ? 0 : undefined;
  let turned = 0;
  return {
    tick: (nowMs, isArmed) => {
      if (isArmed) startedMs ??= nowMs;
      const next = radio[turned];
      if (!next || startedMs === undefined || nowMs - startedMs < next.atS * 1000) return undefined;
      turned++;
      return modesOf(flavour).find(({ name }) => name === next.mode)?.customMode;
    },
    timeS: (nowMs) => (startedMs === undefined ? NOT_BEGUN_S : (nowMs - startedMs) / 1000),
  };
}
