import type { TransferOptions } from "./missionWire.js";

/**
 * For a link whose round-trip time is not known: starts from the values of MAVLink's mission page (1500 ms, 250 ms an
 * item, https://mavlink.io/en/services/mission.html). Limits: PX4 drops a download after 5 s without a request,
 * ArduPilot an upload after 8 s without an item, so several tries must fit into that; giving up comes well after it.
 */
export const DEFAULT_TRANSFER: TransferOptions = {
  countTimeoutMs: 1500,
  itemTimeoutMs: 250,
  countTimeoutMaxMs: 8000,
  itemTimeoutMaxMs: 2000,
  growth: 1.5,
  isLearning: true,
  countRetriesMax: 6,
  itemRetriesMax: 12,
};

/**
 * For a link whose round-trip time was measured: never shorter than the defaults, and long enough that no retry is sent
 * while a reply is still under way.
 */
export function transferOptionsFor(roundTripMs: number | undefined): TransferOptions {
  if (roundTripMs === undefined) return DEFAULT_TRANSFER;
  const { countTimeoutMs, itemTimeoutMs, countTimeoutMaxMs, itemTimeoutMaxMs } = DEFAULT_TRANSFER;
  return {
    ...DEFAULT_TRANSFER,
    countTimeoutMs: Math.max(countTimeoutMs, 2 * roundTripMs + 500),
    itemTimeoutMs: Math.max(itemTimeoutMs, 1.5 * roundTripMs + 50),
    countTimeoutMaxMs: Math.max(countTimeoutMaxMs, 4 * roundTripMs),
    itemTimeoutMaxMs: Math.max(itemTimeoutMaxMs, 3 * roundTripMs),
    growth: 1.25,
    isLearning: false,
  };
}

/** The current time-outs; part of a transfer's state, so that what was learned of the link is kept. */
export type RetryPolicy = { readonly countMs: number; readonly itemMs: number };

export const retryPolicyFrom = (options: TransferOptions): RetryPolicy => ({
  countMs: options.countTimeoutMs,
  itemMs: options.itemTimeoutMs,
});

export const grown = (retryPolicy: RetryPolicy, options: TransferOptions): RetryPolicy => ({
  countMs: Math.min(options.countTimeoutMaxMs, retryPolicy.countMs * options.growth),
  itemMs: Math.min(options.itemTimeoutMaxMs, retryPolicy.itemMs * options.growth),
});

/**
 * After progress. While learning, an item without a retry shortens the time-outs by a tenth, at most back to the
 * initial ones, so that one burst of loss does not slow down the rest.
 */
export function afterProgress(retryPolicy: RetryPolicy, options: TransferOptions, retries: number): RetryPolicy {
  if (!options.isLearning) return retryPolicyFrom(options);
  if (retries > 0) return retryPolicy;
  return {
    countMs: Math.max(options.countTimeoutMs, retryPolicy.countMs * 0.9),
    itemMs: Math.max(options.itemTimeoutMs, retryPolicy.itemMs * 0.9),
  };
}
