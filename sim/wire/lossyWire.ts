import type { Scheduler } from "../../src/core/clock.js";
import type { Rng } from "../../src/core/rng.js";

/** What a bad radio does to packets, each way. Fractions 0..1, times in milliseconds, one way. */
export type WireFaults = {
  readonly dropFraction: number;
  readonly duplicateFraction: number;
  readonly delayMs: number;
  /** Extra delay, uniform in 0..jitterMs; more than the gap between packets reorders them. */
  readonly jitterMs: number;
  /** This fraction of packets is held back by another `delayMs`, so that later ones overtake. */
  readonly reorderFraction: number;
};

export const PERFECT_WIRE: WireFaults = {
  dropFraction: 0,
  duplicateFraction: 0,
  delayMs: 0,
  jitterMs: 0,
  reorderFraction: 0,
};

/** When the copies of one packet arrive, in ms from now: none = lost, two = duplicated. Draws from `rng` only. */
export function packetFates(faults: WireFaults, rng: Rng): readonly number[] {
  // Always the same number of draws a packet, so that changing one fault does not reshuffle the others.
  const [lost, doubled, jitter, second, overtaken] = [
    rng.uniform(),
    rng.uniform(),
    rng.uniform(),
    rng.uniform(),
    rng.uniform(),
  ];
  if (lost < faults.dropFraction) return [];
  const held = overtaken < faults.reorderFraction ? Math.max(faults.delayMs, 1) : 0;
  const first = faults.delayMs + held + jitter * faults.jitterMs;
  return doubled < faults.duplicateFraction ? [first, faults.delayMs + second * Math.max(faults.jitterMs, 1)] : [first];
}

type LossyWireOptions<T> = {
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly faults: WireFaults;
  readonly deliver: (packet: T) => void;
};

/** One direction of a bad wire: call the returned function to send; `deliver` is called later, or never, or twice. */
export function lossyWire<T>({ scheduler, rng, faults, deliver }: LossyWireOptions<T>): (packet: T) => void {
  return (packet) => {
    for (const afterMs of packetFates(faults, rng)) {
      scheduler.after(afterMs, () => {
        deliver(packet);
      });
    }
  };
}
