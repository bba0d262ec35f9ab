import type { SortieEvent } from "../../sortie/eventChain.js";

/** A few minutes of a busy link. */
const TELEMETRY_BYTES_MAX = 4_000_000;
const EVENTS_MAX = 5000;

/**
 * Keeps, in order and within a limit, what cannot be written yet: while the folder is being created, or the disk is
 * full or missing. When full, the oldest of each kind is dropped and counted.
 */
export class SortieBacklog {
  #telemetry: Uint8Array[] = [];
  #telemetryBytes = 0;
  #events: SortieEvent[] = [];
  #countOfTelemetryLost = 0;
  #countOfEventsLost = 0;

  addTelemetry(record: Uint8Array): void {
    this.#telemetry.push(record);
    this.#telemetryBytes += record.byteLength;
    let countOfDropped = 0;
    while (this.#telemetryBytes > TELEMETRY_BYTES_MAX) {
      this.#telemetryBytes -= this.#telemetry[countOfDropped]?.byteLength ?? 0;
      countOfDropped++;
    }
    if (countOfDropped === 0) return;
    this.#telemetry.splice(0, countOfDropped);
    this.#countOfTelemetryLost += countOfDropped;
  }

  addEvent(event: SortieEvent): void {
    this.#events.push(event);
    if (this.#events.length <= EVENTS_MAX) return;
    this.#events.shift();
    this.#countOfEventsLost++;
  }

  /** Passes entries to `write` in order until it fails to write one. True when nothing is left. */
  drain(write: {
    readonly event: (event: SortieEvent) => boolean;
    readonly telemetry: (record: Uint8Array) => boolean;
  }): boolean {
    const countOfEvents = countWhile(this.#events, write.event);
    this.#events = this.#events.slice(countOfEvents);
    if (this.#events.length > 0) return false;
    const countOfRecords = countWhile(this.#telemetry, write.telemetry);
    this.#telemetry = this.#telemetry.slice(countOfRecords);
    this.#telemetryBytes = this.#telemetry.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return this.#telemetry.length === 0;
  }

  /** What was dropped since the last call. */
  takeLost(): { readonly countOfTelemetryLost: number; readonly countOfEventsLost: number } {
    const lost = { countOfTelemetryLost: this.#countOfTelemetryLost, countOfEventsLost: this.#countOfEventsLost };
    this.#countOfTelemetryLost = 0;
    this.#countOfEventsLost = 0;
    return lost;
  }
}

function countWhile<T>(items: readonly T[], isDone: (item: T) => boolean): number {
  let count = 0;
  for (const item of items) {
    if (!isDone(item)) break;
    count++;
  }
  return count;
}
