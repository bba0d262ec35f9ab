import { useSyncExternalStore } from "react";
import { useWhole } from "../bridge/latest.js";
import type { FrameDetail } from "./frameDetail.js";
import { pixelRatioFor, type Quality } from "./quality.js";

/** Scene pixels per page pixel, for the page's size and what the machine can draw. */
export function usePixelRatio(quality: Quality, detail: FrameDetail): number {
  const ratio = useSyncExternalStore(onResize, () => pixelRatioNow(quality));
  const level = useWhole(detail.level);
  return quality.isCalm ? ratio : ratio * (quality.detail.shares[level] ?? 1);
}

function onResize(notify: () => void): () => void {
  window.addEventListener("resize", notify);
  return () => window.removeEventListener("resize", notify);
}
const pixelRatioNow = (quality: Quality): number =>
  pixelRatioFor(quality, {
    widthPx: window.innerWidth,
    heightPx: window.innerHeight,
    devicePixelRatio: window.devicePixelRatio,
  });
