import type { AircraftControls, AircraftView } from "../../aircraftView.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { RESULT } from "../../commandNumbers.js";
import { replyToMessageRequest, commandAck, commandIn, type Requestable } from "../commands.js";
import type { Service } from "../service.js";

const FENCE_ENABLE = 207;
const STATUS_EVERY_MS = 1000;

/**
 * ArduPilot's fence messages: DO_FENCE_ENABLE sets FENCE_ENABLE, and FENCE_STATUS is sent once a second while it is enabled. Breaches
 * are not simulated, so it never reports one. PX4 has neither message.
 */
export function createFenceService(view: AircraftView, controls: Pick<AircraftControls, "setParam">): Service {
  const isOn = (): boolean => (view.autopilot().params["FENCE_ENABLE"] ?? 0) !== 0;
  const status = (): WireMessage => ({
    name: "FENCE_STATUS",
    fields: { breachStatus: 0, breachCount: 0, breachType: 0, breachTime: 0, breachMitigation: 0 },
  });
  const requestable: Requestable = { 162: () => (isOn() ? [status()] : []) };
  let dueMs = 0;
  return {
    receive: (message) => {
      const command = commandIn(message, view.systemId);
      if (!command) return undefined;
      if (command.command !== FENCE_ENABLE) return replyToMessageRequest(command, requestable);
      const [kind] = command.params;
      if (kind !== 0 && kind !== 1 && kind !== 2) return [commandAck(command, RESULT.failed)];
      // 2 disables only the floor (minimum altitude): FENCE_ENABLE stays as it is.
      if (kind !== 2) controls.setParam("FENCE_ENABLE", kind);
      return [commandAck(command, RESULT.accepted)];
    },
    tick: (nowMs) => {
      if (nowMs < dueMs || !isOn()) return [];
      dueMs = nowMs + STATUS_EVERY_MS;
      return [status()];
    },
  };
}
