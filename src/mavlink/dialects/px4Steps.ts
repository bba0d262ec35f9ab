import type { VehicleState } from "../../vehicle/vehicleState.js";
import { type CommandStep, stepWith, type StepParams } from "../protocols/command/commandStep.js";
import { CMD } from "../../plan/missionCommands.js";
import { mainOf, PX4_MODE, px4ModeName, subOf } from "./px4Modes.js";
import { AIRBORNE_M } from "../../vehicle/selectors/airborne.js";
import { homeAmslM } from "./rules.js";

/** PX4 reads NaN as "not given" in every param; 0 is a value (north, the equator, sea level). */
const UNUSED = Number.NaN;
const FRAME_AMSL = 0;
const CHANGE_MODE_FLAG = 1;
const CUSTOM_MODE_ENABLED = 1;
const KEEP_SPEED = -1;
const KEEP_THROTTLE = -1;
const AIR_SPEED = 0;
const GROUND_SPEED = 1;

const px4Step = (changes: Partial<CommandStep> & Pick<CommandStep, "command">): CommandStep =>
  stepWith({ params: [UNUSED, UNUSED, UNUSED, UNUSED], z: UNUSED, unused: UNUSED, frame: FRAME_AMSL, ...changes });

/** DO_SET_MODE with the main mode in param2 and the sub mode in param3. */
export const modeStep = (customMode: number): CommandStep =>
  px4Step({
    command: CMD.setMode,
    params: [CUSTOM_MODE_ENABLED, mainOf(customMode), subOf(customMode), UNUSED],
    evidence: modeEvidence(customMode),
  });

const modeEvidence = (customMode: number) => ({ kind: "mode", customMode, modeName: px4ModeName(customMode) }) as const;

/** param2 must be a number, not NaN: PX4 compares it with the force number. */
const armStep: CommandStep = px4Step({
  command: CMD.armDisarm,
  params: [1, 0, UNUSED, UNUSED],
  isRetried: false,
  // Without the force number PX4 refuses a disarm in the air, so this can only undo an arming on the ground.
  compensation: [0, 0, UNUSED, UNUSED],
  evidence: { kind: "armed", isArmed: true },
});
export const disarmStep: CommandStep = px4Step({
  command: CMD.armDisarm,
  params: [0, 0, UNUSED, UNUSED],
  evidence: { kind: "armed", isArmed: false },
});

/** Modes in which a station without sticks may arm: they fly by themselves and do not take off at once. */
const ARMS_IN: ReadonlySet<number> = new Set([PX4_MODE.hold, PX4_MODE.takeoff, PX4_MODE.vtolTakeoff]);

/**
 * In Mission and Return it would take off as soon as it is armed (MAVSDK too sets Hold first); the other modes need
 * sticks.
 */
export const armSteps = (customMode: number): readonly CommandStep[] =>
  ARMS_IN.has(customMode) ? [armStep] : [modeStep(PX4_MODE.hold), armStep];

/**
 * param7 is above sea level here; no height above home can be sent. Below MIS_TAKEOFF_ALT PX4 climbs to that instead.
 */
export function takeOffStep(vehicle: VehicleState, altitudeAboveHomeM: number): CommandStep {
  const homeM = homeAmslM(vehicle);
  if (homeM === undefined) throw new Error("Invariant: a take-off without a home was allowed");
  return px4Step({
    command: CMD.takeOff,
    z: homeM + altitudeAboveHomeM,
    evidence: { kind: "above", altitudeAboveHomeM: Math.min(AIRBORNE_M, altitudeAboveHomeM / 2) },
    effectTimeoutMs: 20_000,
  });
}

/**
 * Sets the current mission item; with `isReset` the mission starts as if never flown. PX4 before 2026-07 knows only the
 * older message (PX4-Autopilot#28105).
 */
export const setItemStep = (item: number, isReset: boolean): CommandStep =>
  px4Step({
    command: CMD.setMissionCurrent,
    params: [item, isReset ? 1 : 0, UNUSED, UNUSED],
    fallback: "mission-set-current",
    isEffectEnough: false,
    evidence: { kind: "mission-item", seq: item },
  });

type Reposition = { readonly place?: CommandStep["place"]; readonly z?: number; readonly yawRad?: number };

/**
 * COMMAND_INT with heights above sea level: older PX4 ignores the frame. Without the change-mode bit it is refused
 * (Commander). Yaw is in radians (as MAVSDK and QGroundControl send it); what is left out stays as it is.
 */
export const repositionStep = ({ place, z, yawRad }: Reposition): CommandStep =>
  px4Step({
    command: CMD.reposition,
    form: "int",
    params: [KEEP_SPEED, CHANGE_MODE_FLAG, UNUSED, yawRad ?? UNUSED],
    place,
    z: z ?? UNUSED,
    evidence: modeEvidence(PX4_MODE.hold),
    isEffectEnough: false,
  });

/**
 * DO_ORBIT with a negative radius is counter-clockwise; yaw behaviour and number of turns keep the vehicle's defaults
 * (endless).
 */
export const orbitStep = (
  mode: number,
  circle: {
    readonly radiusM: number;
    readonly isCounterClockwise: boolean;
    readonly centre: NonNullable<CommandStep["place"]>;
    readonly amslM: number;
  },
): CommandStep =>
  px4Step({
    command: CMD.orbit,
    form: "int",
    params: [circle.isCounterClockwise ? -circle.radiusM : circle.radiusM, UNUSED, UNUSED, UNUSED],
    place: circle.centre,
    z: circle.amslM,
    evidence: modeEvidence(mode),
    isEffectEnough: false,
  });

export const changeSpeedStep = (speedKind: "air" | "ground", speedMps: number): CommandStep =>
  px4Step({
    command: CMD.changeSpeed,
    params: [speedKind === "air" ? AIR_SPEED : GROUND_SPEED, speedMps, KEEP_THROTTLE, UNUSED],
  });

/** MAV_VTOL_STATE */
const HOVER = 3;
const FORWARD = 4;
/** VT_F_TR_OP_TM and the time back: 30 s covers both with their default parameters. */
const TRANSITION_MS = 30_000;

/** param2 0: not an emergency transition. */
export function transitionStep(to: "hover" | "forward"): CommandStep {
  const params: StepParams = [to === "hover" ? HOVER : FORWARD, 0, UNUSED, UNUSED];
  const evidence = { kind: "vtol", vtol: [to] } as const;
  return px4Step({ command: CMD.vtolTransition, params, evidence, effectTimeoutMs: TRANSITION_MS });
}

/** Sent once: a late second copy could restart an autopilot that has only just restarted. */
export const rebootStep: CommandStep = px4Step({
  command: CMD.reboot,
  params: [1, 0, UNUSED, UNUSED],
  isRetried: false,
});
