/**
 * The contacts of a sortie, and their numbers. The vision worker finds them and may die in flight; what was found stays, and
 * no number is given twice. Pure: a fold of what the worker says and of its ends.
 */
import type { Contact } from "../../track/contact.js";

type ContactStore = {
  /** Of workers that died: as they were last seen. */
  readonly earlier: readonly Contact[];
  /** Of the present worker: all that it holds. */
  readonly current: readonly Contact[];
  readonly highestNumber: number;
};

export type ContactStoreEvent =
  | { readonly kind: "contacts-seen"; readonly contacts: readonly Contact[]; readonly newIds: readonly string[] }
  | { readonly kind: "worker-restarted" }
  | { readonly kind: "sortie-started" };

export const emptyContactStore: ContactStore = { earlier: [], current: [], highestNumber: 0 };

export function reduceContacts(store: ContactStore, event: ContactStoreEvent): ContactStore {
  switch (event.kind) {
    case "contacts-seen": {
      const ids = [...event.contacts.map(({ id }) => id), ...event.newIds];
      return { ...store, current: event.contacts, highestNumber: Math.max(store.highestNumber, ...ids.map(numberOf)) };
    }
    case "worker-restarted":
      return { ...store, earlier: allContacts(store), current: [] };
    case "sortie-started":
      // Numbers go on: a name on a person's note must not come to mean something else.
      return { ...store, earlier: [], current: [] };
  }
}

/** Every contact of the sortie, oldest first. */
export const allContacts = ({ earlier, current }: ContactStore): readonly Contact[] => {
  const ids = new Set(current.map(({ id }) => id));
  return [...earlier.filter(({ id }) => !ids.has(id)), ...current];
};

/** The number for the next contact that appears. */
export const nextContactNumber = ({ highestNumber }: ContactStore): number => highestNumber + 1;

/** "C-14" is 14. */
const numberOf = (id: string): number => {
  const number = Number(id.slice(id.lastIndexOf("-") + 1));
  return Number.isInteger(number) ? number : 0;
};
