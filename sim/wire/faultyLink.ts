import { performance } from "node:perf_hooks";
import type { Clock, Scheduler } from "../../src/core/clock.js";
import { seededRng } from "../../src/core/rng.js";
import type { Link, LinkHandler } from "./link.js";
import { lossyWire } from "./lossyWire.js";
import type { SeededFaults } from "./wireFaults.js";
import type { ReceivedMessage } from "./mavlinkCodec.js";

/** Puts the same faults on both directions of a real link, each with its own draws. */
type FaultyLink = {
  /** Give this to the opening of the link in place of `onMessage`. */
  readonly onMessage: LinkHandler;
  /** Everything sent goes through this; `link` is the one that was opened. */
  readonly wrap: (link: Link) => Link;
};

const wallClock: Pick<Clock, "monoMs"> & Scheduler = {
  monoMs: () => performance.now(),
  after: (afterMs, task) => {
    const timer = setTimeout(task, afterMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** A heard message takes as long on the radio as its frame has bytes. */
const frameSizeBytes = ({ frame }: ReceivedMessage): number => frame?.byteLength ?? 0;

/**
 * A bad radio between the simulated vehicle and the network. A frame in this process is a packet there. The clock is
 * the wall's unless given.
 */
export function createFaultyLink(
  faults: SeededFaults,
  onMessage: LinkHandler,
  time: Pick<Clock, "monoMs"> & Scheduler = wallClock,
): FaultyLink {
  const shared = { faults, scheduler: time, monoMs: time.monoMs };
  let isOpen = true;
  const up = lossyWire<ReceivedMessage>({
    ...shared,
    rng: seededRng(faults.seed * 2 + 1),
    sizeOf: frameSizeBytes,
    deliver: (message) => {
      if (isOpen) onMessage(message);
    },
  });
  return {
    onMessage: up,
    wrap: (link) => {
      const down = lossyWire<Uint8Array>({
        ...shared,
        rng: seededRng(faults.seed * 2),
        deliver: (frame) => {
          if (isOpen) link.send(frame);
        },
      });
      return {
        name: link.name,
        send: down,
        close: () => {
          isOpen = false;
          return link.close();
        },
      };
    },
  };
}
