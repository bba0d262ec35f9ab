import type { ParamType } from "../../vehicle/params.js";

/** A parameter as an autopilot lists it. Only ArduPilot's packed file has a `defaultValue`. */
export type ListedParam = {
  readonly name: string;
  readonly value: number;
  readonly type: ParamType;
  readonly defaultValue?: number;
};
