import type { VehicleId } from "../../vehicle/vehicleState.js";
import type { StationBus } from "../bus.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";
import type { PathChange } from "./pathChoice.js";
import { conflictValues } from "./sysIdConflict.js";
import { vehicleNameOf } from "./vehicleName.js";
import type { VehiclePath } from "./vehiclePath.js";

type Named = { readonly id: VehicleId; readonly systemId: number; readonly session: VehicleSession };

/** The fleet's notices and event log lines: path changes, system ids used twice, too many vehicles. */
export class FleetNotices {
  readonly #bus: StationBus;
  #countOfRefused = 0;
  #refusedNoticeAt = 1;

  constructor(bus: StationBus) {
    this.#bus = bus;
  }

  found(entry: Named): void {
    const facts = { vehicle: vehicleNameOf(entry.session.state()) };
    this.#bus.notice({ id: `vehicle:${entry.id}`, severity: "info", key: "vehicle-heard", facts });
  }

  pathAdded(entry: Named, path: VehiclePath): void {
    this.#bus.record("path-added", { vehicleId: entry.id, linkName: path.link.name });
    this.#ofPath(entry, "path-added", { link: path.link.name });
  }

  /** The same link with a new address: a radio or router changed it, and the vehicle's identity matched. */
  addressChanged(entry: Named, path: VehiclePath): void {
    this.#bus.record("address-changed", { vehicleId: entry.id, linkName: path.link.name, address: path.from });
  }

  pathChanged(entry: Named, { from, to, because }: PathChange): void {
    const facts = { from: from.link.name, to: to.link.name, because };
    this.#bus.record("path-changed", { vehicleId: entry.id, ...facts });
    this.#ofPath(entry, "path-changed", facts);
  }

  autopilotChanged(entry: Named, componentId: number): void {
    this.#bus.record("autopilot-changed", { vehicleId: entry.id, componentId });
  }

  sysIdConflict(entry: Named, conflict: VehiclePath | undefined, nowMonoMs: number): void {
    const vehicle = vehicleNameOf(entry.session.state());
    const id = `sysid-conflict:${entry.id}`;
    this.#bus.record(conflict ? "two-on-one-link" : "two-on-one-link-over", { vehicleId: entry.id });
    if (!conflict) {
      this.#bus.notice({ id, severity: "info", key: "two-on-one-link-over", facts: { vehicle } });
      return;
    }
    const [first, second] = conflictValues(conflict.evidence.conflicts, nowMonoMs);
    const facts = { vehicle, id: entry.systemId, link: conflict.link.name, first, second };
    this.#bus.notice({ id, severity: "danger", key: "two-on-one-link", facts });
  }

  two(known: readonly Named[], other: Named): void {
    const facts = { id: other.systemId, first: known.map(named).join(", "), second: named(other) };
    this.#bus.record("two-vehicles", { vehicleIds: [...known, other].map(({ id }) => id) });
    this.#bus.notice({ id: `two:${other.systemId}`, severity: "danger", key: "two-vehicles", facts });
  }

  /** A source uses a known vehicle's system id and its identity is unproven. */
  unproven(known: readonly Named[], other: Named, { link, from }: VehiclePath): void {
    const facts = { vehicle: known.map(named).join(", "), id: other.systemId, link: link.name, address: from };
    this.#bus.record("unproven-source", { vehicleIds: known.map(({ id }) => id), linkName: link.name, from });
    this.#bus.notice({ id: `two:${other.systemId}`, severity: "danger", key: "unproven-source", facts });
  }

  /** After a gap, frames that cannot be the vehicle's arrive from the vehicle's own address. */
  contested(entry: Named, { link, from }: VehiclePath): void {
    const facts = { vehicle: named(entry), id: entry.systemId, link: link.name, address: from };
    this.#bus.record("contested-address", { vehicleId: entry.id, linkName: link.name, from });
    this.#bus.notice({ id: `contested:${entry.id}`, severity: "danger", key: "contested-address", facts });
  }

  /** An unproven source was identified as the known vehicle. */
  proven(entry: Named, { link, from }: VehiclePath): void {
    const facts = { vehicle: vehicleNameOf(entry.session.state()), link: link.name, address: from };
    this.#bus.record("source-proven", { vehicleId: entry.id, linkName: link.name, from });
    this.#bus.notice({ id: `two:${entry.systemId}`, severity: "info", key: "source-proven", facts });
  }

  joined(entry: Named, otherId: VehicleId): void {
    this.#bus.record("vehicles-joined", { vehicleId: entry.id, otherId });
    const facts = { vehicle: vehicleNameOf(entry.session.state()) };
    this.#bus.notice({ id: `two:${entry.systemId}`, severity: "info", key: "vehicles-joined", facts });
  }

  /** Published at the first refusal and at each doubling, so that a flood of system ids is a single notice. */
  refused(systemId: number, linkName: string): void {
    this.#countOfRefused++;
    if (this.#countOfRefused < this.#refusedNoticeAt) return;
    this.#refusedNoticeAt = this.#countOfRefused * 2;
    const facts = { id: systemId, link: linkName, count: this.#countOfRefused };
    this.#bus.record("vehicles-refused", facts);
    this.#bus.notice({ id: "vehicles-refused", severity: "caution", key: "vehicles-refused", facts });
  }

  #ofPath(entry: Named, key: string, facts: Readonly<Record<string, string>>): void {
    const vehicle = vehicleNameOf(entry.session.state());
    this.#bus.notice({ id: `path:${entry.id}`, severity: "info", key, facts: { vehicle, ...facts } });
  }
}

const named = ({ session }: Named): string => `${vehicleNameOf(session.state())} (${session.state().linkName})`;
