/**
 * Reads a log once, in steps: collects its content (report, tracks) and, every few thousand records, a checkpoint from
 * which the exact state at any instant is folded again. A seek costs the same at the end of an eight-hour flight as at
 * its start.
 */
import type { FlightReport } from "../../vehicle/flightReport.js";
import type { RecordedTrack } from "../../vehicle/recordedTrack.js";
import { withDescription } from "../../vehicle/foldVehicleEvent.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { RecordedVehicleBuilder } from "../recordedVehicle.js";
import { FleetFold, fleetBefore, type FleetSnapshot } from "./fleetFold.js";
import type { Log, LogWalk } from "./logWalk.js";
import { MissionStore } from "./missionStore.js";

export type RecordedFlight = {
  readonly report: FlightReport;
  readonly tracks: readonly RecordedTrack[];
  /** What could not be read, with byte offsets; empty when all was. */
  readonly problems: readonly string[];
  /**
   * Every vehicle's exact state after the last record at or before that instant, in ascending order of system id. Where
   * clocks jumped back, times occur twice: the later part of the file counts.
   */
  readonly stateAt: (unixTimeUs: number) => readonly VehicleState[];
};

/**
 * A seek folds half of this many records on average: some milliseconds. Checkpoints share all state that did not
 * change.
 */
const BLOCK_RECORDS = 4096;

type Block = {
  readonly open: () => LogWalk;
  readonly fleet: FleetSnapshot;
  /** The earliest time of any record in this or a later block: in ascending order even where clocks jumped back. */
  earliestUnixUs: number;
};

export class FlightReading {
  readonly #log: Log;
  readonly #walk: LogWalk;
  readonly #fold: FleetFold;
  readonly #builders = new Map<number, RecordedVehicleBuilder>();
  readonly #messages = new Map<string, number>();
  readonly #missions = new MissionStore();
  readonly #blocks: Block[] = [];
  #records = 0;
  #firstUnixUs = 0;
  #lastUnixUs = 0;
  #isDone = false;

  constructor(log: Log) {
    this.#log = log;
    this.#walk = log.walk();
    const before = fleetBefore(log.writer);
    for (const vehicle of before.vehicles) this.#builders.set(vehicle.systemId, new RecordedVehicleBuilder(vehicle));
    this.#fold = new FleetFold(before, log.events.describe, (event, state, after) =>
      this.#builderOf(after).folded(event, state, after),
    );
  }

  /** Share of the bytes read so far, 0 to 1. */
  get doneFraction(): number {
    return this.#isDone ? 1 : this.#walk.at / Math.max(1, this.#log.countOfBytes);
  }

  /** Reads at most `maxRecords` more records; true when the end is reached. */
  step(maxRecords: number): boolean {
    for (let left = maxRecords; left > 0 && !this.#isDone; left--) this.#readRecord();
    return this.#isDone;
  }

  /** Reads to the end and returns the log's content. */
  finish(): RecordedFlight {
    while (!this.#isDone) this.step(Number.MAX_SAFE_INTEGER);
    const { badChecksums, unknownMessages, problems } = this.#walk.summary();
    const builders = [...this.#builders.values()].sort((a, b) => a.systemId - b.systemId);
    for (const builder of builders) builder.end(this.#log.events);
    const reported = [...this.#log.problems, ...problems, ...builders.flatMap((builder) => builder.problems())];
    return {
      report: {
        firstUnixUs: this.#firstUnixUs,
        lastUnixUs: this.#lastUnixUs,
        frames: this.#records,
        badChecksums,
        unknownMessages,
        messages: Object.fromEntries([...this.#messages].sort(([a], [b]) => (a < b ? -1 : 1))),
        vehicles: builders.map((builder) => builder.report(this.#missions.itemsOf(builder.systemId))),
      },
      tracks: builders.map((builder) => builder.track()),
      problems: reported,
      stateAt: (unixTimeUs) => stateAt(this.#log, this.#blocks, unixTimeUs),
    };
  }

  #readRecord(): void {
    const walk = this.#walk;
    if (this.#records % BLOCK_RECORDS === 0)
      this.#blocks.push({ open: walk.bookmark(), fleet: this.#fold.snapshot(), earliestUnixUs: Infinity });
    if (!walk.next()) {
      this.#end();
      return;
    }
    const { unixTimeUs, name } = walk;
    if (this.#records++ === 0) this.#firstUnixUs = unixTimeUs;
    this.#lastUnixUs = unixTimeUs;
    const block = this.#blocks.at(-1);
    if (block && unixTimeUs < block.earliestUnixUs) block.earliestUnixUs = unixTimeUs;
    this.#messages.set(name, (this.#messages.get(name) ?? 0) + 1);
    for (const event of walk.events()) this.#fold.onEvent(event);
    const part = walk.missionPart();
    if (part) this.#missions.onFrame(part);
  }

  #builderOf(vehicle: VehicleState): RecordedVehicleBuilder {
    const known = this.#builders.get(vehicle.systemId);
    // An autopilot of higher rank replaced the component: what was collected of the other one is not the vehicle's.
    if (known?.componentId === vehicle.componentId) return known;
    const made = new RecordedVehicleBuilder(vehicle);
    this.#builders.set(vehicle.systemId, made);
    return made;
  }

  #end(): void {
    this.#isDone = true;
    let earliestUnixUs = Infinity;
    for (let i = this.#blocks.length - 1; i >= 0; i--) {
      const block = this.#blocks[i];
      if (block) block.earliestUnixUs = earliestUnixUs = Math.min(earliestUnixUs, block.earliestUnixUs);
    }
  }
}

function stateAt({ events }: Log, blocks: readonly Block[], unixTimeUs: number): readonly VehicleState[] {
  const block = lastBlockFrom(blocks, unixTimeUs);
  if (!block) return [];
  const countOfRecords = recordsUntil(block, unixTimeUs);
  const walk = block.open();
  const fold = new FleetFold(block.fleet, events.describe);
  for (let i = 0; i < countOfRecords && walk.next(); i++) for (const event of walk.events()) fold.onEvent(event);
  // Checkpoints were made before all of the log's metadata had been read.
  return fold.vehicles().map((vehicle) => {
    const descriptions = events.descriptionsOf(vehicle.texts, vehicle.autopilot);
    if (descriptions.size === 0) return vehicle;
    return { ...vehicle, texts: vehicle.texts.map((text) => withDescription(text, descriptions)) };
  });
}

/** The last block that starts at or before that time, by `earliestUnixUs`. */
function lastBlockFrom(blocks: readonly Block[], unixTimeUs: number): Block | undefined {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.earliestUnixUs ?? Infinity) <= unixTimeUs) low = middle + 1;
    else high = middle;
  }
  return blocks[low - 1];
}

/** Number of the block's records up to the last one that is not later than the instant. */
function recordsUntil(block: Block, unixTimeUs: number): number {
  const walk = block.open();
  let until = 0;
  for (let i = 1; i <= BLOCK_RECORDS && walk.next(); i++) if (walk.unixTimeUs <= unixTimeUs) until = i;
  return until;
}
