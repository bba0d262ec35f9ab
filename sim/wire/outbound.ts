import type { AutopilotEffect } from "../autopilot/autopilotState.js";
import { eventMessage } from "./eventWire.js";
import type { WireMessage } from "./mavlinkCodec.js";
import { missionMessageOf } from "./missionWire.js";
import { telemetryMessage, type TelemetryView } from "./telemetry.js";

/** The text field; a longer text goes in pieces with an id, https://mavlink.io/en/messages/common.html#STATUSTEXT */
const TEXT_LENGTH = 50;

type TextEffect = Extract<AutopilotEffect, { kind: "text" }>;

function textMessages({ severity, text }: TextEffect, { sinceBootMs }: TelemetryView): readonly WireMessage[] {
  const countOfPieces = Math.ceil(text.length / TEXT_LENGTH);
  if (countOfPieces <= 1) return [{ name: "STATUSTEXT", fields: { severity, text } }];
  // Never 0, which means "not chunked"; texts sent in the same tick differ by their length.
  const id = ((Math.round(sinceBootMs) + text.length) % 65_535) + 1;
  return Array.from({ length: countOfPieces }, (_, chunkSeq) => ({
    name: "STATUSTEXT" as const,
    fields: { severity, id, chunkSeq, text: text.slice(chunkSeq * TEXT_LENGTH, (chunkSeq + 1) * TEXT_LENGTH) },
  }));
}

/** The messages for an effect of the autopilot; all other values come from `view`. */
export function messagesOf(effect: AutopilotEffect, view: TelemetryView): readonly WireMessage[] {
  if (effect.kind === "text") return textMessages(effect, view);
  const message = messageOf(effect, view);
  if (!message) return [];
  const port = portOf(effect);
  return [port === undefined ? message : { ...message, port }];
}

/** A reply goes to the port of its request, a stream to its own port, everything else to all. */
function portOf(effect: Exclude<AutopilotEffect, TextEffect>): number | undefined {
  switch (effect.kind) {
    case "telemetry":
      return effect.port;
    case "mission":
      return effect.effect.to.port;
    case "command-ack":
    case "timesync-reply":
      return effect.to.port;
    case "event":
    case "item-reached":
      return undefined;
  }
}

function messageOf(effect: Exclude<AutopilotEffect, TextEffect>, view: TelemetryView): WireMessage | undefined {
  switch (effect.kind) {
    case "telemetry":
      return telemetryMessage(effect.name, view);
    case "mission":
      return missionMessageOf(effect.effect);
    case "command-ack":
      return {
        name: "COMMAND_ACK",
        fields: {
          command: effect.command,
          result: effect.result,
          targetSystem: effect.to.systemId,
          targetComponent: effect.to.componentId,
        },
      };
    case "event":
      return eventMessage(effect.event);
    case "item-reached":
      return { name: "MISSION_ITEM_REACHED", fields: { seq: effect.seq } };
    case "timesync-reply":
      return {
        name: "TIMESYNC",
        fields: {
          tc1: BigInt(Math.round(view.sinceBootMs * 1e6)),
          ts1: effect.theirNs,
          targetSystem: effect.to.systemId,
          targetComponent: effect.to.componentId,
        },
      };
  }
}
