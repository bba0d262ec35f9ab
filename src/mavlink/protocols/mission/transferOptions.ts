import type { TransferOptions } from "./missionWire.js";

/**
 * For a link whose round-trip time is not known: starts from the values of MAVLink's mission page (1500 ms, 250 ms an
 * item, https://mavlink.io/en/services/mission.html). Limits: PX4 drops a download after 5 s without a request,
 * ArduPilot an upload after 8 s without an item, so several tries must fit into that; giving up comes well after it.
 */
export const DEFAULT_TRANSFER: TransferOptions = {
  count: { timeoutMs: 1500, timeoutMaxMs: 8000, retriesMax: 6 },
  item: { timeoutMs: 250, timeoutMaxMs: 2000, retriesMax: 12 },
  growth: 1.5,
  isLearning: true,
};

/**
 * For a link whose round-trip time was measured: never shorter than the defaults, and long enough that no retry is sent
 * while a reply is still under way.
 */
export function transferOptionsFor(roundTripMs: number | undefined): TransferOptions {
  if (roundTripMs === undefined) return DEFAULT_TRANSFER;
  const { count, item } = DEFAULT_TRANSFER;
  return {
    count: {
      timeoutMs: Math.max(count.timeoutMs, 2 * roundTripMs + 500),
      timeoutMaxMs: Math.max(count.timeoutMaxMs, 4 * roundTripMs),
      retriesMax: count.retriesMax,
    },
    item: {
      timeoutMs: Math.max(item.timeoutMs, 1.5 * roundTripMs + 50),
      timeoutMaxMs: Math.max(item.timeoutMaxMs, 3 * roundTripMs),
      retriesMax: item.retriesMax,
    },
    growth: 1.25,
    isLearning: false,
  };
}

/** The current time-outs; part of a transfer's state, so that what was learned of the link is kept. */
export type RetryPolicy = { readonly countMs: number; readonly itemMs: number };

export const retryPolicyFrom = (options: TransferOptions): RetryPolicy => ({
  countMs: options.count.timeoutMs,
  itemMs: options.item.timeoutMs,
});

export const grown = (retryPolicy: RetryPolicy, options: TransferOptions): RetryPolicy => ({
  countMs: Math.min(options.count.timeoutMaxMs, retryPolicy.countMs * options.growth),
  itemMs: Math.min(options.item.timeoutMaxMs, retryPolicy.itemMs * options.growth),
});

/**
 * After progress. While learning, an item without a retry shortens the time-outs by a tenth, at most back to the
 * initial ones, so that one burst of loss does not slow down the rest.
 */
export function afterProgress(retryPolicy: RetryPolicy, options: TransferOptions, retries: number): RetryPolicy {
  if (!options.isLearning) return retryPolicyFrom(options);
  if (retries > 0) return retryPolicy;
  return {
    countMs: Math.max(options.count.timeoutMs, retryPolicy.countMs * 0.9),
    itemMs: Math.max(options.item.timeoutMs, retryPolicy.itemMs * 0.9),
  };
}
