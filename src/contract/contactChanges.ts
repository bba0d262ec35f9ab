/**
 * Contacts are published as changes: most contacts of a sortie are out of sight and stay the same for minutes, and the
 * whole list, five times a second, would be most of what a screen receives. Publisher and reader each keep the full
 * list.
 */
import type { Contact } from "../track/contact.js";

export type ContactChanges = {
  readonly kind: "contact-changes";
  /** New contacts, and those that differ from the previous list. */
  readonly contacts: readonly Contact[];
  /** Ids that are no longer contacts: each was found to be an older contact, seen again. */
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

/** Keeps the order of the previous list; new contacts are appended. */
export function withContactChanges(before: readonly Contact[], changes: ContactChanges): readonly Contact[] {
  const byId = new Map(before.map((contact) => [contact.id, contact]));
  for (const id of changes.goneIds) byId.delete(id);
  for (const contact of changes.contacts) byId.set(contact.id, contact);
  return [...byId.values()];
}
