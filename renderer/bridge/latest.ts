import { useSyncExternalStore } from "react";

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

/** Re-renders only when the *selected primitive* changes: select what is shown, already rounded. */
export function useLatest<T, P extends string | number | boolean | undefined>(
  latest: Latest<T>,
  select: (value: T) => P,
): P {
  return useSyncExternalStore(latest.onChange, () => select(latest.get()));
}

/** Re-renders on every new value: for slow streams only (a plan, a list that changes by hand, a status). */
export function useWhole<T>(latest: Latest<T>): T {
  return useSyncExternalStore(latest.onChange, () => latest.get());
}
