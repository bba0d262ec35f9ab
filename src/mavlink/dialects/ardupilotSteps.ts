import type { CommandStep } from "../protocols/commandStep.js";
import { COPTER_MODE_NAMES, PLANE_MODE_NAMES } from "./modeNames.js";

/** MAV_CMD numbers, https://mavlink.io/en/messages/common.html#mav_commands */
export const CMD = {
  takeoff: 22,
  setMode: 176,
  reposition: 192,
  setMissionCurrent: 224,
  missionStart: 300,
  armDisarm: 400,
} as const;

/** Custom modes this station asks for. Plane circles where Copter hovers, and has no LAND. */
export type ModeTable = {
  readonly names: Readonly<Record<number, string>>;
  readonly auto: number;
  readonly guided: number;
  readonly hold: number;
  readonly returnHome: number;
  readonly land: number | undefined;
};
/**
 * Pause is GUIDED, which stops and holds. Not LOITER: without a pilot's radio LOITER takes the missing throttle stick for
 * "down" and descends. Not DO_PAUSE_CONTINUE: it exists only for Copter and leaves the mode saying AUTO.
 */
export const COPTER_MODES: ModeTable = {
  names: COPTER_MODE_NAMES,
  auto: 3,
  guided: 4,
  hold: 4,
  returnHome: 6,
  land: 9,
};
export const PLANE_MODES: ModeTable = {
  names: PLANE_MODE_NAMES,
  auto: 10,
  guided: 15,
  hold: 12,
  returnHome: 11,
  land: undefined,
};

const BASE: CommandStep = {
  command: 0,
  params: [0, 0, 0, 0],
  place: undefined,
  z: 0,
  frame: 0,
  form: "long",
  isRetried: true,
  isOptional: false,
  isEffectEnough: true,
  evidence: { kind: "none" },
  // Modes and arming are told by the 1 Hz heartbeat: three beats and the way.
  effectTimeoutMs: 4000,
};

/** A step from what differs. With evidence "none" the effect can never be "there already". */
export const stepWith = (changes: Partial<CommandStep> & Pick<CommandStep, "command">): CommandStep => {
  const step = { ...BASE, ...changes };
  return { ...step, isEffectEnough: step.isEffectEnough && step.evidence.kind !== "none" };
};

const CUSTOM_MODE_ENABLED = 1;
export const modeStep = (modes: ModeTable, customMode: number): CommandStep =>
  stepWith({
    command: CMD.setMode,
    params: [CUSTOM_MODE_ENABLED, customMode, 0, 0],
    evidence: modeEvidence(modes, customMode),
  });

export const modeEvidence = (modes: ModeTable, customMode: number) =>
  ({ kind: "mode", customMode, modeName: modes.names[customMode] ?? String(customMode) }) as const;
