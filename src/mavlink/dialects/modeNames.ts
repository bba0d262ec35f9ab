import type { AirframeKind, AutopilotKind, FlightMode } from "../../vehicle/vehicleState.js";
import { autopilotOf } from "./autopilots.js";
import { modeNameIn, type ModeNames, NO_MODES } from "./modeList.js";

/** The modes of this kind of vehicle, used when it does not list its own (AVAILABLE_MODES); always the same array. */
export const modeTableOf = (autopilot: AutopilotKind, airframe: AirframeKind): readonly FlightMode[] =>
  autopilotOf(autopilot)?.modes[airframe] ?? NO_MODES;

type NamedKind = { readonly autopilot: AutopilotKind; readonly airframe: AirframeKind; readonly mavType: number };

const namesOf = ({ autopilot, airframe, mavType }: NamedKind): ModeNames | undefined =>
  autopilotOf(autopilot)?.modeNames(airframe, mavType);

const UNKNOWN_TYPE = 0;

/**
 * The mode's usual name, or "MODE n" for a number that is in no table. `mavType` tells rovers, boats and the like
 * apart.
 */
export const modeNameOf = (
  autopilot: AutopilotKind,
  airframe: AirframeKind,
  customMode: number,
  mavType: number = UNKNOWN_TYPE,
): string => modeNameIn(namesOf({ autopilot, airframe, mavType }), customMode);

const bare = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** The number of a mode from its name in any usual spelling ("Stabilize", "Alt Hold", "ALT_HOLD"). */
export function modeNumberOf(kind: NamedKind, name: string): number | undefined {
  for (const [customMode, known] of namesOf(kind) ?? []) if (bare(known) === bare(name)) return customMode;
  return undefined;
}
