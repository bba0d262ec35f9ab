import { isRecentPx4 } from "../flavour.js";
import { disarm, stepBoot } from "./arming.js";
import {
  SEVERITY,
  guideNow,
  sendText,
  update,
  updateStreams,
  type AutopilotEffect,
  type AutopilotState,
  type Draft,
  type Sensed,
} from "./autopilotState.js";
import { stepCrash } from "./crash.js";
import type { Command, CommandTools } from "./commandTypes.js";
import { runCommand } from "./commands.js";
import { setCurrentItem } from "./commonCommands.js";
import { stepDemand } from "./demand.js";
import { stepFailsafes } from "./failsafes.js";
import type { Peer, StoredItem } from "./missionItem.js";
import { stepMissionServer, type MissionServerEvent } from "./missionServer.js";
import { stepMission } from "./missionRunner.js";
import { beginByItself, changeModeByNumber, changeToRole, holdHere } from "./modeChange.js";
import { NAV } from "./navCommands.js";
import { stepHealth } from "./px4Health.js";
import { stepMissionCheck } from "./px4Mission.js";
import { sendTextAndEvent } from "./px4Reports.js";
import { stepReturn } from "./returning.js";
import { paramOf, settingsOf } from "./settings.js";
import { dueStreams, requestStream } from "./streams.js";

export type AutopilotEvent =
  /** A tick of the autopilot's main loop, 50 a second. */
  | { readonly kind: "tick"; readonly sensed: Sensed }
  | { readonly kind: "gcs-heartbeat"; readonly from: Peer }
  | { readonly kind: "mission"; readonly event: MissionServerEvent }
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "set-mode"; readonly customMode: number }
  | { readonly kind: "set-current"; readonly seq: number }
  | { readonly kind: "stream-request"; readonly from: Peer; readonly streamId: number; readonly rateHz: number }
  | { readonly kind: "timesync"; readonly from: Peer; readonly theirNs: bigint };

/** Conversion between item positions and local metres, given from outside to keep the autopilot pure. */
export type AutopilotTools = CommandTools & {
  readonly homeItem: (state: AutopilotState) => StoredItem;
  /** Simulated seconds per wall-clock second. Links and people use wall-clock time, so their timeouts are stretched by it. */
  readonly speedup: number;
};

function stepMissionTransfer(draft: Draft, event: MissionServerEvent, tools: AutopilotTools): void {
  const { state } = draft;
  const context = {
    nowMs: state.sensed.nowMs / tools.speedup,
    home: tools.homeItem(state),
    isMissionRunning: state.mode.role === "mission" && state.run.phase === "running",
    autopilot: state.flavour.autopilot,
    hasPlanIds: isRecentPx4(state.flavour),
    currentSeq: state.run.seq,
  };
  const before = state.mission.revision;
  const [mission, effects] = stepMissionServer(state.mission, event, context);
  update(draft, { mission });
  for (const effect of effects) {
    if (effect.kind === "say") sendText(draft, effect.severity, effect.text);
    else draft.effects.push({ kind: "mission", effect });
  }
  // A new mission uploaded on the ground starts at its beginning; in flight the current item is kept.
  if (mission.revision !== before && !state.isArmed) {
    update(draft, { run: { phase: "stopped", seq: 0, arrivedAtMs: undefined }, jumps: {} });
  }
}

/** End of a take-off: GUIDED hovers (a QuadPlane continues as a plane), PX4's take-off mode changes to Hold. */
function stepTakeOff(draft: Draft, tools: AutopilotTools): void {
  const { flavour, mode, task, guidance } = draft.state;
  if (task?.kind !== "take-off" || guidance?.hasArrived !== true) return;
  if (mode.role === "guided") {
    const goesOnTheWing = flavour.airframe === "vtol";
    update(draft, { task: holdHere(draft.state, task.at), ...(goesOnTheWing ? { wantedLift: "wing" as const } : {}) });
  } else if (mode.role === "take-off") {
    // PX4's VTOL Takeoff ends in wing flight; ArduPilot's TAKEOFF mode circles and remains the current mode.
    if (mode.name === "VTOL Takeoff") update(draft, { wantedLift: "wing" });
    if (flavour.autopilot === "px4") changeToRole(draft, "hold", tools.locate);
    else update(draft, { task: holdHere(draft.state, task.at) });
  }
}

