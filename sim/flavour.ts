/** PX4 1.14 (as recorded) or 1.15, which has plan ids, standard modes and other mode names. */
export type Px4Release = "1.14" | "1.15";

/** Combination of autopilot and airframe. */
export type Flavour = {
  readonly autopilot: "ardupilot" | "px4";
  readonly airframe: "copter" | "plane" | "vtol";
  /** PX4 only; default 1.14. */
  readonly px4?: Px4Release;
};

/** PX4 1.15: opaque plan ids, MISSION_CURRENT with total and state, AVAILABLE_MODES and standard modes. */
export const isRecentPx4 = ({ autopilot, px4 }: Flavour): boolean => autopilot === "px4" && px4 === "1.15";
