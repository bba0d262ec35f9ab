import type { Flavour } from "../flavour.js";
import { definitionsOf } from "../services/params/definitions.js";

/**
 * The parameters flight code names. The state of an autopilot holds these and its flavour's whole table besides, some
 * 1,400 (`../services/params/definitions.ts`), whose values come first.
 */
type Definition = { readonly type: number; readonly value: number; readonly isReadOnly?: boolean };
const INT8 = 2;
const INT16 = 4;
const INT32 = 6;
const REAL32 = 9;

const DEFINITIONS = {
  FORMAT_VERSION: { type: INT16, value: 120, isReadOnly: true },
  SYSID_MYGCS: { type: INT16, value: 255 },
  FS_GCS_ENABLE: { type: INT8, value: 1 },
  FS_GCS_TIMEOUT: { type: REAL32, value: 5 },
  BATT_CAPACITY: { type: INT32, value: 22_000, isReadOnly: true },
  BATT_ARM_VOLT: { type: REAL32, value: 22 },
  BATT_LOW_VOLT: { type: REAL32, value: 21.3 },
  BATT_LOW_MAH: { type: REAL32, value: 4400 },
  BATT_CRT_VOLT: { type: REAL32, value: 20.1 },
  BATT_CRT_MAH: { type: REAL32, value: 2200 },
  BATT_FS_LOW_ACT: { type: INT8, value: 2 },
  BATT_FS_CRT_ACT: { type: INT8, value: 1 },
  WPNAV_SPEED: { type: REAL32, value: 1000 },
  WPNAV_SPEED_UP: { type: REAL32, value: 250 },
  WPNAV_SPEED_DN: { type: REAL32, value: 150 },
  WPNAV_RADIUS: { type: REAL32, value: 200 },
  WP_YAW_BEHAVIOR: { type: INT8, value: 2 },
  RTL_ALT: { type: INT32, value: 3000 },
  RTL_SPEED: { type: INT16, value: 0 },
  RTL_LOIT_TIME: { type: INT32, value: 3000 },
  LAND_SPEED: { type: INT16, value: 50 },
  LAND_ALT_LOW: { type: INT16, value: 1000 },
  CIRCLE_RADIUS: { type: REAL32, value: 1000 },
  // Twice the usual ten seconds: trainees think before they start a mission.
  DISARM_DELAY: { type: INT8, value: 20 },
  MNT1_NEUTRAL_Y: { type: REAL32, value: -75 },
} satisfies Readonly<Record<string, Definition>>;

export type ParamName = keyof typeof DEFINITIONS;
export const PARAM_NAMES = Object.keys(DEFINITIONS) as readonly ParamName[];
export type Params = Readonly<Record<ParamName, number>> & Readonly<Record<string, number | undefined>>;

export const defaultParams: Params = Object.fromEntries(
  PARAM_NAMES.map((name) => [name, DEFINITIONS[name].value]),
) as Params;

/** Everything a flavour has, as it leaves the works. */
export function defaultParamsOf(flavour: Flavour): Params {
  const own = Object.fromEntries(definitionsOf(flavour).map(({ name, value }) => [name, value]));
  return { ...defaultParams, ...own };
}

/** The table with one value changed, whatever the name: for what has been checked already. */
export function withValue(params: Params, name: string, value: number): Params {
  return { ...params, [name]: value };
}

export const paramType = (name: ParamName): number => DEFINITIONS[name].type;

export function paramNameOf(text: string): ParamName | undefined {
  return PARAM_NAMES.find((name) => name === text);
}

/** The table after a PARAM_SET: a read-only one keeps its value; integers lose their fraction. NaN is never stored. */
export function withParam(params: Params, name: ParamName, value: number): Params {
  const definition: Definition = DEFINITIONS[name];
  if (definition.isReadOnly === true || Number.isNaN(value)) return params;
  return { ...params, [name]: definition.type === REAL32 ? Math.fround(value) : Math.trunc(value) };
}
