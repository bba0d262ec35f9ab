import type { ContactCrowd } from "./contactCrowd.js";

const PULSE_S = 1.2;

/** A new contact pulses once: its mark, or that of those it stands among. Allocates only for contacts not met before. */
export class Pulses {
  /** For each mark 1 when the contact first appears, falling to 0. */
  of = new Float64Array(0);
  readonly #firstS = new Map<string, number>();

  /** True while any pulses. */
  update({ list, clusters }: ContactCrowd, nowS: number): boolean {
    if (this.of.length !== list.length) this.of = new Float64Array(list.length);
    this.of.fill(0);
    let isPulsing = false;
    for (let i = 0; i < list.length; i++) {
      const leader = clusters.leaderOf[i] ?? -1;
      const id = list[i]?.id;
      if (leader < 0 || id === undefined) continue;
      const firstS = this.#firstS.get(id);
      if (firstS === undefined) this.#firstS.set(id, nowS);
      const ageS = nowS - (firstS ?? nowS);
      if (ageS >= PULSE_S) continue;
      isPulsing = true;
      this.of[leader] = Math.max(this.of[leader] ?? 0, (1 - ageS / PULSE_S) ** 2);
    }
    return isPulsing;
  }
}