function stepTask(draft: Draft, tools: AutopilotTools): void {
  beginByItself(draft, tools.locate);
  const { mode, isPaused } = draft.state;
  if (mode.role === "mission" && !isPaused) stepMission(draft, tools.locate);
  if (mode.role === "return") stepReturn(draft);
  stepTakeOff(draft, tools);
  const { pendingRole } = draft.state;
  if (pendingRole) {
    update(draft, { pendingRole: undefined });
    changeToRole(draft, pendingRole, tools.locate);
  }
  update(draft, { guidance: guideNow(draft.state) });
}

function onLanded(draft: Draft, reason: "landing" | "idle"): void {
  const { mode, run, mission } = draft.state;
  const command = mission.items[run.seq]?.command;
  const isEnd = command === NAV.returnToLaunch || command === NAV.land || command === NAV.vtolLand;
  if (mode.role === "mission" && run.phase === "running" && isEnd) {
    draft.effects.push({ kind: "item-reached", seq: run.seq });
    update(draft, { run: { ...run, phase: "complete" } });
  }
  disarm(draft, true, reason);
}

/** Rested long enough to disarm: after a landing, or armed without a take-off command. */
function hasRestedEnough(state: AutopilotState, restedMs: number, speedup: number): boolean {
  const { flavour, task, isCleared, hasFlown, params, mode } = state;
  const { landedDisarmS, idleDisarmS } = settingsOf(flavour, params);
  const isLanding = task?.kind === "land" || task?.kind === "glide";
  // PX4 disarms after landing in any mode; ArduPilot in other modes waits for DISARM_DELAY with the throttle at zero.
  if (isCleared && (isLanding || (hasFlown && flavour.autopilot === "px4"))) return restedMs >= landedDisarmS * 1000;
  if (isCleared && mode.role !== "manual") return false;
  return idleDisarmS > 0 && restedMs >= idleDisarmS * 1000 * speedup;
}

const STANDS_BELOW_MPS = 1;

function reportTouchdown(draft: Draft): void {
  const { sensed, flavour } = draft.state;
  const event = { name: "commander_landing_detected", values: [] } as const;
  if (flavour.autopilot === "px4") sendTextAndEvent(draft, SEVERITY.info, "Landing detected", event);
  else sendText(draft, SEVERITY.info, `SIM Hit ground at ${sensed.touchdownMps.toFixed(6)} m/s`);
}

function reportTakeOff(draft: Draft): void {
  update(draft, { hasFlown: true });
  const event = { name: "commander_takeoff_detected", values: [] } as const;
  if (draft.state.flavour.autopilot === "px4") sendTextAndEvent(draft, SEVERITY.info, "Takeoff detected", event);
}

/** Reports take-off and touch-down. For ArduPilot the simulator itself reports touch-down, armed or not. */
function reportGroundContact(draft: Draft, wasOnGround: boolean): void {
  const { sensed, isArmed, flavour } = draft.state;
  if (wasOnGround === sensed.isOnGround) return;
  if (wasOnGround && isArmed) reportTakeOff(draft);
  else if (!wasOnGround && (isArmed || flavour.autopilot === "ardupilot")) reportTouchdown(draft);
}

/** Disarms after a short rest following a landing, and when armed without a take-off for a while. */
function stepLanding(draft: Draft, wasOnGround: boolean, speedup: number): void {
  reportGroundContact(draft, wasOnGround);
  const { sensed, isArmed, restingSinceMs } = draft.state;
  if (!isArmed) return;
  const rollsMps = Math.hypot(sensed.motion.eastMps, sensed.motion.northMps);
  if (!sensed.isOnGround || rollsMps > STANDS_BELOW_MPS) {
    update(draft, { restingSinceMs: undefined });
    if (!sensed.isOnGround || wasOnGround) return;
  }
  const sinceMs = restingSinceMs ?? sensed.nowMs;
  update(draft, { restingSinceMs: sinceMs });
  if (!hasRestedEnough(draft.state, sensed.nowMs - sinceMs, speedup)) return;
  onLanded(draft, draft.state.isCleared ? "landing" : "idle");
}

