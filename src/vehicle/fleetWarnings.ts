import type { VehicleId } from "./vehicleState.js";

/** A warning about two of our own aircraft. `a` and `b` are in the order of the vehicle list. */
export type FleetWarning =
  /** Both are in the air, and close horizontally and vertically now or soon. */
  | {
      readonly kind: "closing";
      readonly a: VehicleId;
      readonly b: VehicleId;
      /** Seconds until the closest point of approach (0 = now). */
      readonly inS: number;
      readonly horizontalM: number;
      readonly verticalM: number;
    }
  /** Their plans cross (or come closer than the minimum distance) at about the same height. */
  | {
      readonly kind: "plans-cross";
      readonly a: VehicleId;
      readonly b: VehicleId;
      readonly itemA: number;
      /** Item of the plan, counted from 0. */
      readonly itemB: number;
      readonly horizontalM: number;
      readonly verticalM: number;
      /** Their heights have datums that cannot be compared: then `verticalM` is 0. */
      readonly isHeightUnknown?: boolean;
    }
  /** The battery will reach its reserve before the plan is flown. */
  | { readonly kind: "relief-needed"; readonly a: VehicleId; readonly remainingFraction: number };
