/**
 * Single parameters as the autopilot holds them now, for other desks of the same vehicle. `VehicleServices.paramReads` (see
 * `services.ts`) is the vehicle's own door; it needs no loaded table.
 */
export type ParamReads = {
  /**
   * Asks the autopilot (PARAM_REQUEST_READ, a few tries, about 5 s at most on a good link). Undefined when it does not know
   * the name or does not answer.
   */
  readonly read: (name: string) => Promise<number | undefined>;
};
