import type { FlightReport } from "../vehicle/flightReport.js";
import type { RecordedTrack } from "../vehicle/recordedTrack.js";
import type { MavlinkFrame } from "./frame.js";
import { MAV_AUTOPILOT_INVALID } from "./identity.js";
import { fieldsOf } from "./messageFields.js";
import { RecordedVehicleBuilder } from "./recordedVehicle.js";
import { readTlog, type TlogRecord } from "./tlog.js";

type RecordedFlight = {
  readonly report: FlightReport;
  readonly tracks: readonly RecordedTrack[];
  /** What could not be read, with byte offsets; empty when all was. */
  readonly problems: readonly string[];
};

/** What a recording (.tlog) contains. An empty or unreadable file gives a report with zero frames and says why. */
export function reportFromTlog(bytes: Uint8Array): RecordedFlight {
  const messages = new Map<string, number>();
  const vehicles = new VehicleBook();
  let firstUnixUs: number | undefined;
  let lastUnixUs = 0;
  const summary = readTlog(bytes, (record) => {
    const name = record.frame.name ?? String(record.frame.messageId);
    messages.set(name, (messages.get(name) ?? 0) + 1);
    firstUnixUs ??= record.unixTimeUs;
    lastUnixUs = record.unixTimeUs;
    vehicles.heard(record);
  });
  const builders = vehicles.builders();
  return {
    report: {
      firstUnixUs: firstUnixUs ?? 0,
      lastUnixUs,
      frames: summary.records,
      badChecksums: summary.badChecksums,
      unknownMessages: summary.unknownMessages,
      messages: Object.fromEntries([...messages].sort(([a], [b]) => (a < b ? -1 : 1))),
      vehicles: builders.map((builder) => builder.report()),
    },
    tracks: builders.map((builder) => builder.track()),
    problems: summary.records === 0 ? [...summary.problems, "no MAVLink frames in this file"] : summary.problems,
  };
}

/**
 * A system becomes a vehicle with its first autopilot heartbeat. What it said before (the texts of its start) belongs to
 * it all the same, so records wait until it is clear.
 */
class VehicleBook {
  readonly #vehicles = new Map<number, RecordedVehicleBuilder>();
  readonly #waiting = new Map<number, TlogRecord[]>();

  heard(record: TlogRecord): void {
    const { systemId } = record.frame;
    const builder = this.#vehicles.get(systemId);
    if (builder) {
      builder.heard(record.unixTimeUs, record.frame);
      return;
    }
    const waiting = this.#waiting.get(systemId) ?? [];
    waiting.push(record);
    this.#waiting.set(systemId, waiting);
    if (isAutopilotHeartbeat(record.frame)) this.#open(record.frame, waiting);
  }

  builders(): readonly RecordedVehicleBuilder[] {
    return [...this.#vehicles.entries()].sort(([a], [b]) => a - b).map(([, builder]) => builder);
  }

  #open({ systemId, componentId }: MavlinkFrame, waiting: readonly TlogRecord[]): void {
    const builder = new RecordedVehicleBuilder(systemId, componentId);
    this.#vehicles.set(systemId, builder);
    this.#waiting.delete(systemId);
    for (const record of waiting) builder.heard(record.unixTimeUs, record.frame);
  }
}

function isAutopilotHeartbeat(frame: MavlinkFrame): boolean {
  const heartbeat = fieldsOf(frame, "HEARTBEAT");
  return heartbeat !== undefined && heartbeat.autopilot !== MAV_AUTOPILOT_INVALID;
}
