import { installedText } from "../io/installedFile.js";
import { readAircraft, type Aircraft } from "../plan/aircraft.js";
import { STANDARD_AIRCRAFT_FILE } from "../plan/standardAircraftFile.js";

let known: { readonly aircraft: Aircraft | undefined } | undefined;

/**
 * The aircraft this installation plans for where no other is chosen; read once, when first asked for. Undefined when its file is
 * missing or damaged.
 */
export function standardAircraft(): Aircraft | undefined {
  if (!known) {
    const text = installedText("missions", "aircraft", STANDARD_AIRCRAFT_FILE);
    const aircraft = text === undefined ? undefined : readAircraft(text, STANDARD_AIRCRAFT_FILE);
    known = { aircraft: aircraft?.ok ? aircraft.value : undefined };
  }
  return known.aircraft;
}
