import type { Scheduler } from "../../src/core/clock.js";
import type { Rng } from "../../src/core/rng.js";

/** Faults of a bad radio, each way. Fractions 0..1; times in milliseconds, one way. */
export type WireFaults = {
  readonly dropFraction: number;
  readonly duplicateFraction: number;
  readonly delayMs: number;
  /** Extra delay, uniform in 0..jitterMs; longer than the interval between packets it reorders them. */
  readonly jitterMs: number;
  /** This fraction of packets is held back by another `delayMs` (20 ms at least), so that later ones overtake. */
  readonly reorderFraction: number;
  /** Rate of the radio; excess data waits in a queue of `queueBytes` (default: 2 s of the rate). */
  readonly bitsPerS?: number;
  readonly queueBytes?: number;
  /** Periods without any transfer, counted from the first packet or the wire's creation; packets under way still arrive. */
  readonly cuts?: readonly { readonly fromS: number; readonly toS: number }[];
};

export const PERFECT_WIRE: WireFaults = {
  dropFraction: 0,
  duplicateFraction: 0,
  delayMs: 0,
  jitterMs: 0,
  reorderFraction: 0,
};

const LEAST_HOLD_MS = 20;

/** Arrival times of one packet's copies, ms from now: none = lost, two = duplicated. Draws from `rng` only. */
export function packetFates(faults: WireFaults, rng: Rng): readonly number[] {
  // The number of draws per packet is constant, so that changing one fault does not change the random values of the others.
  const [lost, doubled, jitter, second, overtaken] = [
    rng.uniform(),
    rng.uniform(),
    rng.uniform(),
    rng.uniform(),
    rng.uniform(),
  ];
  if (lost < faults.dropFraction) return [];
  const held = overtaken < faults.reorderFraction ? Math.max(faults.delayMs, LEAST_HOLD_MS) : 0;
  const first = faults.delayMs + held + jitter * faults.jitterMs;
  return doubled < faults.duplicateFraction ? [first, faults.delayMs + second * Math.max(faults.jitterMs, 1)] : [first];
}

/** Milliseconds until a packet of this size has left the radio; undefined when its queue is full. */
function throttle({ bitsPerS, queueBytes }: WireFaults): (bytes: number, nowMs: number) => number | undefined {
  if (bitsPerS === undefined) return () => 0;
  const bytesPerMs = bitsPerS / 8000;
  const most = queueBytes ?? bytesPerMs * 2000;
  let freeAtMs = 0;
  return (bytes, nowMs) => {
    const startMs = Math.max(freeAtMs, nowMs);
    if ((startMs - nowMs) * bytesPerMs + bytes > most) return undefined;
    freeAtMs = startMs + bytes / bytesPerMs;
    return freeAtMs - nowMs;
  };
}

type LossyWireOptions<T> = {
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly faults: WireFaults;
  readonly deliver: (packet: T) => void;
  /** Required for a rate and for cuts. */
  readonly monoMs?: () => number;
  /** Size on the wire; default: the packet's `byteLength`. */
  readonly sizeOf?: (packet: T) => number;
};

const byteLengthOf = (packet: unknown): number => (packet instanceof Uint8Array ? packet.byteLength : 0);

/** One direction of a bad link: call the returned function to send; `deliver` is called later, once, twice or never. */
export function lossyWire<T>(options: LossyWireOptions<T>): (packet: T) => void {
  const { scheduler, rng, faults, deliver, monoMs = () => 0, sizeOf = byteLengthOf } = options;
  const waitMs = throttle(faults);
  const startMs = monoMs();
  const isCut = (): boolean => {
    const nowS = (monoMs() - startMs) / 1000;
    return faults.cuts?.some(({ fromS, toS }) => nowS >= fromS && nowS < toS) ?? false;
  };
  return (packet) => {
    const fates = packetFates(faults, rng);
    if (isCut()) return;
    // A packet lost in the air has occupied the radio all the same.
    const sentMs = waitMs(sizeOf(packet), monoMs());
    if (sentMs === undefined) return;
    for (const afterMs of fates) {
      scheduler.after(sentMs + afterMs, () => {
        deliver(packet);
      });
    }
  };
}
