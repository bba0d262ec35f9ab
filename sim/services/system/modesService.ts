import type { AircraftControls, AircraftView } from "../../aircraftView.js";
import { modesOf, type FlightMode } from "../../autopilot/modes.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { RESULT } from "../../commandNumbers.js";
import { replyToMessageRequest, commandAck, commandIn, type Requestable } from "../commands.js";
import type { Service } from "../service.js";

/** https://mavlink.io/en/services/standard_modes.html */
const STANDARD: Readonly<Record<string, number>> = {
  Position: 1,
  Orbit: 2,
  Altitude: 4,
  Return: 5,
  Mission: 6,
  Land: 7,
  Takeoff: 8,
};
const SET_STANDARD_MODE = 262;
const NOT_USER_SELECTABLE = 2;
const CURRENT_EVERY_MS = 2000;
const MONITOR_EVERY_MS = 3000;

/**
 * Available and current modes. PX4 has standard modes, accepts DO_SET_STANDARD_MODE and streams CURRENT_MODE; ArduPilot (4.7) has
 * custom modes only.
 */
export function createModesService(view: AircraftView, controls: Pick<AircraftControls, "setMode">): Service {
  const isPx4 = view.flavour.autopilot === "px4";
  const modes = modesOf(view.flavour);
  const standardOf = ({ name }: FlightMode): number => (isPx4 ? (STANDARD[name] ?? 0) : 0);
  const available = (mode: FlightMode, index: number): WireMessage => ({
    name: "AVAILABLE_MODES",
    fields: {
      numberModes: modes.length,
      modeIndex: index + 1,
      standardMode: standardOf(mode),
      customMode: mode.customMode,
      properties: mode.name === "Orbit" ? NOT_USER_SELECTABLE : 0,
      modeName: mode.name,
    },
  });
  const current = (): WireMessage => {
    const { mode } = view.autopilot();
    return {
      name: "CURRENT_MODE",
      fields: { standardMode: standardOf(mode), customMode: mode.customMode, intendedCustomMode: mode.customMode },
    };
  };
  const monitor = (): WireMessage => ({ name: "AVAILABLE_MODES_MONITOR", fields: { seq: 1 } });
  const requestable: Requestable = {
    435: (index) => modes.map(available).filter((_mode, i) => index === 0 || i + 1 === index),
    436: () => [current()],
    437: () => [monitor()],
  };
  let sentMode: number | undefined;
  let currentDueMs = 0;
  let monitorDueMs = 0;
  return {
    receive: (message) => {
      const command = commandIn(message, view.systemId);
      if (!command) return undefined;
      if (command.command !== SET_STANDARD_MODE || !isPx4) return replyToMessageRequest(command, requestable);
      const mode = modes.find((one) => standardOf(one) === command.params[0]);
      return [commandAck(command, mode ? controls.setMode(mode.customMode) : RESULT.unsupported)];
    },
    tick: (nowMs) => {
      if (!isPx4) return [];
      const sent: WireMessage[] = [];
      const { customMode } = view.autopilot().mode;
      if (nowMs >= currentDueMs || customMode !== sentMode) {
        sent.push(current());
        sentMode = customMode;
        currentDueMs = nowMs + CURRENT_EVERY_MS;
      }
      if (nowMs >= monitorDueMs) {
        sent.push(monitor());
        monitorDueMs = nowMs + MONITOR_EVERY_MS;
      }
      return sent;
    },
  };
}
