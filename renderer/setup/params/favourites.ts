import { Latest } from "../../bridge/latest.js";
import { defineStore } from "../../bridge/uiStores.js";

const STORAGE_KEY = "vigie.param-favourites.1";

function load(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((name) => typeof name === "string") : []);
  } catch {
    // Storage is denied or damaged: no favourites.
    return new Set();
  }
}

export type FavouritesStore = {
  readonly names: Latest<ReadonlySet<string>>;
  readonly toggle: (name: string) => void;
};

/** Parameter names the crew checks before every flight; the same for every aircraft, stored in this browser. */
export const favouritesStore = defineStore((): FavouritesStore => {
  const names = new Latest(load());
  const toggle = (name: string): void => {
    const next = new Set(names.get());
    if (!next.delete(name)) next.add(name);
    names.set(next);
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify([...next]));
    } catch {
      // Not stored, but valid until the page is closed.
    }
  };
  return { names, toggle };
});
