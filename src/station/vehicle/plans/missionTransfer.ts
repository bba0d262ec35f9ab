import type { Cancel, Scheduler } from "../../../core/clock.js";
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

export type MissionTransfer = {
  readonly onEvent: (event: TransferJobEvent) => void;
};

type MissionTransferOptions = {
  readonly stages: readonly TransferStage[];
  readonly vehicle: MavAddress;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly roundTripMs: () => number | undefined;
  /** After every step, first and last included. */
  readonly onState: (state: TransferJobState) => void;
};

/** Runs a transfer: performs its effects, feeds it what was heard, tells every change. */
export function runMissionTransfer(options: MissionTransferOptions): MissionTransfer {
  const { stages, vehicle, scheduler, send, roundTripMs, onState } = options;
  const timesNow = () => transferOptionsFor(roundTripMs());
  let state: TransferJobState;
  let cancelTimer: Cancel = () => undefined;
  const waiting: TransferJobEvent[] = [];
  let isSettling = true;

  const perform = (effect: TransferJobEffect): void => {
    if (effect.kind === "arm-timer") {
      cancelTimer();
      cancelTimer = scheduler.after(effect.afterMs, () => onEvent({ kind: "timeout" }));
      return;
    }
    for (const message of messagesForMissionEffect(effect.effect, vehicle, effect.part)) send(message);
  };
  const settle = ([next, effects]: readonly [TransferJobState, readonly TransferJobEffect[]]): void => {
    state = next;
    effects.forEach(perform);
    if (state.phase !== "active") cancelTimer();
    onState(state);
  };
  // An answer may come while its question is still being sent: it waits until that step is told.
  const onEvent = (event: TransferJobEvent): void => {
    waiting.push(event);
    if (isSettling) return;
    isSettling = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (state.phase === "active") settle(stepTransferJob(state, next, timesNow()));
    }
    isSettling = false;
  };
  const first = startTransferJob(stages, timesNow());
  state = first[0];
  settle(first);
  isSettling = false;
  for (const event of waiting.splice(0)) onEvent(event);
  return { onEvent };
}
