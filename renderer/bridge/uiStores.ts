/**
 * The screens' own state (settings, selection, the plan being edited…). A room defines its store; the page holds the
 * instances in one `UiStores`, which `StoresProvider` hands to the components. No module holds state of its own, so
 * that two pages, or two tests, never share any.
 */
import type { StationStore } from "./stationStore.js";

/** How a store is made. The definition itself is the key of the page's one instance. */
export type StoreDefinition<T> = { readonly create: (stores: UiStores) => T };

export const defineStore = <T>(create: (stores: UiStores) => T): StoreDefinition<T> => ({ create });

export class UiStores {
  readonly station: StationStore;
  readonly #instances = new Map<StoreDefinition<unknown>, unknown>();

  constructor(station: StationStore) {
    this.station = station;
  }

  /** The page's instance; created on first use and kept, so that it survives a change of workspace. */
  get<T>(definition: StoreDefinition<T>): T {
    if (!this.#instances.has(definition)) this.#instances.set(definition, definition.create(this));
    return this.#instances.get(definition) as T;
  }
}
