import { FlightReading, type RecordedFlight } from "./logs/flightReading.js";
import { tlogFrom } from "./tlogWalk.js";

/** What a recording (.tlog) contains. An empty or unreadable file gives a report with zero frames and says why. */
export function reportFromTlog(bytes: Uint8Array): RecordedFlight {
  const flight = new FlightReading(tlogFrom(bytes)).finish();
  if (flight.report.frames > 0) return flight;
  return { ...flight, problems: [...flight.problems, "no MAVLink frames in this file"] };
}
