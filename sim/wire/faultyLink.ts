import { performance } from "node:perf_hooks";
import type { Clock, Scheduler } from "../../src/core/clock.js";
import { seededRng } from "../../src/core/rng.js";
import type { Link, LinkHandler } from "./link.js";
import { lossyWire } from "./lossyWire.js";
import type { SeededFaults } from "./wireFaults.js";
import type { ReceivedMessage } from "./mavlinkCodec.js";

/** Applies the same faults to both directions of a real link, with separate random draws. */
type FaultyLink = {
  /** Pass this as `onMessage` when opening the link. */
  readonly onMessage: LinkHandler;
  /** Wraps the opened link: everything sent through it gets the faults. */
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

/** A received message occupies the radio for as long as its frame is. */
const frameSizeBytes = ({ frame }: ReceivedMessage): number => frame?.byteLength ?? 0;

/**
 * A bad radio between the simulated vehicle and the network: each frame of this process counts as one packet. Default clock: the wall
 * clock.
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
