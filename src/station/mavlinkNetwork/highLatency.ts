import { err, ok, type Result } from "../../core/result.js";
import type { Scheduler } from "../../core/clock.js";
import type { StationFailure } from "../../contract/failures.js";
import type { LinkRequest } from "../../contract/linkMessages.js";
import type { ReplyValue } from "../../contract/messages.js";
import { OWN_ADDRESS } from "../../mavlink/outgoing.js";
import { commandEventFrom, messagesForCommandEffect } from "../../mavlink/protocols/command/commandMessages.js";
import {
  type CommandEffect,
  type CommandEvent,
  commandOptionsFor,
  type CommandState,
} from "../../mavlink/protocols/command/commandSender.js";
import { stepWith } from "../../mavlink/protocols/command/commandStep.js";
import { CMD } from "../../plan/missionCommands.js";
import { commandMachine } from "../vehicle/commands/commandMachine.js";
import { createMachineRun } from "../vehicle/machineRun.js";
import type { Fleet } from "./fleet.js";

type HighLatencyOptions = { readonly fleet: Fleet; readonly scheduler: Scheduler };

/**
 * Asks a vehicle to go over to HIGH_LATENCY2 messages, or back. It is asked even while lost: the link over which it may
 * receive this need not be one over which it was received. https://mavlink.io/en/services/high_latency.html
 */
export function setHighLatency(
  { vehicleId, isOn }: Extract<LinkRequest, { kind: "high-latency" }>,
  { fleet, scheduler }: HighLatencyOptions,
): Promise<Result<ReplyValue, StationFailure>> {
  const vehicle = fleet.get(vehicleId)?.state();
  const links = fleet.linksOf(vehicleId);
  if (!vehicle || !links) return Promise.resolve(err({ kind: "no-vehicle" }));
  const address = { systemId: vehicle.systemId, componentId: vehicle.componentId };
  const step = stepWith({ command: CMD.controlHighLatency, params: [isOn ? 1 : 0, 0, 0, 0] });
  const retryPolicy = commandOptionsFor(vehicle.isHighLatency, links.roundTripMs());
  return new Promise((resolve) => {
    const run = createMachineRun<CommandState, CommandEvent, CommandEffect>({
      scheduler,
      machine: commandMachine([step], vehicle, retryPolicy),
      perform: (effect) => {
        for (const message of messagesForCommandEffect(effect, address)) links.send(message);
      },
      onState: (state) => {
        if (state.phase !== "done" && state.phase !== "failed") return;
        stopListening();
        resolve(state.phase === "done" ? ok({ kind: "done" }) : err({ kind: "command", failure: state.failure }));
      },
    });
    const stopListening = fleet.listen(vehicleId, (frame) => {
      const ack = commandEventFrom(frame, { vehicle: address, own: OWN_ADDRESS });
      if (ack) run.onEvent(ack);
    });
    run.start();
  });
}
