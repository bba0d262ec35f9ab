import type { Flavour } from "../flavour.js";
import { definitionsOf } from "../services/params/definitions.js";

/** All parameters of an aircraft by name; a name that its flavour lacks is undefined. */
export type Params = Readonly<Record<string, number | undefined>>;

/** All parameters of a flavour, with default values. */
export function defaultParamsOf(flavour: Flavour): Params {
  return Object.fromEntries(definitionsOf(flavour).map(({ name, value }) => [name, value]));
}

/** The parameters with one value changed; the name is not checked. */
export function withValue(params: Params, name: string, value: number): Params {
  return { ...params, [name]: value };
}
