import type { VehicleId } from "./vehicleState.js";

/** Two of our own that may meet. `a` and `b` in the order of the vehicle list. */
export type FleetWarning =
  /** Both in the air, close in plan and in height, or heading there. */
  | {
      readonly kind: "closing";
      readonly a: VehicleId;
      readonly b: VehicleId;
      /** At the closest point of approach, seconds from now (0 = now). */
      readonly inS: number;
      readonly horizontalM: number;
      readonly verticalM: number;
    }
  /** Their plans cross (or come closer than the least distance) at about the same height. */
  | {
      readonly kind: "plans-cross";
      readonly a: VehicleId;
      readonly b: VehicleId;
      readonly itemA: number;
      /** Of the plan, counted from 0. */
      readonly itemB: number;
      readonly horizontalM: number;
      readonly verticalM: number;
      /** Their heights are in datums that cannot be compared: `verticalM` is 0 for want of better. */
      readonly isHeightUnknown?: boolean;
    }
  /** The battery reaches its reserve before the plan is done. */
  | { readonly kind: "relief-needed"; readonly a: VehicleId; readonly remainingFraction: number };
