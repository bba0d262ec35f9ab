import type { VehicleState } from "../../vehicle/vehicleState.js";
import { type CommandStep, stepWith, type StepParams } from "../protocols/command/commandStep.js";
import { CMD } from "../../plan/missionCommands.js";
import { modeNameOf } from "./modeNames.js";
import { mainOf, PX4_MODE, subOf } from "./px4Modes.js";
import { AIRBORNE_M } from "../../vehicle/selectors/airborne.js";
import { homeAmslM } from "./rules.js";

/** PX4 reads NaN as "not given" everywhere; 0 is a value (north, the equator, sea level). */
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

/** Main and sub mode each in a param of their own. */
export const modeStep = (customMode: number): CommandStep =>
  px4Step({
    command: CMD.setMode,
    params: [CUSTOM_MODE_ENABLED, mainOf(customMode), subOf(customMode), UNUSED],
    evidence: modeEvidence(customMode),
  });

const modeEvidence = (customMode: number) =>
  ({ kind: "mode", customMode, modeName: modeNameOf("px4", "vtol", customMode) }) as const;

/** param2 must be a number: it is compared with the force number. */
const armStep: CommandStep = px4Step({
  command: CMD.armDisarm,
  params: [1, 0, UNUSED, UNUSED],
  isRetried: false,
  // Without the force number a disarm is refused in the air: it can only undo what has just been asked for.
  compensation: [0, 0, UNUSED, UNUSED],
  evidence: { kind: "armed", isArmed: true },
});
export const disarmStep: CommandStep = px4Step({
  command: CMD.armDisarm,
  params: [0, 0, UNUSED, UNUSED],
  evidence: { kind: "armed", isArmed: false },
});

/** Where a station without sticks may arm: the modes that fly by themselves and do not start at once. */
const ARMS_IN: ReadonlySet<number> = new Set([PX4_MODE.hold, PX4_MODE.takeoff, PX4_MODE.vtolTakeoff]);

/** From Mission and Return it would fly off as soon as it is armed (MAVSDK too goes to Hold first); the others need sticks. */
export const armSteps = (customMode: number): readonly CommandStep[] =>
  ARMS_IN.has(customMode) ? [armStep] : [modeStep(PX4_MODE.hold), armStep];

/** The wire has no height above home here: param7 is above the sea. Below MIS_TAKEOFF_ALT it takes that instead. */
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
 * Sets the mission to an item, from its beginning as if it was never flown where `isReset`. PX4 before 2026-07 knows only the
 * old message (PX4-Autopilot#28105).
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
 * COMMAND_INT with heights above the sea: older PX4 takes no notice of the frame. Without the change-mode bit it is
 * refused (Commander). Yaw is in radians here (MAVSDK and QGroundControl send it so); what is left out stays as it is.
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

/** DO_ORBIT's radius below 0 goes against the clock; yaw behaviour and turns as the vehicle has them (for ever). */
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
/** VT_F_TR_OP_TM and the way back: 30 s covers both with their usual parameters. */
const TRANSITION_MS = 30_000;

/** param2 0: not an emergency. */
export function transitionStep(to: "hover" | "forward"): CommandStep {
  const params: StepParams = [to === "hover" ? HOVER : FORWARD, 0, UNUSED, UNUSED];
  const evidence = { kind: "vtol", vtol: [to] } as const;
  return px4Step({ command: CMD.vtolTransition, params, evidence, effectTimeoutMs: TRANSITION_MS });
}

/** Once: a second copy could restart what has only just come up. */
export const rebootStep: CommandStep = px4Step({
  command: CMD.reboot,
  params: [1, 0, UNUSED, UNUSED],
  isRetried: false,
});
