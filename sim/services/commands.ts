import { RESULT } from "../commandNumbers.js";
import type { ReceivedMessage, WireMessage, WireSender } from "../wire/mavlinkCodec.js";
import { isAddressedTo } from "./addressing.js";

type Seven = readonly [number, number, number, number, number, number, number];

/** A COMMAND_LONG or COMMAND_INT; in COMMAND_INT params 5 and 6 are degE7. */
export type ReceivedCommand = {
  readonly from: WireSender;
  readonly command: number;
  readonly form: "long" | "int";
  /** MAV_FRAME of the INT form; 0 for LONG. */
  readonly frame: number;
  readonly params: Seven;
};

/** The command in a message for this component of this vehicle, or undefined. */
export function commandIn(message: ReceivedMessage, systemId: number, componentId = 1): ReceivedCommand | undefined {
  if (message.name !== "COMMAND_LONG" && message.name !== "COMMAND_INT") return undefined;
  if (!isAddressedTo(message.fields, systemId, componentId)) return undefined;
  const { command, _param1, _param2, _param3, _param4, _param5, _param6, _param7 } = message.fields;
  const params: Seven = [_param1, _param2, _param3, _param4, _param5, _param6, _param7];
  const frame = message.name === "COMMAND_INT" ? message.fields.frame : 0;
  return { from: message.from, command, form: message.name === "COMMAND_INT" ? "int" : "long", frame, params };
}

type AckDetails = { readonly progress?: number; readonly componentId?: number };

export function commandAck(
  { from, command }: Pick<ReceivedCommand, "from" | "command">,
  result: number,
  { progress = 0, componentId = 1 }: AckDetails = {},
): WireMessage {
  return {
    name: "COMMAND_ACK",
    componentId,
    fields: { command, result, progress, targetSystem: from.systemId, targetComponent: from.componentId },
  };
}

export const statusText = (severity: number, words: string): WireMessage => ({
  name: "STATUSTEXT",
  fields: { severity, text: words.slice(0, 50) },
});

const REQUEST_MESSAGE = 512;
/** Messages available by REQUEST_MESSAGE, by message id; param2 selects among several. */
export type Requestable = Readonly<Record<number, (param2: number) => readonly WireMessage[]>>;

/** The reply to a REQUEST_MESSAGE for one of these messages; undefined for any other command. */
export function replyToMessageRequest(command: ReceivedCommand, requestable: Requestable, componentId = 1) {
  if (command.command !== REQUEST_MESSAGE) return undefined;
  const make = requestable[command.params[0]];
  if (!make) return undefined;
  const messages = make(command.params[1]);
  const result = messages.length === 0 ? RESULT.failed : RESULT.accepted;
  return [commandAck(command, result, { componentId }), ...messages];
}
