import type { CommandTable } from "./commandTable.js";
import { armStep, changeSpeedStep, disarmStep, fenceStep, rebootStep } from "./ardupilotSteps.js";
import { ifDisarmable, ifDisarmed, ifFlying } from "./rules.js";

/** The commands that Copter, Plane and QuadPlane take in the same way. */
export const ARDUPILOT_COMMON: Pick<CommandTable, "arm" | "disarm" | "change-speed" | "enable-fence" | "reboot"> = {
  arm: { whyNot: ifDisarmed, steps: () => [armStep] },
  disarm: { whyNot: ifDisarmable, steps: () => [disarmStep] },
  "change-speed": { whyNot: ifFlying, steps: ({ command }) => [changeSpeedStep(command.speedKind, command.speedMps)] },
  "enable-fence": { whyNot: () => undefined, steps: ({ command }) => [fenceStep(command.isEnabled)] },
  reboot: { whyNot: ifDisarmed, steps: () => [rebootStep] },
};
