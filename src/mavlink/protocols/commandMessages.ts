import type { MavlinkFrame, OutgoingMessage } from "../frame.js";
import { fieldsOf } from "../messageFields.js";
import type { CommandEffect, CommandEvent } from "./commandSender.js";
import type { Conversation, MavAddress } from "./missionMessages.js";

/** COMMAND_ACK.progress: 255 says the vehicle cannot tell. */
const PROGRESS_UNKNOWN = 255;

/** An acknowledgement meant for us; undefined for everything else. Texts and telemetry come to the machine from the vehicle's state. */
export function commandEventFrom(frame: MavlinkFrame, { vehicle, own }: Conversation): CommandEvent | undefined {
  if (frame.systemId !== vehicle.systemId || frame.componentId !== vehicle.componentId) return undefined;
  const ack = fieldsOf(frame, "COMMAND_ACK");
  if (!ack) return undefined;
  // Target 0 is MAVLink 1 or an older vehicle, which answers everybody.
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
  if (effect.kind === "arm-timer") return [];
  return [effect.form === "int" ? commandInt(effect, vehicle) : commandLong(effect, vehicle)];
}

function common({ step }: SendCommand, vehicle: MavAddress) {
  const [param1, param2, param3, param4] = step.params;
  return {
    target_system: vehicle.systemId,
    target_component: vehicle.componentId,
    command: step.command,
    param1,
    param2,
    param3,
    param4,
  };
}

function commandInt(effect: SendCommand, vehicle: MavAddress): OutgoingMessage {
  const { place, z, frame } = effect.step;
  const x = Math.round((place?.latitudeDeg ?? 0) * 1e7);
  const y = Math.round((place?.longitudeDeg ?? 0) * 1e7);
  return { name: "COMMAND_INT", fields: { ...common(effect, vehicle), frame, current: 0, autocontinue: 0, x, y, z } };
}

function commandLong(effect: SendCommand, vehicle: MavAddress): OutgoingMessage {
  const { place, z } = effect.step;
  const places = { param5: place?.latitudeDeg ?? 0, param6: place?.longitudeDeg ?? 0, param7: z };
  const fields = { ...common(effect, vehicle), ...places, confirmation: effect.confirmation };
  return { name: "COMMAND_LONG", fields };
}
