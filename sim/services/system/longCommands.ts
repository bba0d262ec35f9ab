import type { AircraftView } from "../../aircraftView.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { RESULT } from "../../commandNumbers.js";
import { isAddressedTo } from "../addressing.js";
import { commandAck, commandIn, statusText, type ReceivedCommand } from "../commands.js";
import type { Service } from "../service.js";

/** https://mavlink.io/en/services/command.html#long_running_commands */
const PREFLIGHT_CALIBRATION = 241;
const PREFLIGHT_STORAGE = 245;
const LASTS_MS = 6000;
const EVERY_MS = 1000;

type Running = { readonly command: ReceivedCommand; readonly sinceMs: number; readonly reportedAtMs: number };

/**
 * A long-running command: a calibration takes 6 s with IN_PROGRESS once a second, can be cancelled, and is refused while one runs or
 * the aircraft is armed. Writing the parameters to storage completes at once.
 */
export function createLongCommands(view: AircraftView): Service {
  let running: Running | undefined;

  const begin = (command: ReceivedCommand, nowMs: number): readonly WireMessage[] => {
    if (running) return [commandAck(command, RESULT.temporarilyRejected)];
    if (view.autopilot().isArmed) {
      return [statusText(4, "Disarm to allow calibration"), commandAck(command, RESULT.temporarilyRejected)];
    }
    running = { command, sinceMs: nowMs, reportedAtMs: nowMs };
    return [commandAck(command, RESULT.inProgress)];
  };
  return {
    receive: (message, nowMs) => {
      if (message.name === "COMMAND_CANCEL" && isAddressedTo(message.fields, view.systemId)) {
        const cancelled = running?.command.command === message.fields.command ? running.command : undefined;
        if (cancelled) running = undefined;
        return cancelled ? [commandAck(cancelled, RESULT.cancelled)] : [];
      }
      const command = commandIn(message, view.systemId);
      if (command?.command === PREFLIGHT_STORAGE) return [commandAck(command, RESULT.accepted)];
      return command?.command === PREFLIGHT_CALIBRATION ? begin(command, nowMs) : undefined;
    },
    tick: (nowMs) => {
      if (!running) return [];
      const { command, sinceMs, reportedAtMs } = running;
      if (nowMs - sinceMs >= LASTS_MS) {
        running = undefined;
        return [commandAck(command, RESULT.accepted, { progress: 100 })];
      }
      if (nowMs - reportedAtMs < EVERY_MS) return [];
      running = { ...running, reportedAtMs: nowMs };
      const progress = Math.round((100 * (nowMs - sinceMs)) / LASTS_MS);
      return [commandAck(command, RESULT.inProgress, { progress })];
    },
  };
}
