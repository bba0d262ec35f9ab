import { type RefObject, useEffect } from "react";
import type { Latest } from "../bridge/latest.js";

/**
 * How much of the picture the line over its edge takes, for labels to keep off. It only grows while its width is the same: labels
 * must not jump when the words under the pointer get longer and shorter.
 */
export function useFootHeight(foot: RefObject<HTMLElement | null>, heightPx: Latest<number>): void {
  useEffect(() => {
    const element = foot.current;
    if (!element) return undefined;
    let widthPx = element.offsetWidth;
    const watch = new ResizeObserver(() => {
      const isSame = widthPx === element.offsetWidth;
      widthPx = element.offsetWidth;
      heightPx.set(isSame ? Math.max(heightPx.get(), element.offsetHeight) : element.offsetHeight);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [foot, heightPx]);
}
