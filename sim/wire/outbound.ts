import type { AutopilotEffect } from "../autopilot/autopilotState.js";
import { PARAM_NAMES, paramType } from "../autopilot/params.js";
import type { WireMessage } from "./mavlinkCodec.js";
import { missionMessageOf } from "./missionWire.js";
import { telemetryMessage, type TelemetryView } from "./telemetry.js";

/** MAV_COMP_ID_AUTOPILOT1's text field; longer texts are cut, ArduPilot's own are written to fit. */
const TEXT_LENGTH = 50;

/** An effect of the autopilot as a message, with everything else about the aircraft taken from `view`. */
export function messageOf(effect: AutopilotEffect, view: TelemetryView): WireMessage | undefined {
  switch (effect.kind) {
    case "telemetry":
      return telemetryMessage(effect.name, view);
    case "mission":
      return missionMessageOf(effect.effect);
    case "text":
      return { name: "STATUSTEXT", fields: { severity: effect.severity, text: effect.text.slice(0, TEXT_LENGTH) } };
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
    case "item-reached":
      return { name: "MISSION_ITEM_REACHED", fields: { seq: effect.seq } };
    case "param":
      return {
        name: "PARAM_VALUE",
        fields: {
          paramId: effect.name,
          paramValue: view.autopilot.params[effect.name],
          paramType: paramType(effect.name),
          paramCount: PARAM_NAMES.length,
          paramIndex: effect.index,
        },
      };
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
