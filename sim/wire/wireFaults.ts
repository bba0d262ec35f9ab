import { err, ok, type Result } from "../../src/core/result.js";
import { PERFECT_WIRE, type WireFaults } from "./lossyWire.js";

/** The faults of both directions of a link, and the seed of their random draws. */
export type SeededFaults = WireFaults & { readonly seed: number };
type WireFaultsProblem = { readonly kind: "bad-wire-faults"; readonly part: string };

export const WIRE_FAULTS_USAGE =
  "loss=0.1,dup=0.05,reorder=0.05,delay=300,jitter=40,rate=57600,queue=8192,cut=10-15,seed=3";

type Change = (value: string) => Partial<SeededFaults> | undefined;

function numberFrom(text: string, most: number): number | undefined {
  const value = Number(text);
  return /^\d+(\.\d+)?$/.test(text) && value <= most ? value : undefined;
}

const numeric =
  (name: keyof SeededFaults, most: number, least = 0): Change =>
  (text) => {
    const value = numberFrom(text, most);
    return value === undefined || value < least ? undefined : { [name]: value };
  };

const CHANGES: Readonly<Record<string, Change>> = {
  loss: numeric("dropFraction", 1),
  dup: numeric("duplicateFraction", 1),
  reorder: numeric("reorderFraction", 1),
  delay: numeric("delayMs", 600_000),
  jitter: numeric("jitterMs", 600_000),
  rate: numeric("bitsPerS", 1e12, 1),
  queue: numeric("queueBytes", 1e12, 1),
  seed: numeric("seed", 2 ** 32),
};

function cutFrom(text: string): { readonly fromS: number; readonly toS: number } | undefined {
  const [fromS, toS, ...more] = text.split("-").map((part) => numberFrom(part, 1e6));
  return more.length === 0 && fromS !== undefined && toS !== undefined && toS > fromS ? { fromS, toS } : undefined;
}

/**
 * `loss=0.1,dup=0.05,reorder=0.05,delay=300,jitter=40,rate=57600,queue=8192,cut=10-15,seed=3`: fractions 0..1,
 * milliseconds one way, bits a second, bytes, seconds since the link was opened (`cut` may be given more than once).
 * All parts are optional; an empty text means no faults. The error names the part that cannot be read.
 */
export function wireFaultsOf(text: string): Result<SeededFaults, WireFaultsProblem> {
  let faults: SeededFaults = { ...PERFECT_WIRE, seed: 1 };
  for (const part of text.split(",").map((one) => one.trim())) {
    if (part === "") continue;
    const [name = "", value = "", ...more] = part.split("=");
    const cut = name === "cut" ? cutFrom(value) : undefined;
    const change = cut ? { cuts: [...(faults.cuts ?? []), cut] } : CHANGES[name]?.(value);
    if (!change || more.length > 0) return err({ kind: "bad-wire-faults", part });
    faults = { ...faults, ...change };
  }
  return ok(faults);
}
