import type { Cancel } from "../../core/clock.js";
import { err, ok, type Result } from "../../core/result.js";
import {
  paramExchangePatienceFor,
  startParamExchange,
  stepParamExchange,
  type ParamExchangeEvent,
  type ParamExchangeState,
  type ParamExchangeStep,
} from "../../mavlink/protocols/paramExchange.js";
import { paramRequestRead, paramSet, type ParamEncoding, type ParamHeard } from "../../mavlink/protocols/paramWire.js";
import type { ParamFailure, ParamType } from "../../vehicle/params.js";
import type { VehicleServiceContext } from "./vehicleService.js";

type Exchange = { readonly name: string; readonly wanted: number | undefined; readonly type: ParamType | undefined };
type ExchangeResult = Result<{ readonly value: number; readonly type: ParamType }, ParamFailure>;
type ExchangeContext = Pick<VehicleServiceContext, "scheduler" | "send" | "address" | "roundTripMs">;

/** Single reads and writes of one vehicle, one after the other. */
export class ParamExchanges {
  readonly #context: ExchangeContext;
  readonly #encoding: () => ParamEncoding;
  #last: Promise<unknown> = Promise.resolve();
  #onEvent: ((event: ParamExchangeEvent) => void) | undefined;

  constructor(context: ExchangeContext, encoding: () => ParamEncoding) {
    this.#context = context;
    this.#encoding = encoding;
  }

  readonly onParam = (param: ParamHeard): void => this.#onEvent?.({ kind: "heard", param });
  readonly onLost = (): void => this.#onEvent?.({ kind: "vehicle-lost" });

  /** `wanted` undefined only reads. Never rejects. */
  readonly exchange = (what: Exchange): Promise<ExchangeResult> => {
    const next = this.#last.then(() => this.#run(what));
    this.#last = next;
    return next;
  };

  #run(what: Exchange): Promise<ExchangeResult> {
    const { scheduler, send, address, roundTripMs } = this.#context;
    return new Promise((resolve) => {
      let state: ParamExchangeState;
      let cancelTimer: Cancel = () => undefined;
      const waiting: ParamExchangeEvent[] = [];
      let isSettling = true;
      const settle = ([next, effects]: ParamExchangeStep): void => {
        state = next;
        for (const effect of effects) {
          if (effect.kind === "arm-timer") {
            cancelTimer();
            cancelTimer = scheduler.after(effect.afterMs, () => onEvent({ kind: "timeout" }));
          } else if (effect.kind === "request-read") send(paramRequestRead(address, effect.name));
          else send(paramSet(address, effect, this.#encoding()));
        }
        if (state.phase !== "done" && state.phase !== "failed") return;
        cancelTimer();
        this.#onEvent = undefined;
        resolve(state.phase === "done" ? ok({ value: state.value, type: state.type }) : err(state.failure));
      };
      // An answer may come while its question is still being sent: it waits until that step is told.
      const onEvent = (event: ParamExchangeEvent): void => {
        waiting.push(event);
        if (isSettling) return;
        isSettling = true;
        for (let next = waiting.shift(); next; next = waiting.shift()) settle(stepParamExchange(state, next));
        isSettling = false;
      };
      this.#onEvent = onEvent;
      const first = startParamExchange(what, paramExchangePatienceFor(roundTripMs()));
      state = first[0];
      settle(first);
      isSettling = false;
      const early = waiting.splice(0);
      for (const event of early) onEvent(event);
    });
  }
}
