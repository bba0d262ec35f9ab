import type { Cancel } from "../../core/clock.js";
import { err, ok, type Result } from "../../core/result.js";
import type { ListedParam } from "../../mavlink/params/listedParam.js";
import {
  paramListPatienceFor,
  startParamList,
  stepParamList,
  type ParamListEffect,
  type ParamListEvent,
  type ParamListState,
  type ParamListStep,
} from "../../mavlink/protocols/paramList.js";
import { paramRequestList, paramRequestRead } from "../../mavlink/protocols/paramWire.js";
import type { ParamFailure } from "../../vehicle/params.js";
import type { VehicleServiceContext } from "./vehicleService.js";

export type ListedParams = { readonly params: readonly ListedParam[]; readonly hash: number | undefined };

export type ParamListing = {
  /** Never rejects. */
  readonly result: Promise<Result<ListedParams, ParamFailure>>;
  readonly onEvent: (event: ParamListEvent) => void;
};

type ListingContext = Pick<VehicleServiceContext, "scheduler" | "send" | "address" | "roundTripMs">;

/** Runs the list machine: performs its effects, feeds it what was heard. */
export function runParamListing(
  { scheduler, send, address, roundTripMs }: ListingContext,
  onProgress: (countOfDone: number, countOfAll: number | undefined) => void,
): ParamListing {
  let state: ParamListState;
  let cancelTimer: Cancel = () => undefined;
  let resolve: (result: Result<ListedParams, ParamFailure>) => void = () => undefined;
  const result = new Promise<Result<ListedParams, ParamFailure>>((settled) => (resolve = settled));
  const waiting: ParamListEvent[] = [];
  let isSettling = true;

  const perform = (effect: ParamListEffect): void => {
    if (effect.kind === "request-list") send(paramRequestList(address));
    else if (effect.kind === "request-index") send(paramRequestRead(address, effect.index));
    else {
      cancelTimer();
      cancelTimer = scheduler.after(effect.afterMs, () => onEvent({ kind: "timeout" }));
    }
  };
  const settle = ([next, effects]: ParamListStep): void => {
    state = next;
    effects.forEach(perform);
    if (state.phase === "loading") {
      onProgress(state.byIndex.size, state.countOfAll);
      return;
    }
    cancelTimer();
    resolve(state.phase === "done" ? ok({ params: state.params, hash: state.hash }) : err(state.failure));
  };
  // An answer may come while its question is still being sent: it waits until that step is told.
  const onEvent = (event: ParamListEvent): void => {
    waiting.push(event);
    if (isSettling) return;
    isSettling = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) settle(stepParamList(state, next));
    isSettling = false;
  };
  const first = startParamList(paramListPatienceFor(roundTripMs()));
  state = first[0];
  settle(first);
  isSettling = false;
  for (const event of waiting.splice(0)) onEvent(event);
  return { result, onEvent };
}
