import type { TransferOptions } from "./missionWire.js";

/**
 * Starts from the mission page's values (1500 ms, 250 ms an item, https://mavlink.io/en/services/mission.html), grows on
 * a slow link. Retries: with growth the ninth silence ends about 40 s after the first, well past the 8 s after which
 * ArduPilot itself gives up; at 10 % loss each way a hundred items then fail once in a million transfers.
 */
export const DEFAULT_TRANSFER: TransferOptions = {
  countTimeoutMs: 1500,
  itemTimeoutMs: 250,
  timeoutMaxMs: 8000,
  growth: 1.5,
  retriesMax: 8,
};

/** How long to wait now; lives in a transfer's state so that what was learned of the link is kept. */
export type Patience = { readonly countMs: number; readonly itemMs: number };

export const patienceFrom = (options: TransferOptions): Patience => ({
  countMs: options.countTimeoutMs,
  itemMs: options.itemTimeoutMs,
});

export const grown = (patience: Patience, options: TransferOptions): Patience => ({
  countMs: Math.min(options.timeoutMaxMs, patience.countMs * options.growth),
  itemMs: Math.min(options.timeoutMaxMs, patience.itemMs * options.growth),
});

/** After an item that needed no retry: a tenth back towards the start, so one burst of loss does not slow the rest. */
export const eased = (patience: Patience, options: TransferOptions): Patience => ({
  countMs: Math.max(options.countTimeoutMs, patience.countMs * 0.9),
  itemMs: Math.max(options.itemTimeoutMs, patience.itemMs * 0.9),
});
