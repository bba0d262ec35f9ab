import type { StationStore } from "./stationStore.js";

const BEAT_MS = 500;

type Page = Pick<
  Window,
  | "requestAnimationFrame"
  | "cancelAnimationFrame"
  | "setInterval"
  | "clearInterval"
  | "setTimeout"
  | "document"
  | "performance"
>;

/**
 * Tells the station that this page is alive, from the animation loop so that a page that no longer draws falls
 * silent; and that a picture was painted, so that the next may come. A tab that is merely hidden has no animation
 * frames: a timer speaks for it, which a hung page could not run either.
 */
export function startPageHeart(station: Pick<StationStore, "send" | "frame" | "checkSilence">, page: Page): () => void {
  let lastBeatMs = Number.NEGATIVE_INFINITY;
  let frameRequest = 0;

  const beat = (): void => {
    const nowMs = page.performance.now();
    if (nowMs - lastBeatMs < BEAT_MS) return;
    lastBeatMs = nowMs;
    station.send({ kind: "ui-alive" });
  };
  const onAnimationFrame = (): void => {
    beat();
    frameRequest = page.requestAnimationFrame(onAnimationFrame);
  };
  const timer = page.setInterval(() => {
    station.checkSilence();
    if (page.document.hidden) beat();
  }, BEAT_MS);
  const stopFrames = station.frame.onChange(() => {
    const frameId = station.frame.get()?.frameId;
    if (frameId === undefined) return;
    // A task queued from the animation frame runs after that frame was painted.
    page.requestAnimationFrame(() => page.setTimeout(() => station.send({ kind: "frame-shown", frameId }), 0));
  });
  frameRequest = page.requestAnimationFrame(onAnimationFrame);
  return () => {
    page.cancelAnimationFrame(frameRequest);
    page.clearInterval(timer);
    stopFrames();
  };
}
