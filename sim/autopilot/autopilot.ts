import { wrap180, wrap360 } from "../../src/geo/angles.js";
import { disarm, stepBoot } from "./arming.js";
import {
  SEVERITY,
  guideNow,
  say,
  update,
  type AutopilotEffect,
  type AutopilotState,
  type Draft,
  type Sensed,
} from "./autopilotState.js";
import { runCommand, setCurrentItem, type Command, type CommandTools } from "./commands.js";
import { stepFailsafes } from "./failsafes.js";
import { CMD, type Peer, type StoredItem } from "./missionItem.js";
import { stepMissionServer, type MissionServerEvent } from "./missionServer.js";
import { stepMission } from "./missionRunner.js";
import { changeModeByNumber } from "./modeChange.js";
import { MODE } from "./modes.js";
import { PARAM_NAMES, paramNameOf, withParam } from "./params.js";
import { stepReturn } from "./returning.js";
import { dueStreams, requestStream } from "./streams.js";

export type AutopilotEvent =
  /** A tick of the autopilot's main loop, 50 a second. */
  | { readonly kind: "tick"; readonly sensed: Sensed }
  | { readonly kind: "gcs-heartbeat"; readonly from: Peer }
  | { readonly kind: "mission"; readonly event: MissionServerEvent }
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "set-mode"; readonly customMode: number }
  | { readonly kind: "set-current"; readonly seq: number }
  | { readonly kind: "param-list" }
  | { readonly kind: "param-read"; readonly name: string; readonly index: number }
  | { readonly kind: "param-set"; readonly name: string; readonly value: number }
  | { readonly kind: "stream-request"; readonly streamId: number; readonly rateHz: number }
  | { readonly kind: "timesync"; readonly from: Peer; readonly theirNs: bigint };

/** What the autopilot needs from the outside to do its sums: the map from items to metres, and back for home. */
export type AutopilotTools = CommandTools & {
  readonly homeItem: (state: AutopilotState) => StoredItem;
  /** Simulated seconds a second: links and people live on the wall clock, so their time-outs are stretched by it. */
  readonly speedup: number;
};

const LANDED_AFTER_MS = 1000;
/** Two parameters a tick: the whole table in a third of a second, telemetry undisturbed. */
const PARAMS_A_TICK = 2;

function stepMissionTransfer(draft: Draft, event: MissionServerEvent, tools: AutopilotTools): void {
  const { state } = draft;
  const context = {
    nowMs: state.sensed.nowMs / tools.speedup,
    home: tools.homeItem(state),
    isMissionRunning: state.mode === MODE.auto && state.run.phase === "running",
  };
  const before = state.mission.revision;
  const [mission, effects] = stepMissionServer(state.mission, event, context);
  update(draft, { mission });
  for (const effect of effects) {
    if (effect.kind === "say") say(draft, effect.severity, effect.text);
    else draft.effects.push({ kind: "mission", effect });
  }
  // A new mission on the ground starts at its beginning; in the air the present item stays where it was.
  if (mission.revision !== before && !state.isArmed) {
    update(draft, { run: { phase: "stopped", seq: 0, arrivedAtMs: undefined } });
  }
}

function stepTask(draft: Draft, tools: AutopilotTools): void {
  const { mode, isPaused, task, guidance } = draft.state;
  if (mode === MODE.auto && !isPaused) stepMission(draft, tools.locate);
  if (mode === MODE.rtl) stepReturn(draft);
  if (mode === MODE.guided && task?.kind === "take-off" && guidance?.hasArrived === true) {
    update(draft, { task: { kind: "hold", at: task.at } });
  }
  update(draft, { guidance: guideNow(draft.state) });
}

function wantedHeadingDeg(state: AutopilotState): number {
  if (state.fixedHeadingDeg !== undefined) return state.fixedHeadingDeg;
  // WP_YAW_BEHAVIOR: 0 never turns, 1 faces the next waypoint, 2 the same but not on the way home.
  const behavior = state.params.WP_YAW_BEHAVIOR;
  const mayTurn = behavior === 1 || (behavior === 2 && state.returning === undefined);
  return (mayTurn ? state.guidance?.headingDeg : undefined) ?? state.headingDemandDeg;
}

/** Turns the wanted heading into a slewed one, so that the nose does not snap. */
function stepDemand(draft: Draft, dtS: number): void {
  const { state } = draft;
  if (!state.isArmed) {
    update(draft, { demand: { kind: "motors-off" }, headingDemandDeg: state.sensed.headingDeg });
    return;
  }
  const { guidance, isCleared, sensed } = state;
  if (!guidance || (sensed.isOnGround && !isCleared)) {
    update(draft, { demand: { kind: "idle" } });
    return;
  }
  const turnDeg = wrap180(wantedHeadingDeg(state) - state.headingDemandDeg);
  const most = 45 * dtS;
  const headingDeg = wrap360(state.headingDemandDeg + Math.min(most, Math.max(-most, turnDeg)));
  const { northMps, eastMps, climbRateMps } = guidance;
  update(draft, {
    headingDemandDeg: headingDeg,
    demand: { kind: "fly", northMps, eastMps, climbRateMps, headingDeg },
  });
}

