import type { FlightMode } from "../../vehicle/vehicleState.js";

export type ModeNames = ReadonlyMap<number, string>;

export const NO_MODES: readonly FlightMode[] = [];

export const namesIn = (modes: readonly FlightMode[]): ModeNames =>
  new Map(modes.map(({ customMode, name }) => [customMode, name]));

/** The mode's usual name, or "MODE n" for a number that is in no table. */
export const modeNameIn = (names: ModeNames | undefined, customMode: number): string =>
  names?.get(customMode) ?? `MODE ${customMode}`;
