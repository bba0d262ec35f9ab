import { wrap360 } from "../../src/geo/angles.js";
import {
  SEVERITY,
  guideNow,
  homeOf,
  limitsOf,
  say,
  update,
  type AutopilotState,
  type Draft,
} from "./autopilotState.js";
import { cornerSpeedMps, stoppingPoint, turnedBy, type Point, type Task } from "./guidance.js";
import { CMD, isNavigation, type StoredItem } from "./missionItem.js";
import { beginReturn, stepReturn } from "./returning.js";

/** Turns a stored item into metres from the navigation origin; latitude and longitude 0 mean "here". */
export type Locate = (item: StoredItem, state: AutopilotState) => Point;

const NAMES: Readonly<Record<number, string>> = {
  [CMD.waypoint]: "WP",
  [CMD.loiterUnlimited]: "LoitUnlim",
  [CMD.loiterTurns]: "LoitTurns",
  [CMD.loiterTime]: "LoitTime",
  [CMD.returnToLaunch]: "RTL",
  [CMD.land]: "Land",
  [CMD.takeoff]: "Takeoff",
  [CMD.conditionDelay]: "CondDelay",
  [CMD.conditionYaw]: "CondYaw",
  [CMD.changeSpeed]: "ChangeSpeed",
  [CMD.mountControl]: "MountControl",
  [CMD.cameraTriggerDistance]: "SetCamTrigDst",
  [CMD.gimbalPitchYaw]: "GimbalPitchYaw",
  [CMD.imageStartCapture]: "ImageStartCapture",
};

/** The heading CONDITION_YAW asks for: absolute, or relative to the present nose with the sign of param3. */
export function conditionYawDeg(params: readonly number[], headingDeg: number): number {
  const [angle = 0, , direction = 0, isRelative = 0] = params;
  return wrap360(isRelative > 0 ? headingDeg + angle * (direction < 0 ? -1 : 1) : angle);
}

/** Commands that are done on the way. Camera triggers are kept and do nothing: this aircraft films all the time. */
function perform(draft: Draft, item: StoredItem): void {
  const [p1, p2] = item.params;
  switch (item.command) {
    case CMD.changeSpeed:
      if (p1 <= 1 && p2 > 0) update(draft, { groundSpeedMps: p2 });
      return;
    case CMD.conditionYaw:
      update(draft, { fixedHeadingDeg: conditionYawDeg(item.params, draft.state.sensed.headingDeg) });
      return;
    case CMD.mountControl:
      update(draft, { gimbal: { pitchDeg: p1, pointing: { from: "nose", angleDeg: item.params[2] } } });
      return;
    case CMD.gimbalPitchYaw:
      update(draft, { gimbal: { pitchDeg: p1, pointing: { from: "nose", angleDeg: p2 } } });
      return;
    default:
      return;
  }
}

const reached = (draft: Draft, seq: number): void => {
  draft.effects.push({ kind: "item-reached", seq });
};

function nextNavigation(items: readonly StoredItem[], afterSeq: number): StoredItem | undefined {
  return items.slice(afterSeq + 1).find((item) => isNavigation(item.command));
}

type LegEnds = { readonly seq: number; readonly from: Point; readonly to: Point };

/** Full stop at a hold, a loiter or the end; otherwise as fast as the corner allows. */
function arrivalMps(state: AutopilotState, { seq, from, to }: LegEnds, locate: Locate): number {
  const item = state.mission.items[seq];
  const after = nextNavigation(state.mission.items, seq);
  const mayRollOn = item?.command === CMD.waypoint && item.params[0] === 0 && after?.command === CMD.waypoint;
  if (!mayRollOn) return 0;
  return cornerSpeedMps(from, to, locate(after, state), limitsOf(state).groundSpeedMps);
}

function taskFor(draft: Draft, seq: number, item: StoredItem, locate: Locate): Task {
  const { state } = draft;
  const here = stoppingPoint(state.sensed.motion);
  const to = locate(item, state);
  // The next leg starts where the last one ended, so that it is flown on the line.
  const from = state.task?.kind === "leg" && state.guidance?.hasArrived === true ? state.task.to : here;
  switch (item.command) {
    case CMD.takeoff:
      return { kind: "take-off", at: { ...stoppingPoint(state.sensed.motion), upM: to.upM } };
    case CMD.loiterTurns: {
      const radiusM = Math.abs(item.params[2]) >= 1 ? Math.abs(item.params[2]) : state.params.CIRCLE_RADIUS / 100;
      const isClockwise = item.params[2] >= 0;
      return { kind: "circle", centre: to, radiusM, isClockwise, turnedDeg: 0, lastBearingDeg: undefined };
    }
    case CMD.land:
      return { kind: "leg", from, to: { ...to, upM: here.upM }, cornerMps: 0 };
    default:
      return { kind: "leg", from, to, cornerMps: arrivalMps(state, { seq, from, to }, locate) };
  }
}

