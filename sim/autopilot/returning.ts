import { guideNow, homeOf, update, type Draft, type ReturnPhase } from "./autopilotState.js";
import { stoppingPoint, type Task } from "./guidance.js";

/**
 * Return to launch:  climb ─▶ travel ─▶ wait ─▶ land (and the landing disarms).
 * It climbs to RTL_ALT, never descends to it; waits RTL_LOIT_TIME over home; comes down slowly at the end.
 */
export function beginReturn(draft: Draft): void {
  const { sensed, params } = draft.state;
  const here = stoppingPoint(sensed.motion);
  const home = homeOf(draft.state);
  const upM = Math.max(here.upM, home.upM + params.RTL_ALT / 100);
  const task: Task = { kind: "leg", from: here, to: { ...here, upM }, cornerMps: 0 };
  enter(draft, "climb", task);
}

function enter(draft: Draft, phase: ReturnPhase, task: Task): void {
  update(draft, { returning: { phase, sinceMs: draft.state.sensed.nowMs }, task });
  update(draft, { guidance: guideNow(draft.state) });
}

export function stepReturn(draft: Draft): void {
  const { returning, task, guidance, sensed, params } = draft.state;
  if (!returning || !task) return;
  const home = homeOf(draft.state);
  if (task.kind === "leg" && guidance?.hasArrived === true) {
    const over = { ...home, upM: task.to.upM };
    if (returning.phase === "climb") enter(draft, "travel", { kind: "leg", from: task.to, to: over, cornerMps: 0 });
    else enter(draft, "wait", { kind: "hold", at: task.to });
  } else if (returning.phase === "wait" && sensed.nowMs - returning.sinceMs >= params.RTL_LOIT_TIME) {
    enter(draft, "land", { kind: "land", at: home, homeUpM: home.upM });
  }
}
