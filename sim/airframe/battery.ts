import { HOVER_THRUST_FRACTION } from "./airframeState.js";

/** A six-cell lithium battery under load. */
export type BatteryState = { readonly usedMah: number; readonly currentA: number; readonly voltageV: number };

type BatteryPack = { readonly capacityMah: number; readonly cells: number; readonly resistanceOhm: number };
export const TRAINING_PACK: BatteryPack = { capacityMah: 22_000, cells: 6, resistanceOhm: 0.018 };

/** Avionics and camera, also drawn on the ground. */
const AVIONICS_A = 1.2;
/** Motor current at hover thrust. */
const HOVER_A = 24;

/** Open-circuit cell voltage by remaining charge: flat in the middle, steep at both ends (typical LiPo). */
const CELL_CURVE: readonly (readonly [number, number])[] = [
  [0, 3.2],
  [0.05, 3.5],
  [0.1, 3.62],
  [0.2, 3.7],
  [0.4, 3.78],
  [0.6, 3.87],
  [0.8, 4.0],
  [1, 4.19],
];

function openCircuitV(remainingFraction: number): number {
  for (let i = 1; i < CELL_CURVE.length; i++) {
    const [x0, y0] = CELL_CURVE[i - 1] ?? [0, 0];
    const [x1, y1] = CELL_CURVE[i] ?? [1, 0];
    if (remainingFraction <= x1) return y0 + ((y1 - y0) * Math.max(0, remainingFraction - x0)) / (x1 - x0);
  }
  return CELL_CURVE[CELL_CURVE.length - 1]?.[1] ?? 0;
}

export function remainingFraction(state: BatteryState, pack: BatteryPack): number {
  return Math.max(0, 1 - state.usedMah / pack.capacityMah);
}

function loaded(usedMah: number, currentA: number, pack: BatteryPack): BatteryState {
  const restV = openCircuitV(Math.max(0, 1 - usedMah / pack.capacityMah)) * pack.cells;
  return { usedMah, currentA, voltageV: restV - currentA * pack.resistanceOhm };
}

/** A battery with `fraction` of its charge left, without load. */
export function batteryAt(fraction: number, pack: BatteryPack): BatteryState {
  return loaded((1 - fraction) * pack.capacityMah, AVIONICS_A, pack);
}

/** A rotor's power is proportional to thrust to the power 3/2. */
export function stepBattery(state: BatteryState, pack: BatteryPack, thrustFraction: number, dtS: number): BatteryState {
  const currentA = AVIONICS_A + HOVER_A * Math.pow(thrustFraction / HOVER_THRUST_FRACTION, 1.5);
  return loaded(state.usedMah + (currentA * 1000 * dtS) / 3600, currentA, pack);
}
