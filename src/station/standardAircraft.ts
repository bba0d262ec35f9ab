import { installedText } from "../io/installedFile.js";
import { readAircraft, type Aircraft } from "../plan/aircraft.js";

const FILE = "quad-thermal.json";
let known: { readonly aircraft: Aircraft | undefined } | undefined;

/**
 * The aircraft this installation plans for unless told otherwise: the first of `missions/aircraft/`. Read once, when first
 * asked for; undefined when the file is missing.
 */
export function standardAircraft(): Aircraft | undefined {
  if (!known) {
    const text = installedText("missions", "aircraft", FILE);
    const aircraft = text === undefined ? undefined : readAircraft(text, FILE);
    known = { aircraft: aircraft?.ok ? aircraft.value : undefined };
  }
  return known.aircraft;
}
