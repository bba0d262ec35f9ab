import type { Flavour } from "../flavour.js";
import type { AirframeState, Demand } from "./airframeState.js";
import { stepFixedWing } from "./fixedWing.js";
import { stepMulticopter, type AirframeSurroundings } from "./multicopter.js";
import { stepVtol } from "./vtol.js";

/** One physics step for any kind of airframe. */
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
      // A copter never gets a wing demand; if it did, its rotors would idle.
      return stepMulticopter(state, demand.kind === "wing" ? { kind: "idle" } : demand, step, step.dtS);
  }
}

/** Motor power, expressed as the hover thrust that would draw the same current: a cruising propeller needs little. */
export function batteryLoad({ lift, thrustFraction }: AirframeState): number {
  return lift === "wing" ? thrustFraction * 0.4 : thrustFraction;
}
