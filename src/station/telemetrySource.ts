import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../core/clock.js";
import type { LinkStatus, VehiclePaths } from "../contract/linkMessages.js";
import type { TelemetryBatch } from "../contract/telemetryChanges.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import type { StationBus } from "./bus.js";

/** Link statistics change even when nothing is received, which is when they matter: published at least this often. */
const IDLE_MS = 500;
/** The figures of links and paths change with every message; a screen shows them this often. */
const FIGURES_MS = 500;

type TelemetryOptions = {
  readonly clock: Clock;
  readonly bus: StationBus;
  readonly vehicles: () => readonly VehicleState[];
  readonly links: () => readonly LinkStatus[];
  readonly paths: () => readonly VehiclePaths[];
};

/**
 * The states of all vehicles and links in batches, for the screens: a screen cannot show every single frame. What did
 * not change since the last batch is the same object in the next one; the screens get only the rest
 * (`contract/telemetryChanges.ts`).
 */
export class TelemetrySource {
  readonly #options: TelemetryOptions;
  readonly #links: SteadyList<LinkStatus>;
  readonly #paths: SteadyList<VehiclePaths>;
  #hasChanged = true;
  #takenAtMonoMs = Number.NEGATIVE_INFINITY;

  constructor(options: TelemetryOptions) {
    this.#options = options;
    this.#links = new SteadyList(options.links, stateOfLink);
    this.#paths = new SteadyList(options.paths, stateOfPaths);
    const onChange = (): void => {
      this.#hasChanged = true;
    };
    options.bus.on("frame-received", onChange);
    options.bus.on("vehicle-state", onChange);
  }

  /** Everything as of now: what a reply depends on, and a screen that joins. */
  batch(): TelemetryBatch {
    return this.#take(true);
  }

  /** As often as screens can show it, and undefined while nothing is received; the figures of links less often. */
  batchIfDue(): TelemetryBatch | undefined {
    const isIdle = this.#options.clock.monoMs() - this.#takenAtMonoMs >= IDLE_MS;
    return this.#hasChanged || isIdle ? this.#take(false) : undefined;
  }

  #take(isComplete: boolean): TelemetryBatch {
    const { clock, vehicles } = this.#options;
    const stationMonoMs = clock.monoMs();
    this.#hasChanged = false;
    this.#takenAtMonoMs = stationMonoMs;
    return {
      kind: "telemetry-batch",
      stationMonoMs,
      stationUnixUs: clock.unixUs(),
      vehicles: vehicles(),
      links: this.#links.at(stationMonoMs, isComplete),
      paths: this.#paths.at(stationMonoMs, isComplete),
    };
  }
}

/** What a screen must know of a link at once; the rest are figures. */
const stateOfLink = ({ name, uri, role, state, because, retryAtMonoMs, signing }: LinkStatus): unknown => {
  const { policy, keyName } = signing;
  return { name, uri, role, state, because, retryAtMonoMs, policy, keyName };
};
const stateOfPaths = ({ vehicleId, paths }: VehiclePaths): unknown => ({
  vehicleId,
  paths: paths.map(({ linkName, state, isHighLatency }) => ({ linkName, state, isHighLatency })),
});

/** A list that stays the same object until an item's state changes, or until its figures are old. */
class SteadyList<T> {
  readonly #read: () => readonly T[];
  readonly #stateOf: (item: T) => unknown;
  #list: readonly T[] = [];
  #comparedAtMonoMs = Number.NEGATIVE_INFINITY;

  constructor(read: () => readonly T[], stateOf: (item: T) => unknown) {
    this.#read = read;
    this.#stateOf = stateOf;
  }

  /** `isComplete`: with the figures of now. */
  at(nowMonoMs: number, isComplete: boolean): readonly T[] {
    const next = this.#read();
    const isDue = isComplete || nowMonoMs - this.#comparedAtMonoMs >= FIGURES_MS;
    if (isDue) this.#comparedAtMonoMs = nowMonoMs;
    const isSame = isDue ? isDeepStrictEqual(next, this.#list) : !this.#isOtherState(next);
    if (!isSame) this.#list = next;
    return this.#list;
  }

  #isOtherState(next: readonly T[]): boolean {
    return !isDeepStrictEqual(next.map(this.#stateOf), this.#list.map(this.#stateOf));
  }
}
