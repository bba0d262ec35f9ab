import { dequal } from "dequal";
import { useState, useSyncExternalStore } from "react";

/** The newest value of a fast stream, readable at any moment without React knowing. */
export class Latest<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  constructor(initial: T) {
    this.#value = initial;
  }
  get(): T {
    return this.#value;
  }
  set(next: T): void {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    for (const notify of this.#listeners) notify();
  }
  readonly onChange = (notify: () => void): (() => void) => {
    this.#listeners.add(notify);
    return () => {
      this.#listeners.delete(notify);
    };
  };
}

/** Gives back the previous value as long as the next one has the same content, so that React sees no change. */
function createStable<S>(): (next: S) => S {
  let kept: { readonly value: S } | undefined;
  return (next) => {
    if (!kept || !dequal(kept.value, next)) kept = { value: next };
    return kept.value;
  };
}

/**
 * Re-renders only when the content of what is selected changes: select what is shown, already rounded. Numbers, texts,
 * plain objects and lists are compared by content.
 */
export function useLatest<T, S>(latest: Latest<T>, select: (value: T) => S): S {
  const [stable] = useState(() => createStable<S>());
  return useSyncExternalStore(latest.onChange, () => stable(select(latest.get())));
}

/** Re-renders on every new value: for slow streams only (a plan, a list that changes by hand, a status). */
export function useWhole<T>(latest: Latest<T>): T {
  return useSyncExternalStore(latest.onChange, () => latest.get());
}
