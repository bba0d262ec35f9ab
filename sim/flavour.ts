/** PX4 as recorded (1.14), or the next one, which has plan ids, standard modes and other mode names. */
export type Px4Release = "1.14" | "1.15";

/** Which autopilot flies which kind of aircraft. */
export type Flavour = {
  readonly autopilot: "ardupilot" | "px4";
  readonly airframe: "copter" | "plane" | "vtol";
  /** Of a PX4; 1.14 where not given. */
  readonly px4?: Px4Release;
};

/** PX4 1.15: opaque plan ids, MISSION_CURRENT with total and state, AVAILABLE_MODES and standard modes. */
export const isRecentPx4 = ({ autopilot, px4 }: Flavour): boolean => autopilot === "px4" && px4 === "1.15";
