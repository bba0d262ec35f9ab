import type { Cancel, Scheduler } from "../../core/clock.js";
import type { OutgoingMessage } from "../../mavlink/frame.js";
import { messagesForMissionEffect, type MavAddress } from "../../mavlink/protocols/missionMessages.js";
import type { MissionEffect, MissionEvent, WireMissionItem } from "../../mavlink/protocols/missionWire.js";
import {
  startVerifiedUpload,
  stepVerifiedUpload,
  transferStatusOf,
  type VerifiedUploadState,
} from "../../mavlink/protocols/verifiedUpload.js";
import type { TransferStatus } from "../../vehicle/transfers.js";

export type MissionTransfer = {
  readonly onEvent: (event: MissionEvent) => void;
  readonly isOver: () => boolean;
};

type MissionTransferOptions = {
  readonly items: readonly WireMissionItem[];
  readonly vehicle: MavAddress;
  readonly scheduler: Scheduler;
  readonly send: (message: OutgoingMessage) => void;
  readonly onStatus: (status: TransferStatus) => void;
};

/** Runs the upload machine: performs its effects, feeds it what was heard, tells every change. */
export function runMissionTransfer(options: MissionTransferOptions): MissionTransfer {
  let state: VerifiedUploadState;
  let cancelTimer: Cancel = () => undefined;
  const waiting: MissionEvent[] = [];
  let isSettling = true;

  const isOver = (): boolean => state.phase === "verified" || state.phase === "failed";
  const perform = (effect: MissionEffect): void => {
    if (effect.kind === "arm-timer") {
      cancelTimer();
      cancelTimer = options.scheduler.after(effect.afterMs, () => onEvent({ kind: "timeout" }));
      return;
    }
    for (const message of messagesForMissionEffect(effect, options.vehicle)) options.send(message);
  };
  const settle = ([next, effects]: readonly [VerifiedUploadState, readonly MissionEffect[]]): void => {
    state = next;
    effects.forEach(perform);
    if (isOver()) cancelTimer();
    options.onStatus(transferStatusOf(state));
  };
  // An answer may come while its question is still being sent: it waits until that step is told.
  const onEvent = (event: MissionEvent): void => {
    waiting.push(event);
    if (isSettling) return;
    isSettling = true;
    for (let next = waiting.shift(); next; next = waiting.shift())
      if (!isOver()) settle(stepVerifiedUpload(state, next));
    isSettling = false;
  };
  const first = startVerifiedUpload(options.items);
  state = first[0];
  settle(first);
  isSettling = false;
  for (const event of waiting.splice(0)) onEvent(event);
  return { onEvent, isOver };
}
