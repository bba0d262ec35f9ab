import type { GimbalDemand } from "../airframe/gimbal.js";
import type { Demand, Lift } from "../airframe/airframeState.js";
import type { Flavour } from "../flavour.js";
import { guide, type Guidance, type Limits, type Motion, type Point, type Task } from "./guidance.js";
import { emptyMissionServer, type MissionServerEffect, type MissionServerState } from "./missionServer.js";
import type { Peer } from "./missionItem.js";
import { firstMode, type FlightMode, type Role } from "./modes.js";
import type { Params } from "./params.js";
import { emptyEventLog, type EventLog, type SentEvent } from "./px4Events.js";
import { SLOWEST_WING_MPS, paramOf, settingsOf, steepestBankRad } from "./settings.js";
import { portsAtBoot, type StreamState, type Telemetry } from "./streams.js";
import { guideWing, type WingLimits } from "./wingGuidance.js";

/** Sensor and estimator values at one tick. Positions are estimates, not the truth. */
export type Sensed = {
  /** Since boot. */
  readonly nowMs: number;
  readonly motion: Motion;
  readonly headingDeg: number;
  readonly isOnGround: boolean;
  readonly touchdownMps: number;
  /** On the ground and tipped over. */
  readonly isFallenOver: boolean;
  readonly airSpeedMps: number;
  /** What carries the aircraft at this moment. */
  readonly lift: Lift;
  readonly battery: { readonly voltageV: number; readonly usedMah: number };
};

type Failsafes = {
  readonly gcsHeartbeatAtMs: number | undefined;
  readonly isGcsLost: boolean;
  readonly battery: "none" | "low" | "critical";
  readonly batteryLowSinceMs: number | undefined;
  readonly batteryCriticalSinceMs: number | undefined;
};

/** Mission progress. `nextSeq` is 0 before the start; `arrivedAtMs` is the start of the hold at the current item. */
type MissionRun = {
  readonly phase: "stopped" | "running" | "complete";
  readonly seq: number;
  readonly arrivedAtMs: number | undefined;
};

export type ReturnPhase = "climb" | "travel" | "wait" | "land" | "circle";

export type AutopilotState = {
  readonly flavour: Flavour;
  readonly mode: FlightMode;
  /** The lift commanded to the airframe; on a VTOL it follows `wantedLift` once the heading is right for the transition. */
  readonly lift: "rotor" | "wing";
  readonly wantedLift: "rotor" | "wing";
  readonly isArmed: boolean;
  readonly armedAtMs: number;
  /** Has left the ground since arming. */
  readonly hasFlown: boolean;
  /** A take-off command or mission start was given. Until then an armed aircraft stays on the ground. */
  readonly isCleared: boolean;
  readonly boot: { readonly hasFix: boolean; readonly hasPosition: boolean; readonly prearmSentAtMs: number };
  /** Undefined before the first position fix. */
  readonly home: Point | undefined;
  readonly mission: MissionServerState;
  readonly run: MissionRun;
  /** PX4: events sent so far, result of its mission check, and the last health report sent. */
  readonly events: EventLog;
  readonly isMissionFeasible: boolean;
  /** Inputs of the last mission check; when one changes, the mission is checked again. */
  readonly checked: { readonly revision: number; readonly fenceRevision: number; readonly hasHome: boolean };
  readonly health: { readonly reportedAtMs: number; readonly reported: string };
  /** How often each DO_JUMP was executed, by its index. */
  readonly jumps: Readonly<Record<number, number>>;
  /** Mode requested by the mission (an RTL item, its end); entered at the next tick. */
  readonly pendingRole: Role | undefined;
  readonly returning: { readonly phase: ReturnPhase; readonly sinceMs: number } | undefined;
  /** Present in every mode in which the autopilot flies by itself. */
  readonly task: Task | undefined;
  readonly isPaused: boolean;
  readonly guidance: Guidance | undefined;
  /** DO_CHANGE_SPEED, valid until the next mode change: ground speed for rotors, air speed for a wing. */
  readonly groundSpeedMps: number | undefined;
  /** Height given by a take-off command, above the navigation origin. */
  readonly takeOffUpM: number | undefined;
  readonly fixedHeadingDeg: number | undefined;
  readonly headingDemandDeg: number;
  readonly demand: Demand;
  readonly gimbal: GimbalDemand;
  readonly restingSinceMs: number | undefined;
  readonly fallenSinceMs: number | undefined;
  readonly params: Params;
  /** One for each port. */
  readonly ports: readonly StreamState[];
  readonly failsafes: Failsafes;
  /** Latest sensor values, used by commands that arrive between ticks. */
  readonly sensed: Sensed;
};

/** What the autopilot wants sent; `sim/wire` turns it into MAVLink. */
export type AutopilotEffect =
  /** To one port, or to all. */
  | { readonly kind: "telemetry"; readonly name: Telemetry; readonly port?: number }
  | { readonly kind: "mission"; readonly effect: Exclude<MissionServerEffect, { kind: "say" }> }
  | { readonly kind: "text"; readonly severity: number; readonly text: string }
  | { readonly kind: "event"; readonly event: SentEvent }
  | { readonly kind: "command-ack"; readonly to: Peer; readonly command: number; readonly result: number }
  | { readonly kind: "item-reached"; readonly seq: number }
  | { readonly kind: "timesync-reply"; readonly to: Peer; readonly theirNs: bigint };

