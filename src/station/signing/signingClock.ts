import { join } from "node:path";
import type { Clock } from "../../core/clock.js";
import { readText, writeAtomic } from "../../io/fileStore.js";
import { signingTimeOf } from "../../mavlink/signing.js";

/** Timestamps are reserved on disk ten seconds ahead of their use: after a crash the next start begins after them. */
const RESERVED_10US = 1_000_000;

/**
 * The timestamps that this station signs with: increasing with every message of any link, never going back, whatever
 * the computer's clock does and however often the station is started.
 */
export type SigningClock = {
  readonly load: () => Promise<void>;
  /** A timestamp in units of 10 µs since 2015-01-01; every call returns a later one. */
  readonly next: () => number;
  readonly now: () => number;
  /** A validly signed message was received: our timestamps continue after its own. */
  readonly saw: (time10us: number) => void;
  /** Resolves when the reservation is on disk. */
  readonly settle: () => Promise<void>;
};

export function createSigningClock(clock: Clock, dataFolder: string): SigningClock {
  const path = join(dataFolder, "signing-time.json");
  let last10us = 0;
  let reservedUntil10us = 0;
  let writing: Promise<unknown> = Promise.resolve();

  const now = (): number => Math.max(last10us, signingTimeOf(clock.unixUs()));
  const reserve = (): void => {
    if (last10us + RESERVED_10US / 2 < reservedUntil10us) return;
    reservedUntil10us = last10us + RESERVED_10US;
    // The recorder reports a disk that cannot be written; what is lost here is the guard against a clock set back.
    writing = writing.then(() => writeAtomic(path, `${JSON.stringify({ reservedUntil10us })}\n`));
  };
  return {
    load: async () => {
      const text = await readText(path);
      if (text.ok) last10us = Math.max(last10us, reservedIn(text.value));
    },
    now,
    next: () => {
      last10us = Math.max(last10us + 1, signingTimeOf(clock.unixUs()));
      reserve();
      return last10us;
    },
    saw: (time10us) => {
      last10us = Math.max(last10us, time10us);
    },
    settle: async () => {
      await writing;
    },
  };
}

/** 0 for a damaged file: then only the computer's clock counts. */
function reservedIn(text: string): number {
  const found = /"reservedUntil10us":\s*(\d{1,15})/.exec(text);
  return found ? Number(found[1]) : 0;
}
