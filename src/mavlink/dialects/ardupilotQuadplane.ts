/** ArduPlane with VTOL rotors. Sources: ArduPlane/quadplane.cpp and GCS_MAVLink_Plane.cpp (4.7-dev). */
import type { CommandReason } from "../../vehicle/commands.js";
import { type CommandStep, stepWith } from "../protocols/command/commandStep.js";
import { PLANE_COMMANDS } from "./ardupilotPlane.js";
import { CMD } from "../../plan/missionCommands.js";
import { armStep, modeStep, PLANE_MODE, takeOffStep } from "./ardupilotSteps.js";
import type { Asked, CommandTable } from "./commandTable.js";
import { all, ifAboveHome, ifArmed, ifArmedOrFlying, ifFlying, ifStanding, ifTransitionHelps } from "./rules.js";

const modeOf = (customMode: number) => modeStep("plane", customMode);
const guided = modeOf(PLANE_MODE.guided);

export const QUADPLANE_COMMANDS: CommandTable = {
  ...PLANE_COMMANDS,
  // Armed in GUIDED it waits on the ground for the take-off command (guided_wait_takeoff).
  arm: { ...PLANE_COMMANDS.arm, steps: () => [guided, armStep] },
  // do_user_takeoff: climbs on its rotors above where it stands, in GUIDED only.
  "take-off": {
    whyNot: all(ifArmed, ifAboveHome, ifStanding),
    steps: ({ command }) => [guided, takeOffStep(command.altitudeAboveHomeM)],
  },
  land: { whyNot: ifArmedOrFlying, steps: () => [modeOf(PLANE_MODE.qland)] },
  // QRTL: returns in forward flight and lands on its rotors.
  return: { whyNot: ifArmedOrFlying, steps: () => [modeOf(PLANE_MODE.qrtl)] },
  transition: { whyNot: all(ifFlying, ifTransitionHelps, onlyForwardOutsideAuto), steps: transitionSteps },
};

/**
 * DO_VTOL_TRANSITION works in AUTO only. Elsewhere the mode decides: LOITER is forward flight, and no mode hovers
 * without sticks (QLOITER would descend).
 */
function onlyForwardOutsideAuto({ command, heartbeat }: Asked<"transition">): CommandReason | undefined {
  const isAuto = heartbeat.customMode === PLANE_MODE.auto;
  return isAuto || command.to === "forward" ? undefined : "not-by-this-autopilot";
}

/** MAV_VTOL_STATE */
const HOVER = 3;
const FORWARD = 4;
/** Time for the aircraft to gain flying speed, or to lose it. */
const TRANSITION_MS = 30_000;

function transitionSteps({ command, heartbeat }: Asked<"transition">): readonly CommandStep[] {
  const vtol = command.to === "hover" ? (["hover", "to-hover"] as const) : (["forward"] as const);
  const seen = { evidence: { kind: "vtol", vtol }, effectTimeoutMs: TRANSITION_MS } as const;
  if (heartbeat.customMode !== PLANE_MODE.auto) return [{ ...modeOf(PLANE_MODE.loiter), ...seen }];
  const params = [command.to === "hover" ? HOVER : FORWARD, 0, 0, 0] as const;
  return [stepWith({ command: CMD.vtolTransition, params, ...seen })];
}
