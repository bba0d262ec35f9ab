import type { StationStore } from "./stationStore.js";

const BEAT_MS = 500;
/**
 * A busy graphics card (software GL, a big window) may hold the animation loop for a second or two while the page is
 * well. No frame at all for this long means that the person sees a frozen picture: then the page falls silent.
 */
const NO_FRAME_IS_HUNG_MS = 8000;

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
 * Tells the station that this page is alive, and that a picture was painted, so that the next may come. A timer
 * speaks, which a hung page could not run, and only while the animation loop goes round, however slowly: a page that
 * no longer draws falls silent. A tab that is merely hidden has no animation frames and is not asked for them.
 */
export function startPageHeart(station: Pick<StationStore, "send" | "frame" | "checkSilence">, page: Page): () => void {
  let lastBeatMs = Number.NEGATIVE_INFINITY;
  let lastFrameMs = page.performance.now();
  let frameRequest = 0;

  const beat = (): void => {
    const nowMs = page.performance.now();
    if (nowMs - lastBeatMs < BEAT_MS) return;
    lastBeatMs = nowMs;
    station.send({ kind: "ui-alive" });
  };
  const onAnimationFrame = (): void => {
    lastFrameMs = page.performance.now();
    beat();
    frameRequest = page.requestAnimationFrame(onAnimationFrame);
  };
  const timer = page.setInterval(() => {
    station.checkSilence();
    // What was drawn before the tab was hidden says nothing about it once it is seen again.
    if (page.document.hidden) lastFrameMs = page.performance.now();
    if (page.performance.now() - lastFrameMs < NO_FRAME_IS_HUNG_MS) beat();
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
