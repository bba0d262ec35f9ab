import type { Flavour } from "../flavour.js";
import { definitionsOf } from "../services/params/definitions.js";

/** The whole table of an aircraft by name, as its flight code reads it; a name its flavour does not have is undefined. */
export type Params = Readonly<Record<string, number | undefined>>;

/** Everything a flavour has, as it leaves the works. */
export function defaultParamsOf(flavour: Flavour): Params {
  return Object.fromEntries(definitionsOf(flavour).map(({ name, value }) => [name, value]));
}

/** The table with one value changed, whatever the name: for what has been checked already. */
export function withValue(params: Params, name: string, value: number): Params {
  return { ...params, [name]: value };
}
