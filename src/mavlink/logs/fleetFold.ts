import type { VehicleEvent } from "../../vehicle/events.js";
import { emptyVehicle, reduceVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { EventDescriber } from "../events/eventDescriber.js";
import { identityFrom } from "../identity.js";
import { vehicleRank, type VehicleRank } from "../vehicleHeartbeat.js";
import type { LogWriter } from "./logWalk.js";

/** The complete state of a fold at one moment; folding on from it gives the same as folding from the start. */
export type FleetSnapshot = {
  readonly vehicles: readonly VehicleState[];
  readonly waiting: ReadonlyMap<number, readonly VehicleEvent[]>;
};

/** The text of an event by the vehicle's metadata; undefined for an unknown event. */
type DescribeEvent = EventDescriber["describe"];
type OnFolded = (event: VehicleEvent, before: VehicleState, after: VehicleState) => void;

/**
 * More than any autopilot sends before its first heartbeat; bounds the memory for systems that never become a vehicle.
 */
const WAITING_MAX = 500;
const LINK_NAME = "recording";

/** The state before the first record: with the vehicle that wrote the log, where one did. */
export const fleetBefore = (writer: LogWriter | undefined): FleetSnapshot => ({
  vehicles: writer
    ? [{ ...emptyVehicle({ linkName: LINK_NAME, ...writer }), ...identityFrom(writer.mavAutopilot, writer.mavType) }]
    : [],
  waiting: new Map(),
});

/** The highest rank: no component can replace this one. */
const SUREST: VehicleRank = 3;

/**
 * Folds a recording's events into its vehicles. A system becomes a vehicle with the first heartbeat of a component that
 * may be an autopilot; its events from before (such as the texts of its start) wait until then and are folded first.
 * When a component of higher rank is received later, the vehicle starts anew with it and its own earlier events.
 */
export class FleetFold {
  readonly #vehicles = new Map<number, VehicleState>();
  readonly #waiting = new Map<number, VehicleEvent[]>();
  readonly #describe: DescribeEvent;
  readonly #onFolded: OnFolded | undefined;

  constructor(from: FleetSnapshot, describe: DescribeEvent = () => undefined, onFolded?: OnFolded) {
    this.#describe = describe;
    for (const vehicle of from.vehicles) this.#vehicles.set(vehicle.systemId, vehicle);
    for (const [systemId, events] of from.waiting) this.#waiting.set(systemId, [...events]);
    this.#onFolded = onFolded;
  }

  onEvent(event: VehicleEvent): void {
    const state = this.#vehicles.get(event.systemId);
    if (!state) {
      this.#wait(event);
      if (event.kind === "heartbeat") this.#begin(event);
      return;
    }
    const rank = rankOf(state);
    if (rank < SUREST) this.#wait(event);
    const isSurer = event.kind === "heartbeat" && event.componentId !== state.componentId && rankOfEvent(event) > rank;
    if (isSurer) this.#begin(event);
    else this.#fold(state, event);
  }

  /** In ascending order of system id. */
  vehicles(): readonly VehicleState[] {
    return [...this.#vehicles.values()].sort((a, b) => a.systemId - b.systemId);
  }

  snapshot(): FleetSnapshot {
    const waiting = new Map([...this.#waiting].map(([systemId, events]) => [systemId, [...events]]));
    return { vehicles: this.vehicles(), waiting };
  }

  #fold(before: VehicleState, received: VehicleEvent): void {
    const isEvent = received.kind === "event";
    const event = isEvent ? { ...received, description: this.#describe(received.event, before.autopilot) } : received;
    const after = reduceVehicle(before, event);
    this.#vehicles.set(event.systemId, after);
    this.#onFolded?.(event, before, after);
  }

  #wait(event: VehicleEvent): void {
    const waiting = this.#waiting.get(event.systemId) ?? [];
    this.#waiting.set(event.systemId, waiting);
    waiting.push(event);
    if (waiting.length > WAITING_MAX) waiting.shift();
  }

  /** Folds the waiting events first, the heartbeat last. */
  #begin(heartbeat: HeartbeatEvent): void {
    const { systemId, componentId } = heartbeat;
    const waiting = this.#waiting.get(systemId) ?? [];
    if (rankOfEvent(heartbeat) === SUREST) this.#waiting.delete(systemId);
    let state = emptyVehicle({ linkName: LINK_NAME, systemId, componentId });
    for (const event of waiting) {
      this.#fold(state, event);
      state = this.#vehicles.get(systemId) ?? state;
    }
  }
}

type HeartbeatEvent = Extract<VehicleEvent, { kind: "heartbeat" }>;

const rankOf = ({ componentId, mavType, mavAutopilot }: VehicleState): VehicleRank =>
  vehicleRank({ componentId, mavType, mavAutopilot });

const rankOfEvent = ({ componentId, identity }: HeartbeatEvent): VehicleRank =>
  vehicleRank({ componentId, ...identity });
