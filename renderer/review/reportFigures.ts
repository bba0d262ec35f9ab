import type { RecordingDocument } from "../../src/contract/recordings.js";
import type { VehicleReport } from "../../src/vehicle/flightReport.js";

/** Seconds armed in all; a span still open ends with the recording. */
export const totalArmedS = ({ armed }: VehicleReport, lastUnixUs: number): number =>
  armed.reduce((sum, { fromUnixUs, toUnixUs }) => sum + ((toUnixUs ?? lastUnixUs) - fromUnixUs) / 1e6, 0);

/** Battery at the first and last moment it was known. */
export function firstAndLastBattery(
  document: RecordingDocument,
  systemId: number,
): readonly [number | undefined, number | undefined] {
  const track = document.vehicles.find((vehicle) => vehicle.systemId === systemId)?.track ?? [];
  const known = track.filter(({ batteryFraction }) => batteryFraction !== undefined);
  return [known[0]?.batteryFraction, known.at(-1)?.batteryFraction];
}