/**
 * Working copy during one step: handlers replace `state` and append effects. It exists only within one call of `stepAutopilot`,
 * which remains a pure function of state and event.
 */
export type Draft = { state: AutopilotState; readonly effects: AutopilotEffect[] };

export const SEVERITY = { emergency: 0, critical: 2, error: 3, warning: 4, notice: 5, info: 6 } as const;

export function sendText(draft: Draft, severity: number, text: string): void {
  draft.effects.push({ kind: "text", severity, text });
}

/** Changes the streams of one port. */
export function updateStreams(draft: Draft, port: number, change: (streams: StreamState) => StreamState): void {
  const ports = draft.state.ports.map((streams, i) => (i === port ? change(streams) : streams));
  update(draft, { ports });
}

export function update(draft: Draft, change: Partial<AutopilotState>): void {
  draft.state = { ...draft.state, ...change };
}

const AT_REST: Sensed = {
  nowMs: 0,
  motion: { eastM: 0, northM: 0, upM: 0, eastMps: 0, northMps: 0, climbRateMps: 0 },
  headingDeg: 0,
  isOnGround: true,
  touchdownMps: 0,
  isFallenOver: false,
  airSpeedMps: 0,
  lift: "rotor",
  battery: { voltageV: 25, usedMah: 0 },
};

type BootOptions = { readonly speedup?: number; readonly countOfPorts?: number };

/** State just after power-on, on the ground. `speedup`: simulated seconds per wall-clock second. */
export function bootedAutopilot(
  flavour: Flavour,
  params: Params,
  { speedup = 1, countOfPorts = 1 }: BootOptions = {},
): AutopilotState {
  const lift = flavour.airframe === "plane" ? "wing" : "rotor";
  return {
    flavour,
    mode: firstMode(flavour),
    lift,
    wantedLift: lift,
    isArmed: false,
    armedAtMs: 0,
    hasFlown: false,
    isCleared: false,
    boot: { hasFix: false, hasPosition: false, prearmSentAtMs: 0 },
    home: undefined,
    mission: emptyMissionServer,
    run: { phase: "stopped", seq: 0, arrivedAtMs: undefined },
    events: emptyEventLog,
    isMissionFeasible: false,
    checked: { revision: 0, fenceRevision: 0, hasHome: false },
    health: { reportedAtMs: 0, reported: "" },
    jumps: {},
    pendingRole: undefined,
    returning: undefined,
    task: undefined,
    isPaused: false,
    guidance: undefined,
    groundSpeedMps: undefined,
    takeOffUpM: undefined,
    fixedHeadingDeg: undefined,
    headingDemandDeg: 0,
    demand: { kind: "motors-off" },
    gimbal: { pitchDeg: paramOf(params, "MNT1_NEUTRAL_Y", -75), pointing: { from: "nose", angleDeg: 0 } },
    restingSinceMs: undefined,
    fallenSinceMs: undefined,
    params,
    ports: portsAtBoot(flavour, countOfPorts, speedup),
    failsafes: {
      gcsHeartbeatAtMs: undefined,
      isGcsLost: false,
      battery: "none",
      batteryLowSinceMs: undefined,
      batteryCriticalSinceMs: undefined,
    },
    sensed: AT_REST,
  };
}

/** Limits in hover: of a copter, or of a VTOL on rotors. */
export function limitsOf({ flavour, params, groundSpeedMps, mode }: AutopilotState): Limits {
  const { hover, returnMps } = settingsOf(flavour, params);
  const ownMps = mode.role === "return" ? returnMps : undefined;
  return { ...hover, groundSpeedMps: ownMps ?? groundSpeedMps ?? hover.groundSpeedMps };
}

/** Air speed and bank are kept clear of the stall, whatever DO_CHANGE_SPEED asked for. */
function wingLimitsOf({ flavour, params, groundSpeedMps }: AutopilotState): WingLimits {
  const { wing } = settingsOf(flavour, params);
  const airSpeedMps = Math.max(SLOWEST_WING_MPS, groundSpeedMps ?? wing.airSpeedMps);
  return { ...wing, airSpeedMps, bankRad: Math.min(wing.bankRad, steepestBankRad(airSpeedMps)) };
}

/** Home or, before it is set, the place of boot. */
export const homeOf = (state: AutopilotState): Point => state.home ?? { eastM: 0, northM: 0, upM: 0 };

/** Guidance for the current task from the latest sensor values. */
export function guideNow(state: AutopilotState): Guidance | undefined {
  const { task, sensed } = state;
  if (!task) return undefined;
  if (state.lift === "rotor") return guide(task, sensed.motion, limitsOf(state));
  const motion = { ...sensed.motion, headingDeg: sensed.headingDeg };
  return guideWing(task, motion, wingLimitsOf(state), homeOf(state).upM);
}
