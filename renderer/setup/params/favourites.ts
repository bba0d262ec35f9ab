import { Latest } from "../../bridge/latest.js";

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

/** Parameter names the crew checks before every flight; the same for every aircraft, stored in this browser. */
export const favourites = new Latest<ReadonlySet<string>>(load());

export function toggleFavourite(name: string): void {
  const next = new Set(favourites.get());
  if (!next.delete(name)) next.add(name);
  favourites.set(next);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([...next]));
  } catch {
    // Not stored, but valid until the page is closed.
  }
}
