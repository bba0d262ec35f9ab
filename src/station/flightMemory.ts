import { joinBytes } from "../core/joinBytes.js";
import type { CoverageNews } from "../contract/flightMemory.js";
import type { ToUi } from "../contract/messages.js";
import type { Position } from "../geo/position.js";
import { CoverageGrid } from "../sortie/coverage.js";
import { COVERAGE_CELL_M, COVERAGE_TILE_CELLS, type CoveragePatch } from "../sortie/coverageTiles.js";
import type { Contact } from "../track/contact.js";
import type { CameraId } from "../track/sensorIds.js";
import { Trail } from "../vehicle/trail.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import type { ContactPicture } from "./sensors/contactPictures.js";
import { allContacts, emptyContactStore, reduceContacts } from "./tracking/contactStore.js";

/**
 * What was seen in this flight and where aircraft have been. Kept here and not in a page, so that every screen shows the
 * same, whenever it joins.
 */
export class FlightMemory {
  readonly #trail = new Trail();
  readonly #pictures = new Map<string, ContactPicture>();
  readonly #viewed = new Set<string>();
  #contacts = emptyContactStore;
  #coverage = new CoverageGrid();

  /** True once it is counted; false when it counts from another place than the ground that is kept. */
  onCoverage(patch: CoveragePatch): boolean {
    return this.#coverage.merge(patch);
  }

  /** Where this flight's covered ground is counted from; undefined while there is none. */
  get coverageOrigin(): Position | undefined {
    return this.#coverage.origin;
  }

  onVehicle({ id, position }: VehicleState): void {
    if (position) this.#trail.add(id, position.value);
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

  /** Undefined when there is no such contact. */
  onContactViewed(contactId: string): ToUi | undefined {
    if (!this.contact(contactId)) return undefined;
    this.#viewed.add(contactId);
    return this.#viewedNews();
  }

  contact(contactId: string): Contact | undefined {
    return allContacts(this.#contacts).find(({ id }) => id === contactId);
  }

  /** What was covered since this was last asked; undefined when nothing was. */
  coverageNews(): ToUi | undefined {
    const changed = this.#coverage.takeChanged();
    return changed.length > 0 ? this.#coverageNews(changed, false) : undefined;
  }

  /** Everything, for a screen that joins. */
  whole(): readonly ToUi[] {
    return [
      { kind: "contacts", contacts: allContacts(this.#contacts) },
      ...[...this.#pictures.values()].map((picture): ToUi => ({ kind: "contact-picture", ...picture })),
      this.#viewedNews(),
      this.#coverageNews(this.#coverage.tiles(), true),
      { kind: "trails", tracks: this.#trail.tracks() },
    ];
  }

  /** Another flight: what was seen in the one before stays in its folder and off the map. Trails stay on it. */
  startOver(): readonly ToUi[] {
    this.#contacts = reduceContacts(this.#contacts, { kind: "sortie-started" });
    this.#pictures.clear();
    this.#viewed.clear();
    this.#coverage = new CoverageGrid();
    return [{ kind: "contacts", contacts: [] }, this.#viewedNews(), this.#coverageNews([], true)];
  }

  #viewedNews(): ToUi {
    return { kind: "viewed-contacts", contactIds: [...this.#viewed] };
  }

  #coverageNews(tiles: ReturnType<CoverageGrid["tiles"]>, isWhole: boolean): CoverageNews {
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
