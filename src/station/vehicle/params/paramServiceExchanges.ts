import { err, ok, type Result } from "../../../core/result.js";
import {
  paramExchangeRetryPolicyFor,
  startParamExchange,
  stepParamExchange,
  type ParamExchangeEvent,
  type ParamExchangeEffect,
  type ParamExchangeState,
} from "../../../mavlink/protocols/params/paramExchange.js";
import {
  paramRequestRead,
  paramSet,
  type ParamEncoding,
  type ReceivedParam,
} from "../../../mavlink/protocols/params/paramWire.js";
import type { ParamFailure, ParamType } from "../../../vehicle/params.js";
import { runMachine } from "../machineRun.js";
import type { VehicleServiceContext } from "../vehicleService.js";

type Exchange = { readonly name: string; readonly wanted: number | undefined; readonly type: ParamType | undefined };
type ExchangeResult = Result<{ readonly value: number; readonly type: ParamType }, ParamFailure>;
type ExchangeContext = Pick<VehicleServiceContext, "time" | "link">;

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

  readonly onParam = (param: ReceivedParam): void => this.#onEvent?.({ kind: "received", param });
  readonly onLost = (): void => this.#onEvent?.({ kind: "vehicle-lost" });

  /** With `wanted` undefined it only reads. Never rejects. */
  readonly exchange = (what: Exchange): Promise<ExchangeResult> => {
    const next = this.#last.then(() => this.#run(what));
    this.#last = next;
    return next;
  };

  #run(what: Exchange): Promise<ExchangeResult> {
    const { time, link } = this.#context;
    return new Promise((resolve) => {
      const onState = (state: ParamExchangeState): void => {
        if (state.phase === "done") resolve(ok({ value: state.value, type: state.type }));
        else if (state.phase === "failed") resolve(err(state.failure));
      };
      this.#onEvent = runMachine<ParamExchangeState, ParamExchangeEvent, ParamExchangeEffect>({
        ...{ scheduler: time.scheduler, onState },
        machine: {
          first: startParamExchange(what, paramExchangeRetryPolicyFor(link.roundTripMs())),
          step: stepParamExchange,
          timeoutEvent: { kind: "timeout" },
          isOver: ({ phase }) => phase === "done" || phase === "failed",
        },
        perform: (effect) => {
          if (effect.kind === "request-read") link.send(paramRequestRead(link.vehicle, effect.name));
          else link.send(paramSet(link.vehicle, effect, this.#encoding()));
        },
      });
    });
  }
}
