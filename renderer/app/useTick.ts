import { dequal } from "dequal";
import { useEffect, useState } from "react";

/**
 * Calls `read` about `timesPerS` times a second and re-renders when the content of its result changes: for clocks and
 * ages, which raise no event, and for values that change more often than an eye can follow.
 */
export function useTick<S>(read: () => S, timesPerS = 4): S {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => {
      const next = read();
      setValue((shown) => (dequal(shown, next) ? shown : next));
    }, 1000 / timesPerS);
    return () => clearInterval(timer);
  }, [read, timesPerS]);
  return value;
}
