/**
 * Single parameters as the autopilot holds them now, for the other services of the same vehicle
 * (`VehicleServices.paramReads` in `services.ts`); no loaded table is needed.
 */
export type ParamReads = {
  /**
   * Requests it from the autopilot (PARAM_REQUEST_READ, a few tries, at most about 5 s on a good link). Undefined when
   * the autopilot does not know the name or does not answer.
   */
  readonly read: (name: string) => Promise<number | undefined>;
};