function onLanded(draft: Draft): void {
  const { mode, run, mission } = draft.state;
  const command = mission.items[run.seq]?.command;
  if (mode === MODE.auto && run.phase === "running" && (command === CMD.returnToLaunch || command === CMD.land)) {
    draft.effects.push({ kind: "item-reached", seq: run.seq });
    update(draft, { run: { ...run, phase: "complete" } });
  }
  disarm(draft, true);
}

/** Long enough at rest: after a landing, or armed with nobody saying go. */
function hasRestedEnough({ task, isCleared, params }: AutopilotState, restedMs: number, speedup: number): boolean {
  if (isCleared) return task?.kind === "land" && restedMs >= LANDED_AFTER_MS;
  return params.DISARM_DELAY > 0 && restedMs >= params.DISARM_DELAY * 1000 * speedup;
}

/** A landing disarms after a second on the ground; an armed aircraft that nobody starts after DISARM_DELAY. */
function stepLanding(draft: Draft, wasOnGround: boolean, speedup: number): void {
  const { sensed, isArmed, restingSinceMs } = draft.state;
  if (!isArmed) return;
  if (!sensed.isOnGround) {
    update(draft, { restingSinceMs: undefined });
    return;
  }
  if (!wasOnGround) say(draft, SEVERITY.info, `SIM Hit ground at ${sensed.touchdownMps.toFixed(6)} m/s`);
  const sinceMs = restingSinceMs ?? sensed.nowMs;
  update(draft, { restingSinceMs: sinceMs });
  if (hasRestedEnough(draft.state, sensed.nowMs - sinceMs, speedup)) onLanded(draft);
}

function sendParams(draft: Draft): void {
  const { paramQueue } = draft.state;
  if (paramQueue.length === 0) return;
  for (const name of paramQueue.slice(0, PARAMS_A_TICK)) {
    draft.effects.push({ kind: "param", name, index: PARAM_NAMES.indexOf(name) });
  }
  update(draft, { paramQueue: paramQueue.slice(PARAMS_A_TICK) });
}

function sendStreams(draft: Draft): void {
  const [streams, due] = dueStreams(draft.state.streams, draft.state.sensed.nowMs);
  if (due.length === 0) return;
  update(draft, { streams });
  for (const name of due) draft.effects.push({ kind: "telemetry", name });
}

/** ArduPilot keeps one "item reached" to send: of several in one tick only the last is heard. */
function onlyLastReached(effects: readonly AutopilotEffect[]): readonly AutopilotEffect[] {
  const last = effects.findLast((effect) => effect.kind === "item-reached");
  return effects.filter((effect) => effect.kind !== "item-reached" || effect === last);
}

function tick(draft: Draft, sensed: Sensed, tools: AutopilotTools): void {
  const before = draft.state.sensed;
  update(draft, { sensed });
  stepBoot(draft, before.nowMs);
  stepMissionTransfer(draft, { kind: "tick" }, tools);
  stepFailsafes(draft, tools);
  if (draft.state.isArmed) stepTask(draft, tools);
  stepLanding(draft, before.isOnGround, tools.speedup);
  stepDemand(draft, (sensed.nowMs - before.nowMs) / 1000);
  sendParams(draft);
  sendStreams(draft);
}

function readParam(draft: Draft, text: string, index: number): void {
  const name = index >= 0 ? PARAM_NAMES[index] : paramNameOf(text);
  // An unknown name gets no reply, as on a real one.
  if (name) draft.effects.push({ kind: "param", name, index: PARAM_NAMES.indexOf(name) });
}

function setParam(draft: Draft, text: string, value: number): void {
  const name = paramNameOf(text);
  if (!name || Number.isNaN(value)) return;
  update(draft, { params: withParam(draft.state.params, name, value) });
  draft.effects.push({ kind: "param", name, index: 65535 });
}

function onCommand(draft: Draft, command: Command, tools: AutopilotTools): void {
  const result = runCommand(draft, command, tools);
  const ack: AutopilotEffect = { kind: "command-ack", to: command.from, command: command.command, result };
  draft.effects.push(ack);
}

function onHeartbeat(draft: Draft, from: Peer): void {
  const { failsafes, params, sensed } = draft.state;
  if (from.systemId !== params.SYSID_MYGCS) return;
  update(draft, { failsafes: { ...failsafes, gcsHeardAtMs: sensed.nowMs } });
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
    case "param-list":
      update(draft, { paramQueue: PARAM_NAMES });
      return;
    case "param-read":
      readParam(draft, event.name, event.index);
      return;
    case "param-set":
      setParam(draft, event.name, event.value);
      return;
    case "stream-request":
      update(draft, { streams: requestStream(state.streams, event.streamId, event.rateHz, state.sensed.nowMs) });
      return;
    case "timesync":
      draft.effects.push({ kind: "timesync-reply", to: event.from, theirNs: event.theirNs });
      return;
  }
}

/**
 * The simulated ArduPilot Copter: one event in, the new state and what it says out. Pure: time is in the ticks, and
 * nothing here knows of sockets, bytes or the true position.
 */
export function stepAutopilot(
  state: AutopilotState,
  event: AutopilotEvent,
  tools: AutopilotTools,
): readonly [AutopilotState, readonly AutopilotEffect[]] {
  const draft: Draft = { state, effects: [] };
  if (event.kind === "tick") tick(draft, event.sensed, tools);
  else handle(draft, event, tools);
  return [draft.state, onlyLastReached(draft.effects)];
}
