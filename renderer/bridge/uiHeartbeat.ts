import type { StationStore } from "./stationStore.js";

const SILENCE_CHECK_MS = 500;
/**
 * A busy graphics card (software GL, a big window) may hold the animation loop for a second or two while the page is
 * well. No frame at all for this long on a page that is seen means that the person sees a frozen picture: then the page
 * falls silent.
 */
const NO_FRAME_IS_HUNG_MS = 8000;
/** The whole screen is gone but for a text: nobody can act on it. */
const CRASHED = "#root > .app-crash";
const LOCK_NAME = "vigie-screen";

type Page = Pick<
  Window,
  | "requestAnimationFrame"
  | "cancelAnimationFrame"
  | "setInterval"
  | "clearInterval"
  | "setTimeout"
  | "document"
  | "performance"
> & { readonly navigator?: { readonly locks?: Pick<LockManager, "request"> } };

type HeartbeatStation = Pick<StationStore, "send" | "frame" | "ping" | "checkSilence">;

/**
 * Answers the station's question whether this page lives, and tells that a picture was painted, so that the next may come.
 * The question is a message, not a timer of the page: browsers let the timers of a hidden tab run once a minute, and give
 * it no animation frames, but they deliver its messages. The main thread answers, so a page that hangs does not; nor does
 * one that is seen and no longer draws.
 */
export function startUiHeartbeat(station: HeartbeatStation, page: Page): () => void {
  const { document, performance } = page;
  let lastFrameMs = performance.now();
  let frameRequest = 0;

  const isDrawing = (): boolean => document.hidden || performance.now() - lastFrameMs < NO_FRAME_IS_HUNG_MS;
  const onPing = (): void => {
    const isWhole = document.querySelector(CRASHED) === null;
    if (station.ping.get() !== undefined && isDrawing() && isWhole) station.send({ kind: "ui-alive" });
  };
  const onAnimationFrame = (): void => {
    lastFrameMs = performance.now();
    frameRequest = page.requestAnimationFrame(onAnimationFrame);
  };
  // What was drawn before the page was hidden says nothing about it once it is seen again.
  const onVisibility = (): void => {
    lastFrameMs = performance.now();
  };
  const stopPings = station.ping.onChange(onPing);
  const stopFrames = station.frame.onChange(() => {
    const frameId = station.frame.get()?.frameId;
    if (frameId === undefined) return;
    // A task queued from the animation frame runs after that frame was painted.
    page.requestAnimationFrame(() => page.setTimeout(() => station.send({ kind: "frame-shown", frameId }), 0));
  });
  const timer = page.setInterval(() => station.checkSilence(), SILENCE_CHECK_MS);
  document.addEventListener("visibilitychange", onVisibility);
  const release = holdAwake(page);
  frameRequest = page.requestAnimationFrame(onAnimationFrame);
  return () => {
    page.cancelAnimationFrame(frameRequest);
    page.clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisibility);
    release();
    stopPings();
    stopFrames();
  };
}

/** Browsers freeze or discard tabs that were hidden for long, but none that holds a lock: https://wicg.github.io/page-lifecycle */
function holdAwake({ navigator }: Page): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  // Without locks (an old browser, an insecure origin) the page lives as long as the browser lets it.
  navigator?.locks?.request(LOCK_NAME, { mode: "shared" }, () => held).catch(() => undefined);
  return () => release();
}
