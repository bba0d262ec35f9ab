import type { Contact } from "../../track/contact.js";

const LOG_EVERY_US = 1_000_000;

/**
 * The contacts of one sortie. A contact belongs to it when it was observed since the sortie began (its count of
 * observations has changed), which does not depend on any clock.
 */
export class SortieContacts {
  readonly #countsBefore: ReadonlyMap<string, number>;
  #own: readonly Contact[] = [];
  readonly #logged = new Map<string, { readonly atUs: number; readonly observationCount: number }>();

  /** `before`: the contacts known when the sortie began. */
  constructor(before: readonly Contact[]) {
    this.#countsBefore = new Map(before.map(({ id, observationCount }) => [id, observationCount]));
  }

  all(): readonly Contact[] {
    return this.#own;
  }

  /**
   * Takes the newest list; returns the contacts to log: new ones at once, known ones once a second while they are seen.
   */
  update(contacts: readonly Contact[], newIds: readonly string[], nowUs: number): readonly Contact[] {
    const own = contacts.filter(({ id, observationCount }) => this.#countsBefore.get(id) !== observationCount);
    this.#own = own;
    const toLog = own.filter((contact) => newIds.includes(contact.id) || this.#isDue(contact, nowUs));
    for (const { id, observationCount } of toLog) this.#logged.set(id, { atUs: nowUs, observationCount });
    return toLog;
  }

  #isDue({ id, observationCount }: Contact, nowUs: number): boolean {
    const logged = this.#logged.get(id);
    if (!logged) return true;
    // The absolute difference: a clock that was set back must not suppress a contact.
    const isTime = Math.abs(nowUs - logged.atUs) >= LOG_EVERY_US;
    return observationCount !== logged.observationCount && isTime;
  }
}
