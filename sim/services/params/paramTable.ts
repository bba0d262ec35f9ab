import type { AircraftControls, AircraftView } from "../../aircraftView.js";
import { crc32Part } from "../../../src/core/crc32.js";
import { PARAM_TYPE, definitionsOf, rounded, type ParamDefinition } from "./definitions.js";

/** The param_index of a PARAM_VALUE that answers a name or a change, and is no part of a list. */
export const NO_INDEX = 65535;

/** The parameters of one aircraft as currently listed: the values are in the autopilot's state, everything else is here. */
export type ParamTable = {
  /** In the order of their indices; changes with the `*_ENABLE` parameters. */
  readonly listed: () => readonly ParamDefinition[];
  readonly find: (name: string) => ParamDefinition | undefined;
  readonly indexOf: (name: string) => number;
  readonly valueOf: (definition: ParamDefinition) => number;
  /** Stores `value`, converted to the type, and returns the stored value: the old one when read-only or not a number. */
  readonly set: (definition: ParamDefinition, value: number) => number;
};

/** Changed by PX4 itself in flight, so excluded from its hash. */
export const isVolatile = (name: string): boolean => /^(LND_FLIGHT_T_(HI|LO)|COM_FLIGHT_UUID)$/.test(name);

type Access = {
  readonly view: Pick<AircraftView, "flavour" | "autopilot">;
  readonly controls: Pick<AircraftControls, "setParam">;
};

export function createParamTable({ view, controls }: Access): ParamTable {
  const all = definitionsOf(view.flavour);
  const switches = new Set(all.flatMap(({ shownBy }) => (shownBy === undefined ? [] : [shownBy])));
  const byName = new Map(all.map((definition) => [definition.name, definition]));
  const read = (name: string): number => view.autopilot().params[name] ?? byName.get(name)?.value ?? 0;
  let listed: readonly ParamDefinition[] = [];
  let places = new Map<string, number>();
  const refresh = (): void => {
    listed = all.filter(({ shownBy }) => shownBy === undefined || read(shownBy) !== 0);
    places = new Map(listed.map(({ name }, index) => [name, index]));
  };
  return {
    listed: () => {
      if (listed.length === 0) refresh();
      return listed;
    },
    // ArduPilot finds a hidden parameter by its name even though it is not listed.
    find: (name) => byName.get(name),
    indexOf: (name) => {
      if (listed.length === 0) refresh();
      return places.get(name) ?? -1;
    },
    valueOf: ({ name }) => read(name),
    set: (definition, value) => {
      const { name, type, isReadOnly } = definition;
      if (isReadOnly || Number.isNaN(value)) return read(name);
      const stored = rounded(type, value);
      controls.setParam(name, stored);
      if (switches.has(name)) refresh();
      return stored;
    },
  };
}

/** The value's four bytes as PX4 stores them, as an unsigned integer. */
export function bitsOf(definition: ParamDefinition, value: number): number {
  const four = new DataView(new ArrayBuffer(4));
  if (definition.type === PARAM_TYPE.real32) four.setFloat32(0, value);
  else four.setInt32(0, value);
  return four.getUint32(0);
}

/**
 * PX4's `_HASH_CHECK`: the CRC over the name and the four bytes of each parameter that is not volatile, in order.
 * Source: param_hash_check in src/lib/parameters/parameters.cpp.
 */
export function hashOf(table: ParamTable): number {
  const four = new DataView(new ArrayBuffer(4));
  return table.listed().reduce((sum, definition) => {
    if (isVolatile(definition.name)) return sum;
    four.setUint32(0, bitsOf(definition, table.valueOf(definition)), true);
    return crc32Part(new Uint8Array(four.buffer), crc32Part(Buffer.from(definition.name, "latin1"), sum));
  }, 0);
}
