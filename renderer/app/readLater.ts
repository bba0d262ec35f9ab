import { type ComponentType, lazy, useEffect } from "react";

/** Before code that did not come is asked for again: the station that serves it may be starting anew. */
const AGAIN_AFTER_MS = 1000;

/** A part of the screen whose code the first frame does not need. */
export type LaterScreen<Props extends object = object> = {
  /** Suspends while its code is read. */
  readonly Screen: ComponentType<Props>;
  /** Reads the code before the part is shown; a second call costs nothing. */
  readonly readAhead: () => void;
};

/**
 * `read` is an `import()`. Code that does not come (a browser whose station is gone) is asked for until it is there:
 * `lazy` would keep the first failure for the life of the page.
 */
export function readLater<Props extends object>(read: () => Promise<ComponentType<Props>>): LaterScreen<Props> {
  const readUntilThere = (): Promise<{ readonly default: ComponentType<Props> }> =>
    read().then(
      (Screen) => ({ default: Screen }),
      () => new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS)).then(readUntilThere),
    );
  return {
    Screen: lazy(readUntilThere),
    // Whoever shows the part asks again.
    readAhead: () => void read().catch(() => undefined),
  };
}

/** Reads the parts as soon as the page has nothing else to do, so that they are there at once, and with the station gone. */
export function useReadAhead(parts: readonly Pick<LaterScreen, "readAhead">[]): void {
  useEffect(() => {
    // Safari has none: there a part is read when it is shown.
    if (!("requestIdleCallback" in window)) return undefined;
    const asked = window.requestIdleCallback(() => {
      for (const { readAhead } of parts) readAhead();
    });
    return () => window.cancelIdleCallback(asked);
  }, [parts]);
}
