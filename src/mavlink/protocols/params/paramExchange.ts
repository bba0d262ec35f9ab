/**
 * One parameter: read by name, or written, which counts only when the autopilot reports the new value.
 *
 *   reading ──(value)──▶ done, or ▼ when something is to be written
 *   writing ──(PARAM_VALUE as wanted)──▶ done
 *      │ another value, or silence
 *      ▼
 *   checking: read it again ──(the value wanted)──▶ done, ──(another)──▶ not-taken
 *
 * It is read first when its type is not known: PX4 stores the bytes it receives, whatever type they are sent as.
 * ArduPilot does not reply to a PARAM_SET of an unknown name or of NaN, and replies with the old value of a read-only
 * parameter, so after a time-out or another value it is read again. https://mavlink.io/en/services/parameter.html#write
 */
import { assertNever } from "../../../core/result.js";
import type { ParamFailure, ParamType } from "../../../vehicle/params.js";
import type { ReceivedParam } from "./paramWire.js";

type ParamExchangeRetryPolicy = { readonly waitMs: number; readonly growth: number; readonly triesMax: number };

/** Retry policy for a link. Round trip in milliseconds, undefined when never measured. */
export const paramExchangeRetryPolicyFor = (roundTripMs: number | undefined): ParamExchangeRetryPolicy => ({
  waitMs: Math.min(4000, Math.max(500, 300 + 2 * (roundTripMs ?? 200))),
  growth: 1.3,
  // Seven tries each for writing and checking. At 10 % loss each way that fails once in a hundred thousand.
  triesMax: 7,
});

type Conversation = {
  readonly name: string;
  readonly wanted: number | undefined;
  readonly type: ParamType | undefined;
  readonly retryPolicy: ParamExchangeRetryPolicy;
  readonly tries: number;
  readonly waitMs: number;
};
type Active = Conversation & { readonly phase: "reading" | "writing" | "checking" };
export type ParamExchangeState =
  | Active
  | { readonly phase: "done"; readonly value: number; readonly type: ParamType }
  | { readonly phase: "failed"; readonly failure: ParamFailure };

export type ParamExchangeEvent =
  | { readonly kind: "received"; readonly param: ReceivedParam }
  | { readonly kind: "timeout" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "cancel" };

export type ParamExchangeEffect =
  | { readonly kind: "request-read"; readonly name: string }
  | { readonly kind: "request-set"; readonly name: string; readonly value: number; readonly type: ParamType }
  | { readonly kind: "arm-timer"; readonly afterMs: number };

type ParamExchangeStep = readonly [ParamExchangeState, readonly ParamExchangeEffect[]];

/** With `wanted` undefined the parameter is only read. */
export function startParamExchange(
  what: { readonly name: string; readonly wanted: number | undefined; readonly type: ParamType | undefined },
  retryPolicy: ParamExchangeRetryPolicy,
): ParamExchangeStep {
  const phase = what.wanted !== undefined && what.type !== undefined ? "writing" : "reading";
  return send({ ...what, phase, retryPolicy, tries: 1, waitMs: retryPolicy.waitMs });
}

export function stepParamExchange(state: ParamExchangeState, event: ParamExchangeEvent): ParamExchangeStep {
  if (state.phase === "done" || state.phase === "failed") return [state, []];
  switch (event.kind) {
    case "received":
      return event.param.name === state.name ? onReceived(state, event.param) : [state, []];
    case "timeout":
      return onSilence(state);
    case "vehicle-lost":
      return [{ phase: "failed", failure: { kind: "vehicle-lost" } }, []];
    case "cancel":
      return [{ phase: "failed", failure: { kind: "cancelled" } }, []];
    default:
      return assertNever(event);
  }
}

function onReceived(state: Active, { value, type }: ReceivedParam): ParamExchangeStep {
  const { wanted } = state;
  if (wanted === undefined || isSameValue(value, wanted, type)) return [{ phase: "done", value, type }, []];
  switch (state.phase) {
    case "reading":
      return send({ ...state, type, phase: "writing", tries: 1, waitMs: state.retryPolicy.waitMs });
    case "writing":
      // The value may have been sent before our PARAM_SET arrived: read it again.
      return send({ ...state, type, phase: "checking", tries: 1, waitMs: state.retryPolicy.waitMs });
    case "checking":
      return [{ phase: "failed", failure: { kind: "not-taken", name: state.name, value } }, []];
    default:
      return assertNever(state.phase);
  }
}

/** Compared as the autopilot stores it: a 32-bit float, or an integer. */
function isSameValue(held: number, wanted: number, type: ParamType): boolean {
  if (type !== "real32") return Math.abs(held - wanted) < 1 && Math.trunc(held) === Math.trunc(wanted);
  const exact = Math.fround(wanted);
  return held === exact || Math.abs(held - exact) <= Math.abs(exact) * 2e-6;
}

function onSilence(state: Active): ParamExchangeStep {
  if (state.tries < state.retryPolicy.triesMax) {
    return send({ ...state, tries: state.tries + 1, waitMs: state.waitMs * state.retryPolicy.growth });
  }
  if (state.phase === "writing")
    return send({ ...state, phase: "checking", tries: 1, waitMs: state.retryPolicy.waitMs });
  // The link works (otherwise the vehicle would be lost), so no parameter has this name.
  return [{ phase: "failed", failure: { kind: "unknown-name", name: state.name } }, []];
}

function send(state: Active): ParamExchangeStep {
  const timer = { kind: "arm-timer" as const, afterMs: state.waitMs };
  const { name, wanted, type } = state;
  if (state.phase === "writing" && wanted !== undefined && type !== undefined) {
    return [state, [{ kind: "request-set", name, value: wanted, type }, timer]];
  }
  return [state, [{ kind: "request-read", name }, timer]];
}