function sendStreams(draft: Draft): void {
  const { nowMs } = draft.state.sensed;
  for (const [port, before] of draft.state.ports.entries()) {
    const [streams, due] = dueStreams(before, nowMs);
    if (due.length === 0) continue;
    updateStreams(draft, port, () => streams);
    for (const name of due) draft.effects.push({ kind: "telemetry", name, port });
  }
}

/** ArduPilot holds only one pending MISSION_ITEM_REACHED: of several in a tick the last is sent. PX4 sends all. */
function onlyLastReached({ state, effects }: Draft): readonly AutopilotEffect[] {
  if (state.flavour.autopilot === "px4") return effects;
  const last = effects.findLast((effect) => effect.kind === "item-reached");
  return effects.filter((effect) => effect.kind !== "item-reached" || effect === last);
}

function tick(draft: Draft, sensed: Sensed, tools: AutopilotTools): void {
  const before = draft.state.sensed;
  update(draft, { sensed });
  stepBoot(draft, before.nowMs);
  stepMissionTransfer(draft, { kind: "tick" }, tools);
  if (draft.state.flavour.autopilot === "px4") {
    stepMissionCheck(draft, tools.locate);
    stepHealth(draft);
  }
  stepFailsafes(draft, tools);
  if (draft.state.isArmed) stepTask(draft, tools);
  stepLanding(draft, before.isOnGround, tools.speedup);
  stepCrash(draft);
  stepDemand(draft, (sensed.nowMs - before.nowMs) / 1000, before.lift);
  sendStreams(draft);
}

function onCommand(draft: Draft, command: Command, tools: AutopilotTools): void {
  const result = runCommand(draft, command, tools);
  const ack: AutopilotEffect = { kind: "command-ack", to: command.from, command: command.command, result };
  draft.effects.push(ack);
}

function onHeartbeat(draft: Draft, from: Peer): void {
  const { failsafes, params, sensed, flavour } = draft.state;
  // ArduPilot accepts only its own station (MAV_GCS_SYSID since 4.7), PX4 any.
  const own = paramOf(params, "MAV_GCS_SYSID", paramOf(params, "SYSID_MYGCS", 255));
  if (flavour.autopilot === "ardupilot" && from.systemId !== own) return;
  update(draft, { failsafes: { ...failsafes, gcsHeartbeatAtMs: sensed.nowMs } });
}

function handle(draft: Draft, event: Exclude<AutopilotEvent, { kind: "tick" }>, tools: AutopilotTools): void {
  const { state } = draft;
  switch (event.kind) {
    case "gcs-heartbeat":
      onHeartbeat(draft, event.from);
      return;
    case "mission":
      stepMissionTransfer(draft, event.event, tools);
      return;
    case "command":
      onCommand(draft, event.command, tools);
      return;
    case "set-mode":
      changeModeByNumber(draft, event.customMode, tools.locate);
      return;
    case "set-current":
      if (setCurrentItem(draft, event.seq, tools.locate))
        draft.effects.push({ kind: "telemetry", name: "MISSION_CURRENT" });
      return;
    case "stream-request":
      updateStreams(draft, event.from.port ?? 0, (streams) => {
        const asked = { flavour: state.flavour, streams, nowMs: state.sensed.nowMs };
        return requestStream(asked, event.streamId, event.rateHz);
      });
      return;
    case "timesync":
      draft.effects.push({ kind: "timesync-reply", to: event.from, theirNs: event.theirNs });
      return;
  }
}

/**
 * The simulated autopilot: takes one event, returns the new state and what to send. Pure: time comes with the ticks, and it has no
 * access to sockets, bytes or the true position.
 */
export function stepAutopilot(
  state: AutopilotState,
  event: AutopilotEvent,
  tools: AutopilotTools,
): readonly [AutopilotState, readonly AutopilotEffect[]] {
  const draft: Draft = { state, effects: [] };
  if (event.kind === "tick") tick(draft, event.sensed, tools);
  else handle(draft, event, tools);
  return [draft.state, onlyLastReached(draft)];
}
