/** Edits of a checklist. Pure. */
import type { AutomaticCheck, Checklist, ChecklistItem } from "../../../src/vehicle/checklist.js";

const AUTOMATIC_CHECKS: readonly AutomaticCheck[] = [
  "link-live",
  "position-fixed",
  "battery-charged",
  "autopilot-ready",
  "plan-verified",
  "fence-enabled",
  "recording",
];

/** An id that no item has: ticks are stored by id, so a tick must never pass to another item. */
function freeId({ items }: Checklist): string {
  const taken = new Set(items.map(({ id }) => id));
  for (let number = items.length + 1; ; number++) {
    const id = `item-${number}`;
    if (!taken.has(id)) return id;
  }
}

type Added = { readonly checklist: Checklist; readonly id: string };

/** A new item below `index`; at the end without one. */
export function withItem(checklist: Checklist, index = checklist.items.length - 1): Added {
  const item: ChecklistItem = { id: freeId(checklist), text: "", automatic: undefined };
  return { checklist: { ...checklist, items: checklist.items.toSpliced(index + 1, 0, item) }, id: item.id };
}

export function withAutomatic(checklist: Checklist, automatic: AutomaticCheck): Checklist {
  const taken = checklist.items.some(({ id }) => id === automatic);
  const item: ChecklistItem = { id: taken ? freeId(checklist) : automatic, text: "", automatic };
  return { ...checklist, items: [...checklist.items, item] };
}

export const withText = (checklist: Checklist, id: string, text: string): Checklist => ({
  ...checklist,
  items: checklist.items.map((item) => (item.id === id ? { ...item, text } : item)),
});

export const withoutItem = (checklist: Checklist, id: string): Checklist => ({
  ...checklist,
  items: checklist.items.filter((item) => item.id !== id),
});

/** One place up (-1) or down (1); at the ends nothing happens. */
export function movedItem(checklist: Checklist, id: string, step: -1 | 1): Checklist {
  const from = checklist.items.findIndex((item) => item.id === id);
  const item = checklist.items[from];
  const to = from + step;
  if (!item || to < 0 || to >= checklist.items.length) return checklist;
  return { ...checklist, items: checklist.items.toSpliced(from, 1).toSpliced(to, 0, item) };
}

export const unusedChecks = ({ items }: Checklist): readonly AutomaticCheck[] =>
  AUTOMATIC_CHECKS.filter((check) => !items.some(({ automatic }) => automatic === check));

export const isSameChecklist = (a: Checklist, b: Checklist): boolean =>
  a.isBlocking === b.isBlocking &&
  a.items.length === b.items.length &&
  a.items.every((item, i) => {
    const other = b.items[i];
    return other?.id === item.id && other.text === item.text && other.automatic === item.automatic;
  });

/** The number (from 1) of the first item without text. */
export function firstEmpty({ items }: Checklist): number | undefined {
  const index = items.findIndex(({ text, automatic }) => automatic === undefined && text.trim() === "");
  return index < 0 ? undefined : index + 1;
}
