import type { Contact } from "../../src/track/contact.js";

/**
 * The order of the list: newest first. While `isHeld` (pointer over the list) the shown ones keep their places and new
 * ones are added at the end.
 */
export function orderContacts(contacts: readonly Contact[], shown: readonly string[], isHeld: boolean): string[] {
  const newestFirst = [...contacts]
    .sort((a, b) => b.firstSeenUnixUs - a.firstSeenUnixUs || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
  if (!isHeld) return newestFirst;
  const known = new Set(newestFirst);
  const kept = shown.filter((id) => known.has(id));
  const keptSet = new Set(kept);
  return [...kept, ...newestFirst.filter((id) => !keptSet.has(id))];
}
