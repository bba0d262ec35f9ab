/** What is too dangerous for a press: one rule for every door that leads to an aircraft. */
import type { CommandKind } from "../commands.js";

/**
 * True for what starts motors, stops them, takes off, flies off, changes who flies or what keeps the aircraft in: a person
 * holds the button (or types the command) and reads the aircraft's name. Pause, Return and Land are never held: they are
 * how danger ends.
 */
export const NEEDS_CONFIRMATION: Readonly<Record<CommandKind, boolean>> = {
  arm: true,
  disarm: true,
  "take-off": true,
  "start-mission": true,
  pause: false,
  resume: true,
  "jump-to-item": true,
  // Only some of them ask: where the place is far, beyond the fence or beyond the battery (`placeDanger.ts`).
  "go-to": false,
  orbit: false,
  return: false,
  land: false,
  "change-speed": false,
  "change-altitude": false,
  "change-heading": false,
  transition: true,
  "set-mode": true,
  "enable-fence": true,
  reboot: true,
};

/** How danger ends: sent whatever the station believes of the aircraft, and never kept waiting by another command. */
export const isSafetyCommand = (kind: CommandKind): boolean => kind === "pause" || kind === "return" || kind === "land";
