import type { ParamType } from "../../vehicle/params.js";

/** A parameter as an autopilot lists it. `defaultValue` comes only with ArduPilot's packed file. */
export type ListedParam = {
  readonly name: string;
  readonly value: number;
  readonly type: ParamType;
  readonly defaultValue?: number;
};
