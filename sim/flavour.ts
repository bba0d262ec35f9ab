/** Which autopilot a simulated aircraft imitates, and what kind of aircraft it is. */
export type Flavour = {
  readonly autopilot: "ardupilot" | "px4";
  readonly airframe: "copter" | "plane" | "vtol";
};
