/**
 * Contacts are told by what changed: most of a sortie's contacts are out of sight and the same for minutes, and sent whole
 * five times a second they would be most of what a screen receives. Both ends put the list together again.
 */
import type { Contact } from "../track/contact.js";

export type ContactChanges = {
  readonly kind: "contact-changes";
  /** New, or other than before. */
  readonly contacts: readonly Contact[];
  /** Those that are no contacts any more: one that turned out to be an older one, seen again. */
  readonly goneIds: readonly string[];
};

/** A contact that did not change is the same object in both lists. */
export function contactChanges(before: readonly Contact[], after: readonly Contact[]): ContactChanges {
  const known = new Set(before);
  const ids = new Set(after.map(({ id }) => id));
  return {
    kind: "contact-changes",
    contacts: after.filter((contact) => !known.has(contact)),
    goneIds: before.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
  };
}

/** In the order of the list before; what is new comes last. */
export function withContactChanges(before: readonly Contact[], changes: ContactChanges): readonly Contact[] {
  const byId = new Map(before.map((contact) => [contact.id, contact]));
  for (const id of changes.goneIds) byId.delete(id);
  for (const contact of changes.contacts) byId.set(contact.id, contact);
  return [...byId.values()];
}
