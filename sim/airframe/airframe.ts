import type { Flavour } from "../flavour.js";
import type { AirframeState, Demand } from "./airframeState.js";
import { stepFixedWing } from "./fixedWing.js";
import { stepMulticopter, type AirframeSurroundings } from "./multicopter.js";
import { stepVtol } from "./vtol.js";

/** One physics step of whatever kind of aircraft it is. */
export function stepAirframe(
  kind: Flavour["airframe"],
  state: AirframeState,
  demand: Demand,
  step: AirframeSurroundings & { readonly dtS: number },
): AirframeState {
  switch (kind) {
    case "plane":
      return stepFixedWing(state, demand, step, step.dtS);
    case "vtol":
      return stepVtol(state, demand, step, step.dtS);
    case "copter":
      // A wing is never asked of a copter; rotors idle if it were.
      return stepMulticopter(state, demand.kind === "wing" ? { kind: "idle" } : demand, step, step.dtS);
  }
}

/** What the motors take from the battery, as the hover thrust it takes the same for: a cruising propeller needs little. */
export function batteryLoad({ lift, thrustFraction }: AirframeState): number {
  return lift === "wing" ? thrustFraction * 0.4 : thrustFraction;
}
