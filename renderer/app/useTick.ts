import { useEffect, useState } from "react";

/**
 * Calls `read` about `timesPerS` times a second and re-renders when its result changes: for clocks and ages, which
 * raise no event.
 */
export function useTick<P extends string | number | boolean | undefined>(read: () => P, timesPerS = 4): P {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setValue(read()), 1000 / timesPerS);
    return () => clearInterval(timer);
  }, [read, timesPerS]);
  return value;
}
