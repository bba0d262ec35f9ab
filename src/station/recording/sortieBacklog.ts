import type { SortieEvent } from "../../sortie/eventChain.js";

/** Some minutes of a busy link. */
const TELEMETRY_BYTES_MAX = 4_000_000;
const EVENTS_MAX = 5000;

/**
 * What cannot be written now waits here, in order and bounded: while the folder is made, and while the disk is full or
 * away. Of each kind the oldest is given up first, and counted.
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

  /** Hands out in order as long as `write` says that it was written. True when nothing waits any more. */
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

  /** What was given up since the last time this was asked. */
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
