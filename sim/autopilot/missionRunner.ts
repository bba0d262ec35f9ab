import { wrap360 } from "../../src/geo/angles.js";
import { SEVERITY, guideNow, homeOf, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import { stoppingPoint, turnedBy, type Task } from "./guidance.js";
import { CMD, isNavigation, type StoredItem } from "./missionItem.js";
import { shouldCircle, taskFor, type Locate } from "./missionTask.js";
import { NAV, firstSeqOf, liftOfTransition } from "./navCommands.js";
import { beginReturn, circleAround, ROTORS_FROM_M, stepReturn } from "./returning.js";
import { sendTextAndEvent } from "./px4Reports.js";
import { settingsOf } from "./settings.js";
import { ringToleranceM } from "./wingGuidance.js";

export type { Locate } from "./missionTask.js";

/** Command names in ArduPilot's texts, such as "Mission: 3 WP". */
const NAMES: Readonly<Record<number, string>> = {
  [NAV.waypoint]: "WP",
  [NAV.loiterUnlimited]: "LoitUnlim",
  [NAV.loiterTurns]: "LoitTurns",
  [NAV.loiterTime]: "LoitTime",
  [NAV.returnToLaunch]: "RTL",
  [NAV.land]: "Land",
  [NAV.takeoff]: "Takeoff",
  [NAV.loiterToAltitude]: "LoitAltitude",
  [NAV.vtolTakeoff]: "VTOLTakeoff",
  [NAV.vtolLand]: "VTOLLand",
  [NAV.delay]: "Delay",
  [CMD.landStart]: "DoLandStart",
  [CMD.conditionDelay]: "CondDelay",
  [NAV.conditionYaw]: "CondYaw",
  [NAV.doJump]: "Jump",
  [NAV.changeSpeed]: "ChangeSpeed",
  [NAV.mountControl]: "MountControl",
  [CMD.cameraTriggerDistance]: "SetCamTrigDst",
  [NAV.gimbalPitchYaw]: "GimbalPitchYaw",
  [CMD.imageStartCapture]: "ImageStartCapture",
  [NAV.vtolTransition]: "VTOLTransition",
};

/** Heading for CONDITION_YAW: absolute, or relative to the present heading with param3 as direction. */
export function conditionYawDeg(params: readonly number[], headingDeg: number): number {
  const [angle = 0, , direction = 0, isRelative = 0] = params;
  return wrap360(isRelative > 0 ? headingDeg + angle * (direction < 0 ? -1 : 1) : angle);
}

const isArduCopter = ({ flavour }: AutopilotState): boolean =>
  flavour.autopilot === "ardupilot" && flavour.airframe === "copter";
const sendMissionText = (draft: Draft, text: string): void => {
  // PX4 reports mission progress only by MISSION_CURRENT and MISSION_ITEM_REACHED.
  if (draft.state.flavour.autopilot === "ardupilot") sendText(draft, SEVERITY.info, text);
};

/** Executes a DO command. Camera triggers are accepted without effect: this aircraft films all the time. */
function perform(draft: Draft, item: StoredItem): void {
  const [p1, p2] = item.params;
  switch (item.command) {
    case NAV.changeSpeed:
      if (p1 <= 1 && p2 > 0) update(draft, { groundSpeedMps: p2 });
      return;
    case NAV.conditionYaw:
      update(draft, { fixedHeadingDeg: conditionYawDeg(item.params, draft.state.sensed.headingDeg) });
      return;
    case NAV.mountControl:
      update(draft, { gimbal: { pitchDeg: p1, pointing: { from: "nose", angleDeg: item.params[2] } } });
      return;
    case NAV.gimbalPitchYaw:
      update(draft, { gimbal: { pitchDeg: p1, pointing: { from: "nose", angleDeg: p2 } } });
      return;
    case NAV.vtolTransition: {
      const wantedLift = draft.state.flavour.airframe === "vtol" ? liftOfTransition(p1) : undefined;
      if (wantedLift) askForLift(draft, wantedLift);
      return;
    }
    default:
      return;
  }
}

/** Change to rotors at once; to the wing once the heading is right (the autopilot's `stepLift`). */
function askForLift(draft: Draft, wantedLift: "rotor" | "wing"): void {
  update(draft, { wantedLift, lift: wantedLift === "rotor" ? "rotor" : draft.state.lift });
}

const reached = (draft: Draft, seq: number): void => {
  draft.effects.push({ kind: "item-reached", seq });
};

function reportTakeoff(draft: Draft, aboveHomeM: number): void {
  if (draft.state.flavour.autopilot !== "px4" || !draft.state.sensed.isOnGround) return;
  const event = { name: "mission_takeoff_to", values: [aboveHomeM] } as const;
  sendTextAndEvent(draft, SEVERITY.info, `Takeoff to ${aboveHomeM.toFixed(1)} meters above home`, event);
}

function startNavigation(draft: Draft, seq: number, item: StoredItem, locate: Locate): void {
  update(draft, { run: { phase: "running", seq, arrivedAtMs: undefined } });
  if (item.command === NAV.returnToLaunch) {
    // A copter returns within AUTO; Plane and PX4 change to their return mode.
    if (isArduCopter(draft.state)) beginReturn(draft);
    else update(draft, { pendingRole: "return", task: draft.state.task });
    return;
  }
  if (draft.state.flavour.airframe === "vtol" && isTakeoff(item)) askForLift(draft, "rotor");
  if (isTakeoff(item)) reportTakeoff(draft, locate(item, draft.state).upM - homeOf(draft.state).upM);
  update(draft, { task: taskFor(draft.state, seq, item, locate) });
  update(draft, { guidance: guideNow(draft.state) });
}

/** DO_JUMP: to item `params[0]`, `params[1]` times (-1: without end); undefined when all repeats are used. */
function jumpTarget(draft: Draft, seq: number, item: StoredItem): number | undefined {
  const done = draft.state.jumps[seq] ?? 0;
  const [toSeq, times] = item.params;
  if (times >= 0 && done >= times) return undefined;
  update(draft, { jumps: { ...draft.state.jumps, [seq]: done + 1 } });
  return toSeq;
}

/** Starts the first NAV command after `afterSeq` and executes the DO commands before it; without one the mission ends. */
export function advanceMission(draft: Draft, afterSeq: number, locate: Locate): void {
  const { items } = draft.state.mission;
  const passed: StoredItem[] = [];
  update(draft, { fixedHeadingDeg: undefined, returning: undefined });
  // Two jumps to each other would never end, so the number of steps is limited to the number of items.
  for (let seq = afterSeq + 1, steps = 0; seq < items.length && steps <= items.length; seq++, steps++) {
    const item = items[seq];
    if (!item) break;
    sendMissionText(draft, `Mission: ${seq} ${NAMES[item.command] ?? "Cmd"}`);
    if (isNavigation(item.command)) {
      for (const done of passed) perform(draft, done);
      startNavigation(draft, seq, item, locate);
      return;
    }
    passed.push(item);
    if (item.command === NAV.doJump) seq = (jumpTarget(draft, seq, item) ?? seq + 1) - 1;
    else reached(draft, seq);
  }
  for (const done of passed) perform(draft, done);
  endMission(draft);
}

/** Mission end in flight: rotors hover at the last position, a PX4 wing circles there, an ArduPilot plane returns. */
function endMission(draft: Draft): void {
  const { run, sensed, task, lift, flavour, params } = draft.state;
  const here = lift === "wing" ? sensed.motion : stoppingPoint(sensed.motion);
  const at = task?.kind === "leg" ? task.to : here;
  const isPlane = flavour.autopilot === "ardupilot" && flavour.airframe !== "copter";
  const hold: Task =
    lift === "wing" ? circleAround(at, settingsOf(flavour, params).wing.loiterRadiusM) : { kind: "hold", at };
  update(draft, {
    run: { ...run, phase: "complete", arrivedAtMs: undefined },
    task: sensed.isOnGround ? undefined : hold,
    pendingRole: isPlane && !sensed.isOnGround ? "return" : undefined,
  });
  if (isPlane && !sensed.isOnGround) sendText(draft, SEVERITY.info, "Mission complete, changing mode to RTL");
}

/** These items never complete: a landing ends with disarming, an unlimited loiter by the pilot. */
const ENDLESS: readonly number[] = [NAV.loiterUnlimited, NAV.returnToLaunch, NAV.land, NAV.vtolLand];

/** Whether an item reached `heldS` seconds ago is complete. */
function isHeldEnough({ task, sensed, lift }: AutopilotState, item: StoredItem, heldS: number): boolean {
  if (ENDLESS.includes(item.command)) return false;
  switch (item.command) {
    case NAV.loiterTurns:
      return task?.kind === "circle" && task.turnedDeg >= item.params[0] * 360;
    case NAV.loiterToAltitude:
      return task?.kind !== "circle" || Math.abs(task.centre.upM - sensed.motion.upM) < 3;
    case NAV.loiterTime:
    case NAV.delay:
      return heldS >= item.params[0];
    case NAV.waypoint:
      // A wing cannot hold a position and passes it. NaN means no hold time.
      return lift === "wing" || !(heldS < item.params[0]);
    default:
      return true;
  }
}

function isItemDone(draft: Draft, item: StoredItem): boolean {
  const { run, sensed, guidance } = draft.state;
  if (guidance?.hasArrived !== true && run.arrivedAtMs === undefined) return false;
  const arrivedAtMs = run.arrivedAtMs ?? sensed.nowMs;
  update(draft, { run: { ...run, arrivedAtMs } });
  return isHeldEnough(draft.state, item, (sensed.nowMs - arrivedAtMs) / 1000);
}

/** A landing on rotors flies over the landing point first, then descends. */
function descendWhenOver(draft: Draft): void {
  const { task, guidance, lift, sensed } = draft.state;
  if (task?.kind !== "leg") return;
  if (lift === "wing") {
    const rangeM = Math.hypot(task.to.eastM - sensed.motion.eastM, task.to.northM - sensed.motion.northM);
    if (rangeM > ROTORS_FROM_M) return;
    askForLift(draft, "rotor");
    update(draft, { task: { ...task, from: stoppingPoint(sensed.motion) } });
    update(draft, { guidance: guideNow(draft.state) });
  } else if (guidance?.hasArrived === true) {
    update(draft, { task: { kind: "land", at: task.to, homeUpM: homeOf(draft.state).upM } });
  }
}

/** A VTOL take-off ends in wing flight, except PX4's plain NAV_TAKEOFF, which stays on rotors. */
function goesOnTheWing({ flavour }: AutopilotState, { command }: StoredItem): boolean {
  if (flavour.airframe !== "vtol") return false;
  return command === NAV.vtolTakeoff || (command === NAV.takeoff && flavour.autopilot === "ardupilot");
}

const isTakeoff = ({ command }: StoredItem): boolean => command === NAV.takeoff || command === NAV.vtolTakeoff;
const isLanding = ({ command }: StoredItem): boolean => command === NAV.land || command === NAV.vtolLand;

function reachedText({ flavour, sensed }: AutopilotState, item: StoredItem, seq: number): string | undefined {
  if (flavour.airframe === "copter") return isTakeoff(item) ? undefined : `Reached command #${seq}`;
  if (isTakeoff(item)) return `Takeoff complete at ${sensed.motion.upM.toFixed(2)}m`;
  return item.command === NAV.loiterTurns ? "Loiter orbits complete" : `Reached waypoint #${seq}`;
}

/** Completes the item: reports it and starts the next one. */
function finishItem(draft: Draft, item: StoredItem, locate: Locate): void {
  const { seq } = draft.state.run;
  reached(draft, seq);
  const text = reachedText(draft.state, item, seq);
  if (text !== undefined) sendMissionText(draft, text);
  if (goesOnTheWing(draft.state, item)) askForLift(draft, "wing");
  advanceMission(draft, seq, locate);
}

/** One tick of the running mission. */
export function stepMission(draft: Draft, locate: Locate): void {
  const { run, mission, task, sensed, lift } = draft.state;
  const item = mission.items[run.seq];
  if (run.phase !== "running" || !item) return;
  if (task?.kind === "circle") {
    const toleranceM = lift === "wing" ? ringToleranceM(task.radiusM) : 5;
    update(draft, { task: turnedBy(task, sensed.motion, toleranceM) });
  }
  if (item.command === NAV.returnToLaunch) stepReturn(draft);
  if (isLanding(item)) descendWhenOver(draft);
  if (shouldCircle(draft.state, item)) update(draft, { task: taskFor(draft.state, run.seq, item, locate) });
  if (isItemDone(draft, item)) finishItem(draft, item, locate);
}

/** On entering the mission mode: starts the mission, or resumes it. */
export function startMission(draft: Draft, locate: Locate): void {
  const { run, mission, flavour } = draft.state;
  const first = firstSeqOf(flavour);
  const item = mission.items[run.seq];
  const hasPlace = run.phase === "stopped" && run.seq >= first && item !== undefined;
  if (!hasPlace || !isNavigation(item.command)) {
    update(draft, { jumps: {} });
    advanceMission(draft, hasPlace ? run.seq - 1 : first - 1, locate);
    return;
  }
  update(draft, { task: undefined, returning: undefined });
  startNavigation(draft, run.seq, item, locate);
}
