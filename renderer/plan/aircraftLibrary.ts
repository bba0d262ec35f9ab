import { type Aircraft, readAircraft } from "../../src/plan/aircraft.js";
import { STANDARD_AIRCRAFT_FILE } from "../../src/plan/standardAircraftFile.js";

/** The aircraft files bundled with this build, as text; read by the same reader as a user's own file. */
const files = import.meta.glob<string>("../../missions/aircraft/*.json", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** The aircraft that new plans are made for: the one that the station checks against (`station/standardAircraft.ts`). */
export function defaultAircraft(): Aircraft {
  const read = readAircraft(files[`../../missions/aircraft/${STANDARD_AIRCRAFT_FILE}`] ?? "", STANDARD_AIRCRAFT_FILE);
  if (!read.ok) throw new Error(`Invariant: missions/aircraft/${STANDARD_AIRCRAFT_FILE} is readable`);
  return read.value;
}
