import { update, type AutopilotState, type Draft } from "./autopilotState.js";
import type { Px4Event, Px4EventName } from "./px4Events.js";
import { sendEvent } from "./px4Reports.js";
import { paramOf } from "./settings.js";

/**
 * PX4's health and arming report: whenever a check changes, all failing checks are sent as a group of events between two summary
 * events. Numbers of modes, components and masks are those of the recordings. Source: commander/HealthAndArmingChecks.
 */
const COMPONENT = { remoteControl: 7, battery: 11, links: 12, system: 20 } as const;
const MODES = { local: 0x7e003c, global: 0x3c, mission: 0x8, offboard: 0x4000, all: 0xffffffff } as const;
/** Bit masks of modes: flyable without a position, added by a position, added by a feasible mission. */
const CAN = { always: 0xff813bc0, withPosition: 0x7ec030, withMission: 0x8 } as const;
const PRESENT = 0x2802080e;
const LINK_PRESENT = 0x1000;
const SYSTEM_ERROR = 0x100000;
const CONTROL_WARNING = 0x80;
const AT_LEAST_APART_MS = 2000;

const check = (name: Px4EventName, modes: number, component: number): Px4Event => ({
  name,
  values: [modes, component],
});

function isGcsConnected({ failsafes, sensed, params }: AutopilotState): boolean {
  const heartbeatAtMs = failsafes.gcsHeartbeatAtMs;
  return heartbeatAtMs !== undefined && sensed.nowMs - heartbeatAtMs < paramOf(params, "COM_DL_LOSS_T", 10) * 1000;
}

function report(state: AutopilotState): readonly Px4Event[] {
  const { boot, failsafes, isMissionFeasible } = state;
  const isLinked = isGcsConnected(state);
  const can =
    (CAN.always | (boot.hasPosition ? CAN.withPosition : 0) | (isMissionFeasible ? CAN.withMission : 0)) >>> 0;
  const failing = [
    boot.hasPosition ? undefined : check("check_modes_local_pos", MODES.local, COMPONENT.system),
    boot.hasPosition ? undefined : check("check_modes_global_pos", MODES.global, COMPONENT.system),
    isMissionFeasible ? undefined : check("check_modes_mission", MODES.mission, COMPONENT.system),
    check("check_modes_offboard_signal", MODES.offboard, COMPONENT.system),
    // No stick input here: a warning that blocks no automatic mode.
    check("check_modes_manual_control", MODES.all, COMPONENT.remoteControl),
    isLinked ? undefined : check("check_rc_dl_no_dllink", MODES.all, COMPONENT.links),
    failsafes.battery === "none" ? undefined : check("check_battery_low", MODES.all, COMPONENT.battery),
  ].filter((event) => event !== undefined);
  return [
    { name: "commander_arming_check_summary", values: [0, SYSTEM_ERROR, CONTROL_WARNING, can, can] },
    ...failing,
    { name: "commander_health_summary", values: [0, PRESENT | (isLinked ? LINK_PRESENT : 0), 0, 0] },
  ];
}

/** Sends the report when it differs from the last one sent; only while disarmed, as PX4 does not repeat it in flight. */
export function stepHealth(draft: Draft): void {
  const { state } = draft;
  const { nowMs } = state.sensed;
  const { reportedAtMs, reported } = state.health;
  if (nowMs < AT_LEAST_APART_MS || nowMs - reportedAtMs < AT_LEAST_APART_MS || state.isArmed) return;
  const events = report(state);
  const now = events.map(({ name, values }) => [name, ...values].join(" ")).join("\n");
  if (now === reported) return;
  update(draft, { health: { reportedAtMs: nowMs, reported: now } });
  for (const event of events) sendEvent(draft, event);
}
