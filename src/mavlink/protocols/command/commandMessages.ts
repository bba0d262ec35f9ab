import { assertNever } from "../../../core/result.js";
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import type { CommandEffect, CommandEvent } from "./commandSender.js";
import type { CommandStep } from "./commandStep.js";
import type { MavPeer, MavAddress } from "../mission/missionMessages.js";

/** COMMAND_ACK.progress: 255 means unknown. */
const PROGRESS_UNKNOWN = 255;

/**
 * A COMMAND_ACK addressed to us; undefined for everything else. Texts and telemetry reach the machine by the vehicle's
 * state.
 */
export function commandEventFrom(frame: MavlinkFrame, { vehicle, own }: MavPeer): CommandEvent | undefined {
  if (frame.systemId !== vehicle.systemId || frame.componentId !== vehicle.componentId) return undefined;
  const ack = fieldsOf(frame, "COMMAND_ACK");
  if (!ack) return undefined;
  // Target 0 comes from MAVLink 1 or an older vehicle, whose acks are addressed to everybody.
  const target = (ack.target_system as number | undefined) ?? 0;
  if (target !== 0 && target !== own.systemId) return undefined;
  const progress = (ack.progress as number | undefined) ?? PROGRESS_UNKNOWN;
  return {
    kind: "ack",
    command: ack.command,
    mavResult: ack.result,
    progress: progress === PROGRESS_UNKNOWN ? undefined : progress,
  };
}

type SendCommand = Extract<CommandEffect, { kind: "send-command" }>;

/** The messages that carry out an effect; none for `arm-timer`, which is the runner's. */
export function messagesForCommandEffect(effect: CommandEffect, vehicle: MavAddress): readonly OutgoingMessage[] {
  switch (effect.kind) {
    case "arm-timer":
      return [];
    case "send-fallback":
      return [missionSetCurrent(effect.step, vehicle)];
    case "send-command":
      return [effect.form === "int" ? commandInt(effect, vehicle) : commandLong(effect, vehicle)];
    default:
      return assertNever(effect);
  }
}

const targetOf = ({ systemId, componentId }: MavAddress) => ({
  target_system: systemId,
  target_component: componentId,
});

const missionSetCurrent = ({ params }: CommandStep, vehicle: MavAddress): OutgoingMessage => ({
  name: "MISSION_SET_CURRENT",
  fields: { ...targetOf(vehicle), seq: params[0] },
});

function common({ step }: SendCommand, vehicle: MavAddress) {
  const [param1, param2, param3, param4] = step.params;
  return { ...targetOf(vehicle), command: step.command, param1, param2, param3, param4 };
}

/** "No position" in a COMMAND_INT: https://mavlink.io/en/messages/common.html#COMMAND_INT */
const INT32_MAX = 0x7fffffff;
const degE7 = (degrees: number): number => (Number.isNaN(degrees) ? INT32_MAX : Math.round(degrees * 1e7));

function commandInt(effect: SendCommand, vehicle: MavAddress): OutgoingMessage {
  const { place, z, frame, unused = 0 } = effect.step;
  const [x, y] = [degE7(place?.latitudeDeg ?? unused), degE7(place?.longitudeDeg ?? unused)];
  return { name: "COMMAND_INT", fields: { ...common(effect, vehicle), frame, current: 0, autocontinue: 0, x, y, z } };
}

function commandLong(effect: SendCommand, vehicle: MavAddress): OutgoingMessage {
  const { place, z, unused = 0 } = effect.step;
  const places = { param5: place?.latitudeDeg ?? unused, param6: place?.longitudeDeg ?? unused, param7: z };
  const fields = { ...common(effect, vehicle), ...places, confirmation: effect.confirmation };
  return { name: "COMMAND_LONG", fields };
}
