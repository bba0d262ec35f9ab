/** The contacts of a sortie, from every camera, as last seen. A pure fold. */
import type { Contact } from "../../track/contact.js";
import type { CameraId } from "../../track/sensorIds.js";

type ContactStore = ReadonlyMap<CameraId, readonly Contact[]>;

export type ContactStoreEvent =
  /** All contacts of that camera in this sortie. */
  | { readonly kind: "contacts-seen"; readonly cameraId: CameraId; readonly contacts: readonly Contact[] }
  | { readonly kind: "sortie-started" };

export const emptyContactStore: ContactStore = new Map();

export function reduceContacts(store: ContactStore, event: ContactStoreEvent): ContactStore {
  switch (event.kind) {
    case "contacts-seen":
      return new Map([...store, [event.cameraId, event.contacts]]);
    case "sortie-started":
      return emptyContactStore;
  }
}

/** All contacts of the sortie by number, oldest first. */
export const allContacts = (store: ContactStore): readonly Contact[] =>
  [...store.values()].flat().sort((a, b) => numberOf(a.id) - numberOf(b.id));

/** The number in an id: "C-14" gives 14. */
const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf("-") + 1));
