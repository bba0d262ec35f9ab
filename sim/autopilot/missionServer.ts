import { stepArdupilotPlan, tickArdupilotPlan } from "../services/mission/ardupilotPlan.js";
import {
  PLAN_NAMES,
  type MissionServerContext,
  type MissionServerEffect,
  type MissionServerEvent,
  type MissionServerState,
  type Step,
} from "../services/mission/plan.js";
import { stepPx4Plan, tickPx4Plan } from "../services/mission/px4Plan.js";

export { emptyMissionServer } from "../services/mission/plan.js";
export type { MissionServerEffect, MissionServerEvent, MissionServerState } from "../services/mission/plan.js";

function tick(state: MissionServerState, { autopilot, nowMs }: MissionServerContext): Step {
  if (autopilot === "px4") return tickPx4Plan(state, nowMs);
  return PLAN_NAMES.reduce<Step>(
    ([before, effects], name) => {
      const [next, more] = tickArdupilotPlan(before, name, nowMs);
      return [next, more.length === 0 ? effects : [...effects, ...more]];
    },
    [state, []],
  );
}

/**
 * Handles one event for the mission, fence and rally lists on board, as the context's autopilot does. `nowMs` is link time:
 * simulated time divided by the speed-up.
 */
export function stepMissionServer(
  state: MissionServerState,
  event: MissionServerEvent,
  context: MissionServerContext,
): readonly [MissionServerState, readonly MissionServerEffect[]] {
  if (event.kind === "tick") return tick(state, context);
  return context.autopilot === "px4" ? stepPx4Plan(state, event, context) : stepArdupilotPlan(state, event, context);
}
