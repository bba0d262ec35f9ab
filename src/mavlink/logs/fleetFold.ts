import type { VehicleEvent } from "../../vehicle/events.js";
import { emptyVehicle, reduceVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { identityFrom } from "../identity.js";
import type { LogWriter } from "./logWalk.js";

/** Everything a fold knows at one moment; folding on from it is the same as folding from the start. */
export type FleetSnapshot = {
  readonly vehicles: readonly VehicleState[];
  readonly waiting: ReadonlyMap<number, readonly VehicleEvent[]>;
};

type OnFolded = (event: VehicleEvent, before: VehicleState, after: VehicleState) => void;

/** More than any autopilot says before its first heartbeat; systems that never become a vehicle must not fill the memory. */
const WAITING_MAX = 500;
const LINK_NAME = "recording";

/** What is known before the first record: the vehicle that wrote the log, where one did. */
export const fleetBefore = (writer: LogWriter | undefined): FleetSnapshot => ({
  vehicles: writer
    ? [{ ...emptyVehicle({ linkName: LINK_NAME, ...writer }), ...identityFrom(writer.mavAutopilot, writer.mavType) }]
    : [],
  waiting: new Map(),
});

/**
 * The vehicles of a recording as a fold of its events. A system becomes a vehicle with its first autopilot heartbeat;
 * what it said before (the texts of its start) belongs to it all the same and waits until then.
 */
export class FleetFold {
  readonly #vehicles = new Map<number, VehicleState>();
  readonly #waiting = new Map<number, VehicleEvent[]>();
  readonly #onFolded: OnFolded | undefined;

  constructor(from: FleetSnapshot, onFolded?: OnFolded) {
    for (const vehicle of from.vehicles) this.#vehicles.set(vehicle.systemId, vehicle);
    for (const [systemId, events] of from.waiting) this.#waiting.set(systemId, [...events]);
    this.#onFolded = onFolded;
  }

  heard(event: VehicleEvent): void {
    const state = this.#vehicles.get(event.systemId);
    if (state) this.#fold(state, event);
    else this.#wait(event);
  }

  /** In order of system id. */
  vehicles(): readonly VehicleState[] {
    return [...this.#vehicles.values()].sort((a, b) => a.systemId - b.systemId);
  }

  snapshot(): FleetSnapshot {
    const waiting = new Map([...this.#waiting].map(([systemId, events]) => [systemId, [...events]]));
    return { vehicles: this.vehicles(), waiting };
  }

  #fold(before: VehicleState, event: VehicleEvent): void {
    const after = reduceVehicle(before, event);
    this.#vehicles.set(event.systemId, after);
    this.#onFolded?.(event, before, after);
  }

  #wait(event: VehicleEvent): void {
    const { systemId, componentId } = event;
    const waiting = this.#waiting.get(systemId) ?? [];
    this.#waiting.set(systemId, waiting);
    waiting.push(event);
    if (waiting.length > WAITING_MAX) waiting.shift();
    if (event.kind !== "heartbeat") return;
    this.#waiting.delete(systemId);
    this.#vehicles.set(systemId, emptyVehicle({ linkName: LINK_NAME, systemId, componentId }));
    for (const earlier of waiting) this.heard(earlier);
  }
}
