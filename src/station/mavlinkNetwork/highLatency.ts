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
import type { CommandFailure } from "../../vehicle/commands.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import { commandMachine } from "../vehicle/commands/commandMachine.js";
import { createMachineRun } from "../vehicle/machineRun.js";
import type { Fleet } from "./fleet.js";

const ASKED_ALREADY: CommandFailure = { kind: "not-possible", because: "asked-already" };

type Answer = Result<ReplyValue, StationFailure>;

export type HighLatencyService = {
  /**
   * Asks a vehicle to go over to HIGH_LATENCY2 messages, or back. It is asked even while lost: the link over which it
   * may receive this need not be one over which it was received. One request at a time for each vehicle, since an
   * acknowledgement does not say which one it answers. https://mavlink.io/en/services/high_latency.html
   */
  readonly set: (request: Extract<LinkRequest, { kind: "high-latency" }>) => Promise<Answer>;
  /** Ends what is still being asked. */
  readonly dispose: () => void;
};

export function createHighLatencyService(fleet: Fleet, scheduler: Scheduler): HighLatencyService {
  const running = new Map<VehicleId, () => void>();
  return {
    set: ({ vehicleId, isOn }) => {
      const vehicle = fleet.get(vehicleId)?.state();
      const links = fleet.linksOf(vehicleId);
      if (!vehicle || !links) return Promise.resolve(err({ kind: "no-vehicle" }));
      if (running.has(vehicleId)) return Promise.resolve(err({ kind: "command", failure: ASKED_ALREADY }));
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
            running.delete(vehicleId);
            resolve(state.phase === "done" ? ok({ kind: "done" }) : err({ kind: "command", failure: state.failure }));
          },
        });
        const stopListening = fleet.listen(vehicleId, (frame) => {
          const ack = commandEventFrom(frame, { vehicle: address, own: OWN_ADDRESS });
          if (ack) run.onEvent(ack);
        });
        running.set(vehicleId, () => run.onEvent({ kind: "cancel" }));
        run.start();
      });
    },
    dispose: () => {
      for (const cancel of [...running.values()]) cancel();
    },
  };
}
