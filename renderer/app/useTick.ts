import { useEffect, useState } from "react";

/** Re-renders about `timesPerS` times a second with what `read` says then: for clocks and ages, which nothing announces. */
export function useTick<P extends string | number | boolean | undefined>(read: () => P, timesPerS = 4): P {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setValue(read()), 1000 / timesPerS);
    return () => clearInterval(timer);
  }, [read, timesPerS]);
  return value;
}
