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
      heightPx.set(isSame ? Math.max(heightPx.get(), filledPx(element)) : filledPx(element));
    });
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  }, [foot, heightPx]);
}

/** The line itself may be stretched over the picture: what counts is what stands in it. */
function filledPx(element: HTMLElement): number {
  let topPx = Number.POSITIVE_INFINITY;
  let bottomPx = 0;
  for (const child of element.children) {
    if (!(child instanceof HTMLElement) || child.offsetHeight === 0) continue;
    topPx = Math.min(topPx, child.offsetTop);
    bottomPx = Math.max(bottomPx, child.offsetTop + child.offsetHeight);
  }
  return Math.max(0, bottomPx - topPx);
}
