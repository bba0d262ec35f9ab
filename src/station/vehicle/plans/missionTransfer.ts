import type { Scheduler } from "../../../core/clock.js";
import type { OutgoingMessage } from "../../../mavlink/frame.js";
import {
  startTransferJob,
  stepTransferJob,
  type TransferJobEffect,
  type TransferJobEvent,
  type TransferJobState,
  type TransferStage,
} from "../../../mavlink/protocols/mission/missionJob.js";
import { messagesForMissionEffect, type MavAddress } from "../../../mavlink/protocols/mission/missionMessages.js";
import { transferOptionsFor } from "../../../mavlink/protocols/mission/transferOptions.js";
import { runMachine } from "../machineRun.js";

export type MissionTransfer = {
  readonly onEvent: (event: TransferJobEvent) => void;
};

type MissionTransferOptions = {
  readonly stages: readonly TransferStage[];
  readonly vehicle: MavAddress;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly roundTripMs: () => number | undefined;
  /** Called after every step, including the first and last. */
  readonly onState: (state: TransferJobState) => void;
};

/** Runs a transfer: performs its effects, gives it the events that are received, reports every change. */
export function runMissionTransfer(options: MissionTransferOptions): MissionTransfer {
  const { stages, vehicle, scheduler, send, roundTripMs, onState } = options;
  const timesNow = () => transferOptionsFor(roundTripMs());
  const onEvent = runMachine<TransferJobState, TransferJobEvent, TransferJobEffect>({
    ...{ scheduler, onState },
    machine: {
      first: startTransferJob(stages, timesNow()),
      step: (state, event) => stepTransferJob(state, event, timesNow()),
      timeoutEvent: { kind: "timeout" },
      isOver: ({ phase }) => phase !== "active",
    },
    perform: ({ effect, part }) => {
      for (const message of messagesForMissionEffect(effect, vehicle, part)) send(message);
    },
  });
  return { onEvent };
}
