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
 * What was seen in this flight and where aircraft have been. Kept here and not in a page, so that every screen shows the
 * same, whenever it joins.
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

  /** True once it is counted; false when it counts from another place than the ground that is kept. */
  onCoverage(patch: CoveragePatch): boolean {
    return this.#coverage.merge(patch);
  }

  /** Where this flight's covered ground is counted from; undefined while there is none. */
  get coverageOrigin(): Position | undefined {
    return this.#coverage.origin;
  }

  /** Every contact of that camera in; every contact of the flight out. */
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

  /** Sends what was covered since the last time. */
  tick(): void {
    const changed = this.#coverage.takeChanged();
    if (changed.length > 0) this.#bus.send(this.#coverageUpdates(changed, false));
  }

  /** Everything, for a screen that joins. */
  snapshot(): readonly ToUi[] {
    return [
      { kind: "contacts", contacts: allContacts(this.#contacts) },
      ...[...this.#pictures.values()].map((picture): ToUi => ({ kind: "contact-picture", ...picture })),
      this.#viewedUpdates(),
      this.#coverageUpdates(this.#coverage.tiles(), true),
      { kind: "trails", tracks: this.#trail.tracks() },
    ];
  }

  /** Another flight: what was seen in the one before stays in its folder and off the map. Trails stay on it. */
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
