/**
 * DataFlash, the log that ArduPilot writes on board (.bin, or .log as text): gives the same report and replay as a
 * link's recording.
 */
import type { VehicleEvent } from "../../../vehicle/events.js";
import { EventDescriber } from "../../events/eventDescriber.js";
import type { Log, LogWalk, MissionPart, WalkSummary } from "../logWalk.js";
import { type Preamble, readPreamble, sinceBootUsOf } from "./preamble.js";
import type { LogRecord, RecordSource } from "./recordFormat.js";
import { FRESH_MEMORY, type LogMemory, meaningOf } from "./recordMeaning.js";
import { RecordScan } from "./recordScan.js";
import { TextScan } from "./textScan.js";

type Place = {
  readonly open: () => RecordSource;
  readonly memory: LogMemory;
  readonly sinceBootUs: number;
};

/** Never fails: a file that is no DataFlash log has no records, and its problems say so. */
export const dataflashFrom = (bytes: Uint8Array): Log => logFrom(bytes, () => new RecordScan(bytes));

/** The same log written as lines of text. */
export const textLogFrom = (bytes: Uint8Array): Log => logFrom(bytes, () => new TextScan(bytes));

function logFrom(bytes: Uint8Array, open: () => RecordSource): Log {
  const preamble = readPreamble(open());
  const start: Place = { open, memory: FRESH_MEMORY, sinceBootUs: preamble.firstSinceBootUs };
  return {
    countOfBytes: bytes.length,
    walk: () => new DataflashWalk(preamble, start),
    writer: preamble.writer,
    problems: problemsOf(preamble),
    events: new EventDescriber(),
  };
}

function problemsOf({ bootUnixUs, hasPosition, hasHome }: Preamble): readonly string[] {
  return [
    ...(bootUnixUs === undefined ? ["no GPS time in this log: its clock starts at boot, in 1970"] : []),
    ...(hasPosition && !hasHome ? ["no home in this log: heights are above the first fix"] : []),
  ];
}

class DataflashWalk implements LogWalk {
  readonly #preamble: Preamble;
  readonly #scan: RecordSource;
  #record: LogRecord | undefined;
  #memory: LogMemory;
  #sinceBootUs: number;
  #happened: readonly VehicleEvent[] = [];

  constructor(preamble: Preamble, place: Place) {
    this.#preamble = preamble;
    this.#scan = place.open();
    this.#memory = place.memory;
    this.#sinceBootUs = place.sinceBootUs;
  }

  get at(): number {
    return this.#scan.at;
  }

  get unixTimeUs(): number {
    return (this.#preamble.bootUnixUs ?? 0) + this.#sinceBootUs;
  }

  get name(): string {
    return this.#record?.format.name ?? "";
  }

  readonly next = (): boolean => {
    this.#record = this.#scan.next();
    if (!this.#record) return false;
    // A record without a timestamp (FMT, PARM of old logs) has the time of the one before it.
    this.#sinceBootUs = sinceBootUsOf(this.#record) ?? this.#sinceBootUs;
    this.#understand(this.#record);
    return true;
  };

  readonly events = (): readonly VehicleEvent[] => this.#happened;

  readonly missionPart = (): MissionPart | undefined => {
    const record = this.#record;
    if (record?.format.name !== "CMD") return undefined;
    const { systemId } = this.#preamble.writer;
    const seq = record.stored("CNum");
    const command = record.stored("CId");
    if (seq === undefined || command === undefined) return undefined;
    const item = {
      seq,
      command,
      frame: record.stored("Frame") ?? 0,
      latitudeDeg: record.number("Lat") ?? 0,
      longitudeDeg: record.number("Lng") ?? 0,
      altitudeM: record.number("Alt") ?? 0,
    };
    return { kind: "item", systemId, item, countOfItems: record.stored("CTot") };
  };

  readonly bookmark = (): (() => LogWalk) => {
    const place: Place = { open: this.#scan.bookmark(), memory: this.#memory, sinceBootUs: this.#sinceBootUs };
    return () => new DataflashWalk(this.#preamble, place);
  };

  readonly summary = (): WalkSummary => ({
    badChecksums: 0, // DataFlash has no checksums
    unknownMessages: this.#scan.unknownRecords,
    problems: this.#scan.problems,
  });

  /** Every record must pass here, whether asked for or not: later records depend on what earlier ones set. */
  #understand(record: LogRecord): void {
    const { writer, hasEstimate, gps } = this.#preamble;
    const { memory, events } = meaningOf(record, { memory: this.#memory, writer, hasEstimate, gps });
    this.#memory = memory;
    const { unixTimeUs } = this;
    this.#happened = events.map((body) => ({
      systemId: writer.systemId,
      componentId: writer.componentId,
      receivedAtMonoMs: unixTimeUs / 1000,
      unixTimeUs,
      ...body,
    }));
  }
}
