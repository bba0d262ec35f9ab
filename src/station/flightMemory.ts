import { joinBytes } from "../core/joinBytes.js";
import type { CoverageUpdate } from "../contract/flightMemory.js";
import type { ToUi } from "../contract/messages.js";
import type { Position } from "../geo/position.js";
import { CoverageGrid } from "../sortie/coverage.js";
import { COVERAGE_CELL_M, COVERAGE_TILE_CELLS, type CoveragePatch } from "../sortie/coverageTiles.js";
import type { Contact } from "../track/contact.js";
import type { CameraId } from "../track/sensorIds.js";
import { Trail } from "../vehicle/trail.js";
import type { StationBus } from "./bus.js";
import type { ContactPicture } from "./sensors/contactPictures.js";
import { allContacts, emptyContactStore, reduceContacts } from "./tracking/contactStore.js";

/**
 * What was covered and found in this flight, and the tracks of the aircraft. Kept in the station and not in a page, so
 * that every screen shows the same, whenever it joins.
 */
export class FlightMemory {
  readonly #bus: StationBus;
  readonly #trail = new Trail();
  readonly #pictures = new Map<string, ContactPicture>();
  readonly #viewed = new Set<string>();
  #contacts = emptyContactStore;
  #coverage = new CoverageGrid();

  constructor(bus: StationBus) {
    this.#bus = bus;
    bus.on("vehicle-state", ({ state, before }) => {
      if (state.position && state.position !== before.position) this.#trail.add(state.id, state.position.value);
    });
    bus.on("next-sortie", () => this.#reset());
  }

  /** True once the patch was added; false when its origin is not the origin of the kept coverage. */
  onCoverage(patch: CoveragePatch): boolean {
    return this.#coverage.merge(patch);
  }

  /** The origin of this flight's coverage grid; undefined while there is no coverage. */
  get coverageOrigin(): Position | undefined {
    return this.#coverage.origin;
  }

  /** Takes all contacts of that camera; returns all contacts of the flight. */
  onContacts(cameraId: CameraId, contacts: readonly Contact[]): readonly Contact[] {
    this.#contacts = reduceContacts(this.#contacts, { kind: "contacts-seen", cameraId, contacts });
    return allContacts(this.#contacts);
  }

  onPicture(picture: ContactPicture): ToUi {
    this.#pictures.set(picture.contactId, picture);
    return { kind: "contact-picture", ...picture };
  }

  /** False when there is no such contact. */
  onContactViewed(contactId: string): boolean {
    if (!this.contact(contactId)) return false;
    this.#viewed.add(contactId);
    this.#bus.record("contact-viewed", { contactId });
    this.#bus.send(this.#viewedUpdates());
    return true;
  }

  contact(contactId: string): Contact | undefined {
    return allContacts(this.#contacts).find(({ id }) => id === contactId);
  }

  /** Publishes what was covered since the last call. */
  tick(): void {
    const changed = this.#coverage.takeChanged();
    if (changed.length > 0) this.#bus.send(this.#coverageUpdates(changed, false));
  }

  /** All messages that a screen needs when it joins. */
  snapshot(): readonly ToUi[] {
    return [
      { kind: "contacts", contacts: allContacts(this.#contacts) },
      ...[...this.#pictures.values()].map((picture): ToUi => ({ kind: "contact-picture", ...picture })),
      this.#viewedUpdates(),
      this.#coverageUpdates(this.#coverage.tiles(), true),
      { kind: "trails", tracks: this.#trail.tracks() },
    ];
  }

  /**
   * Another flight begins: the last one's coverage and contacts stay in its folder, and leave the map. Tracks stay on
   * it.
   */
  #reset(): void {
    this.#contacts = reduceContacts(this.#contacts, { kind: "sortie-started" });
    this.#pictures.clear();
    this.#viewed.clear();
    this.#coverage = new CoverageGrid();
    this.#bus.send({ kind: "contacts", contacts: [] });
    this.#bus.send(this.#viewedUpdates());
    this.#bus.send(this.#coverageUpdates([], true));
  }

  #viewedUpdates(): ToUi {
    return { kind: "viewed-contacts", contactIds: [...this.#viewed] };
  }

  #coverageUpdates(tiles: ReturnType<CoverageGrid["tiles"]>, isWhole: boolean): CoverageUpdate {
    return {
      kind: "coverage",
      isWhole,
      origin: this.#coverage.origin,
      cellM: COVERAGE_CELL_M,
      tileCells: COVERAGE_TILE_CELLS,
      tiles: tiles.map(({ column, row }) => ({ column, row })),
      seen: joinBytes(tiles.map(({ seen }) => seen)),
    };
  }
}
