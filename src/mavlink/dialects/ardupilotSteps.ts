import type { DatumAltitude, Position } from "../../geo/position.js";
import { CMD } from "../../plan/missionCommands.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { type CommandStep, stepWith } from "../protocols/command/commandStep.js";
import { frameOf } from "./ardupilotMission.js";
import { modeNameOf } from "./modeNames.js";
import { AIRBORNE_M } from "../../vehicle/selectors/airborne.js";

/** Custom modes this station asks for; names are in `modeNames.ts`. */
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
  ({ kind: "mode", customMode, modeName: modeNameOf("ardupilot", airframe, customMode) }) as const;

export const armStep: CommandStep = stepWith({
  command: CMD.armDisarm,
  params: [1, 0, 0, 0],
  isRetried: false,
  // Without the force number a disarm is refused in the air: it can only undo what has just been asked for.
  compensation: [0, 0, 0, 0],
  evidence: { kind: "armed", isArmed: true },
});
export const disarmStep: CommandStep = stepWith({
  command: CMD.armDisarm,
  params: [0, 0, 0, 0],
  evidence: { kind: "armed", isArmed: false },
});

/** param7 is metres above home (a QuadPlane: above where it stands). Done when it has left the ground, not when it has arrived. */
export const takeOffStep = (altitudeAboveHomeM: number): CommandStep =>
  stepWith({
    command: CMD.takeOff,
    z: altitudeAboveHomeM,
    evidence: { kind: "above", altitudeAboveHomeM: Math.min(AIRBORNE_M, altitudeAboveHomeM / 2) },
    effectTimeoutMs: 15_000,
  });

/** Item 0 restarts the mission; without it AUTO would go on where an earlier flight stopped. */
export const startMissionSteps = (airframe: Airframe, auto: number): readonly CommandStep[] => [
  stepWith({ command: CMD.setMissionCurrent, isOptional: true }),
  // Also arms the throttle on the ground, which a change to AUTO alone does not. Never taken as done without its ack.
  stepWith({ command: CMD.missionStart, evidence: modeEvidence(airframe, auto), isEffectEnough: false }),
];

/** Home is item 0, so item n of the plan is n + 1. AUTO goes on from there. */
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
 * COMMAND_INT: ArduPilot refuses the LONG form, whose float32 would be a metre off anyway. param3 and param4 are a plane's
 * circle (handle_command_int_do_reposition): a radius above 0 and whether it goes against the clock.
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

/** Where it is now; only asked where a position is known. */
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

/** param2 0: every kind of fence. Whether it stands is read from the vehicle, not from this answer. */
export const fenceStep = (isEnabled: boolean): CommandStep =>
  stepWith({ command: CMD.fenceEnable, params: [isEnabled ? 1 : 0, 0, 0, 0] });

/** Once: a second copy could restart what has only just come up. */
export const rebootStep: CommandStep = stepWith({ command: CMD.reboot, params: [1, 0, 0, 0], isRetried: false });
