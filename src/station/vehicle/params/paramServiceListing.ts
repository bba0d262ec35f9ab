import { err, ok, type Result } from "../../../core/result.js";
import type { ListedParam } from "../../../mavlink/params/listedParam.js";
import {
  paramListRetryPolicyFor,
  startParamList,
  stepParamList,
  type ParamListEffect,
  type ParamListEvent,
  type ParamListState,
} from "../../../mavlink/protocols/params/paramList.js";
import { paramRequestList, paramRequestRead } from "../../../mavlink/protocols/params/paramWire.js";
import type { ParamFailure } from "../../../vehicle/params.js";
import { runMachine } from "../machineRun.js";
import type { VehicleServiceContext } from "../vehicleService.js";

type ListedParams = { readonly params: readonly ListedParam[]; readonly hash: number | undefined };

export type ParamListing = {
  /** Never rejects. */
  readonly result: Promise<Result<ListedParams, ParamFailure>>;
  readonly onEvent: (event: ParamListEvent) => void;
};

type ListingContext = Pick<VehicleServiceContext, "time" | "link">;

/** Runs the list machine: performs its effects and passes it what was received. */
export function runParamListing(
  { time, link }: ListingContext,
  onProgress: (countOfDone: number, countOfAll: number | undefined) => void,
): ParamListing {
  let resolve: (result: Result<ListedParams, ParamFailure>) => void = () => undefined;
  const result = new Promise<Result<ListedParams, ParamFailure>>((settled) => (resolve = settled));
  const onEvent = runMachine<ParamListState, ParamListEvent, ParamListEffect>({
    scheduler: time.scheduler,
    machine: {
      first: startParamList(paramListRetryPolicyFor(link.roundTripMs())),
      step: stepParamList,
      timeoutEvent: { kind: "timeout" },
      isOver: ({ phase }) => phase !== "loading",
    },
    perform: (effect) => {
      if (effect.kind === "request-list") link.send(paramRequestList(link.vehicle));
      else link.send(paramRequestRead(link.vehicle, effect.index));
    },
    onState: (state) => {
      if (state.phase === "loading") onProgress(state.byIndex.size, state.countOfAll);
      else resolve(state.phase === "done" ? ok({ params: state.params, hash: state.hash }) : err(state.failure));
    },
  });
  return { result, onEvent };
}
