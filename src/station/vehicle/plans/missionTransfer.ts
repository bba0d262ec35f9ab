import type { Scheduler } from "../../../core/clock.js";
import {
  startTransferJob,
  stepTransferJob,
  type TransferJobEffect,
  type TransferJobEvent,
  type TransferJobState,
  type TransferStage,
} from "../../../mavlink/protocols/mission/missionJob.js";
import { messagesForMissionEffect } from "../../../mavlink/protocols/mission/missionMessages.js";
import { transferOptionsFor } from "../../../mavlink/protocols/mission/transferOptions.js";
import { runMachine } from "../machineRun.js";
import type { VehicleLink } from "../vehicleService.js";

export type MissionTransfer = {
  readonly onEvent: (event: TransferJobEvent) => void;
};

type MissionTransferOptions = {
  readonly stages: readonly TransferStage[];
  readonly link: VehicleLink;
  readonly scheduler: Scheduler;
  /** Called after every step, including the first and last. */
  readonly onState: (state: TransferJobState) => void;
};

/** Runs a transfer: performs its effects, gives it the events that are received, reports every change. */
export function runMissionTransfer(options: MissionTransferOptions): MissionTransfer {
  const { stages, link, scheduler, onState } = options;
  const timesNow = () => transferOptionsFor(link.roundTripMs());
  const onEvent = runMachine<TransferJobState, TransferJobEvent, TransferJobEffect>({
    ...{ scheduler, onState },
    machine: {
      first: startTransferJob(stages, timesNow()),
      step: (state, event) => stepTransferJob(state, event, timesNow()),
      timeoutEvent: { kind: "timeout" },
      isOver: ({ phase }) => phase !== "active",
    },
    perform: ({ effect, part }) => {
      for (const message of messagesForMissionEffect(effect, link.vehicle, part)) link.send(message);
    },
  });
  return { onEvent };
}
