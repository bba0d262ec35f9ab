/**
 * DataFlash, the log that ArduPilot keeps on board (.bin): the same report and replay as of a link's recording.
 */
import type { VehicleEvent } from "../../../vehicle/events.js";
import { EventDescriber } from "../../events/eventDescriber.js";
import type { Log, LogWalk, MissionPart, WalkSummary } from "../logWalk.js";
import { type Preamble, readPreamble, sinceBootUsOf } from "./preamble.js";
import type { RecordReader } from "./recordFormat.js";
import { FRESH_MEMORY, type LogMemory, meaningOf } from "./recordMeaning.js";
import { type KnownFormats, NO_FORMATS, RecordScan } from "./recordScan.js";

type Place = {
  readonly at: number;
  readonly formats: KnownFormats;
  readonly memory: LogMemory;
  readonly sinceBootUs: number;
};

/** Never fails: a file that is no such log has no records, and its problems say so. */
export function dataflashFrom(bytes: Uint8Array): Log {
  const preamble = readPreamble(bytes);
  const start: Place = {
    at: 0,
    formats: NO_FORMATS,
    memory: FRESH_MEMORY,
    sinceBootUs: preamble.firstSinceBootUs,
  };
  return {
    countOfBytes: bytes.length,
    walk: () => new DataflashWalk(bytes, preamble, start),
    writer: preamble.writer,
    problems: preamble.bootUnixUs === undefined ? ["no GPS time in this log: its clock starts at boot, in 1970"] : [],
    events: new EventDescriber(),
  };
}

class DataflashWalk implements LogWalk {
  readonly #bytes: Uint8Array;
  readonly #preamble: Preamble;
  readonly #scan: RecordScan;
  #record: RecordReader | undefined;
  #memory: LogMemory;
  #sinceBootUs: number;
  #happened: readonly VehicleEvent[] = [];

  constructor(bytes: Uint8Array, preamble: Preamble, place: Place) {
    this.#bytes = bytes;
    this.#preamble = preamble;
    this.#scan = new RecordScan(bytes, place.at, place.formats);
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
    // A record without a clock of its own (FMT, PARM of old logs) is as old as the one before it.
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
    const place: Place = {
      at: this.#scan.at,
      formats: this.#scan.formats,
      memory: this.#memory,
      sinceBootUs: this.#sinceBootUs,
    };
    return () => new DataflashWalk(this.#bytes, this.#preamble, place);
  };

  readonly summary = (): WalkSummary => ({
    badChecksums: 0, // DataFlash has none
    unknownMessages: this.#scan.unknownRecords,
    problems: this.#scan.problems,
  });

  /** Every record in its turn, asked for or not: the memory goes on from one to the next. */
  #understand(record: RecordReader): void {
    const { writer, hasEstimate } = this.#preamble;
    const { memory, happenings } = meaningOf(record, { memory: this.#memory, writer, hasEstimate });
    this.#memory = memory;
    const { unixTimeUs } = this;
    this.#happened = happenings.map((happening) => ({
      systemId: writer.systemId,
      componentId: writer.componentId,
      receivedAtMonoMs: unixTimeUs / 1000,
      unixTimeUs,
      ...happening,
    }));
  }
}