function startNavigation(draft: Draft, seq: number, item: StoredItem, locate: Locate): void {
  const task = taskFor(draft, seq, item, locate);
  update(draft, { run: { phase: "running", seq, arrivedAtMs: undefined }, task });
  if (item.command === CMD.returnToLaunch) beginReturn(draft);
  update(draft, { guidance: guideNow(draft.state) });
}

/** Starts the first navigation command after `afterSeq`, doing what stands before it; without one the mission is over. */
export function advanceMission(draft: Draft, afterSeq: number, locate: Locate): void {
  const { items } = draft.state.mission;
  const passed: StoredItem[] = [];
  update(draft, { fixedHeadingDeg: undefined, returning: undefined });
  for (let seq = afterSeq + 1; seq < items.length; seq++) {
    const item = items[seq];
    if (!item) break;
    say(draft, SEVERITY.info, `Mission: ${seq} ${NAMES[item.command] ?? "Cmd"}`);
    if (isNavigation(item.command)) {
      for (const done of passed) perform(draft, done);
      startNavigation(draft, seq, item, locate);
      return;
    }
    passed.push(item);
    reached(draft, seq);
  }
  for (const done of passed) perform(draft, done);
  const { run, sensed, task } = draft.state;
  // The end of a mission in the air is a hover at its last place (ArduPilot waits there for the pilot).
  const at = task?.kind === "leg" ? task.to : stoppingPoint(sensed.motion);
  update(draft, {
    run: { ...run, phase: "complete", arrivedAtMs: undefined },
    task: sensed.isOnGround ? undefined : { kind: "hold", at },
  });
}

/** True when an item that was reached `heldS` seconds ago has done its work. */
function isHeldEnough(item: StoredItem, task: Task | undefined, heldS: number): boolean {
  switch (item.command) {
    case CMD.loiterUnlimited:
    case CMD.returnToLaunch:
    case CMD.land:
      // The landing ends these two, the pilot the first.
      return false;
    case CMD.loiterTurns:
      return task?.kind === "circle" && task.turnedDeg >= item.params[0] * 360;
    case CMD.loiterTime:
    case CMD.waypoint:
      return heldS >= item.params[0];
    default:
      return true;
  }
}

function isItemDone(draft: Draft, item: StoredItem): boolean {
  const { run, sensed, task, guidance } = draft.state;
  if (guidance?.hasArrived !== true && run.arrivedAtMs === undefined) return false;
  const arrivedAtMs = run.arrivedAtMs ?? sensed.nowMs;
  update(draft, { run: { ...run, arrivedAtMs } });
  return isHeldEnough(item, task, (sensed.nowMs - arrivedAtMs) / 1000);
}

/** NAV_LAND flies over its place first, then comes down. */
function descendWhenOver(draft: Draft): void {
  const { task, guidance } = draft.state;
  if (task?.kind !== "leg" || guidance?.hasArrived !== true) return;
  update(draft, { task: { kind: "land", at: task.to, homeUpM: homeOf(draft.state).upM } });
}

/** One tick of a running mission. */
export function stepMission(draft: Draft, locate: Locate): void {
  const { run, mission, task, sensed } = draft.state;
  const item = mission.items[run.seq];
  if (run.phase !== "running" || !item) return;
  if (task?.kind === "circle") update(draft, { task: turnedBy(task, sensed.motion) });
  if (item.command === CMD.returnToLaunch) stepReturn(draft);
  if (item.command === CMD.land) descendWhenOver(draft);
  if (!isItemDone(draft, item)) return;
  reached(draft, run.seq);
  if (item.command !== CMD.takeoff) say(draft, SEVERITY.info, `Reached command #${run.seq}`);
  advanceMission(draft, run.seq, locate);
}

/** AUTO was entered: begins, or goes on where it stopped. */
export function startMission(draft: Draft, locate: Locate): void {
  const { run, mission } = draft.state;
  const item = mission.items[run.seq];
  const canGoOn = run.phase === "stopped" && run.seq > 0 && item !== undefined;
  if (!canGoOn) {
    advanceMission(draft, 0, locate);
    return;
  }
  update(draft, { task: undefined, returning: undefined });
  startNavigation(draft, run.seq, item, locate);
}
