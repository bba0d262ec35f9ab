import type { DatumAltitude, Position } from "../../geo/position.js";
import { CMD } from "../../plan/missionCommands.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { type CommandStep, stepWith, whileArmed } from "../protocols/command/commandStep.js";
import { frameOf } from "./ardupilotMission.js";
import { ardupilotModeName } from "./ardupilotModes.js";
import { AIRBORNE_M } from "../../vehicle/selectors/airborne.js";

/** Custom modes that this station sets; their names are in `ardupilotModes.ts`. */
export const COPTER_MODE = { auto: 3, guided: 4, returnHome: 6, land: 9 } as const;
export const PLANE_MODE = {
  auto: 10,
  returnHome: 11,
  loiter: 12,
  takeoff: 13,
  guided: 15,
  qland: 20,
  qrtl: 21,
} as const;

const CHANGE_MODE_FLAG = 1;
const DEFAULT_SPEED = -1;
const KEEP_THROTTLE = -1;
const AIR_SPEED = 0;
const GROUND_SPEED = 1;

type Airframe = "copter" | "plane";
const CUSTOM_MODE_ENABLED = 1;

export const modeStep = (airframe: Airframe, customMode: number): CommandStep =>
  stepWith({
    command: CMD.setMode,
    params: [CUSTOM_MODE_ENABLED, customMode, 0, 0],
    evidence: modeEvidence(airframe, customMode),
  });

const modeEvidence = (airframe: Airframe, customMode: number) =>
  ({ kind: "mode", customMode, modeName: ardupilotModeName(airframe, customMode) }) as const;

export const armStep: CommandStep = stepWith({
  command: CMD.armDisarm,
  params: [1, 0, 0, 0],
  isRetried: false,
  // Without the force number ArduPilot refuses a disarm in the air, so this can only undo an arming on the ground.
  compensation: [0, 0, 0, 0],
  evidence: { kind: "armed", isArmed: true },
});
export const disarmStep: CommandStep = stepWith({
  command: CMD.armDisarm,
  params: [0, 0, 0, 0],
  evidence: { kind: "armed", isArmed: false },
});

/**
 * param7 is metres above home (a QuadPlane: above where it stands). Done when the aircraft has left the ground, not
 * when it has reached the height.
 */
export const takeOffStep = (altitudeAboveHomeM: number): CommandStep =>
  stepWith({
    command: CMD.takeOff,
    z: altitudeAboveHomeM,
    evidence: { kind: "above", altitudeAboveHomeM: Math.min(AIRBORNE_M, altitudeAboveHomeM / 2) },
    effectTimeoutMs: 15_000,
  });

/**
 * Sets the current item to 0, which restarts the mission; otherwise AUTO would continue where an earlier flight
 * stopped.
 */
export const startMissionSteps = (airframe: Airframe, auto: number): readonly CommandStep[] => [
  stepWith({ command: CMD.setMissionCurrent, isOptional: true }),
  // Also allows throttle on the ground, which changing to AUTO alone does not. Only its ack proves that: the mode does
  // not.
  whileArmed(stepWith({ command: CMD.missionStart, evidence: modeEvidence(airframe, auto), isEffectEnough: false })),
];

/** Home is item 0, so item n of the plan is n + 1. AUTO continues from there. */
export const jumpSteps = (airframe: Airframe, auto: number, item: number): readonly CommandStep[] => [
  stepWith({
    command: CMD.setMissionCurrent,
    params: [item + 1, 0, 0, 0],
    evidence: { kind: "mission-item", seq: item + 1 },
    isEffectEnough: false,
  }),
  modeStep(airframe, auto),
];

type Circle = { readonly radiusM: number; readonly isCounterClockwise: boolean };

/**
 * COMMAND_INT: ArduPilot refuses the LONG form, whose float32 position would be a metre off anyway. param3 and param4
 * are for planes (handle_command_int_do_reposition): the circle's radius, if above 0, and whether it is
 * counter-clockwise.
 */
export const goToStep = (
  airframe: Airframe,
  guided: number,
  to: { readonly position: Position; readonly height: DatumAltitude; readonly circle?: Circle },
): CommandStep =>
  stepWith({
    command: CMD.reposition,
    form: "int",
    params: [DEFAULT_SPEED, CHANGE_MODE_FLAG, to.circle?.radiusM ?? 0, to.circle?.isCounterClockwise === true ? 1 : 0],
    place: to.position,
    z: to.height.valueM,
    frame: frameOf(to.height.datum),
    evidence: modeEvidence(airframe, guided),
    isEffectEnough: false,
  });

/** The present position, and the present height to hold. To be called only when the position is known. */
export function hereOf({ position }: VehicleState): { readonly position: Position; readonly height: DatumAltitude } {
  if (!position) throw new Error("Invariant: a command that needs a position was allowed without one");
  const { value } = position;
  return { position: value.position, height: { datum: "home", valueM: value.altitudeAboveHomeM } };
}

export const changeSpeedStep = (speedKind: "air" | "ground", speedMps: number): CommandStep =>
  stepWith({
    command: CMD.changeSpeed,
    params: [speedKind === "air" ? AIR_SPEED : GROUND_SPEED, speedMps, KEEP_THROTTLE, 0],
  });

/** param2 0: every kind of fence. Whether the fence is on is read from telemetry, not from this ack. */
export const fenceStep = (isEnabled: boolean): CommandStep =>
  stepWith({ command: CMD.fenceEnable, params: [isEnabled ? 1 : 0, 0, 0, 0] });

/** Sent once: a late second copy could restart an autopilot that has only just restarted. */
export const rebootStep: CommandStep = stepWith({ command: CMD.reboot, params: [1, 0, 0, 0], isRetried: false });
