import { RESULT } from "../commandNumbers.js";
import { COPTER } from "./ardupilotCommands.js";
import type { Draft } from "./autopilotState.js";
import { type Command, type CommandTools, type Handlers } from "./commandTypes.js";
import { PLANE } from "./planeCommands.js";
import { PX4 } from "./px4Commands.js";

function handlersOf({ state: { flavour } }: Draft): Handlers {
  if (flavour.autopilot === "px4") return PX4;
  return flavour.airframe === "copter" ? COPTER : PLANE;
}

/** Executes a command and returns its MAV_RESULT; 3 (unsupported) for unknown commands. */
export function runCommand(draft: Draft, command: Command, tools: CommandTools): number {
  return handlersOf(draft)[command.command]?.(draft, command, tools) ?? RESULT.unsupported;
}
