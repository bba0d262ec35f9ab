import type { Rng } from "../../core/rng.js";

export const below = (rng: Rng, limit: number): number => Math.floor(rng.uniform() * limit);

export const noise = (rng: Rng, length: number): Uint8Array => Uint8Array.from({ length }, () => below(rng, 256));

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const flipped = (rng: Rng, bytes: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  for (let i = 1 + below(rng, 4); i > 0; i--) copy[below(rng, copy.length)]! ^= 1 << below(rng, 8);
  return copy;
};
const cut = (rng: Rng, bytes: Uint8Array): Uint8Array => bytes.slice(0, below(rng, bytes.length));
const beheaded = (rng: Rng, bytes: Uint8Array): Uint8Array => bytes.slice(1 + below(rng, bytes.length - 1));
const spliced = (rng: Rng, bytes: Uint8Array, other: Uint8Array): Uint8Array =>
  joined([cut(rng, bytes), beheaded(rng, other)]);
const mislengthed = (rng: Rng, bytes: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  copy[1] = below(rng, 256); // MAVLink's length byte
  return copy;
};
const stuffed = (rng: Rng, bytes: Uint8Array): Uint8Array => {
  const at = below(rng, bytes.length);
  return joined([bytes.slice(0, at), noise(rng, 1 + below(rng, 40)), bytes.slice(at)]);
};

const MUTATIONS = [flipped, cut, beheaded, spliced, mislengthed, stuffed];

/** One kind of damage, as radios, disks and attackers cause it. `other` is another undamaged piece, for splices. */
export function mutated(rng: Rng, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const mutation = MUTATIONS[below(rng, MUTATIONS.length)] ?? flipped;
  return mutation(rng, bytes, other);
}
