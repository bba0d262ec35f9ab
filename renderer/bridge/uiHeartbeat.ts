import type { StationStore } from "./stationStore.js";

const SILENCE_CHECK_MS = 500;
/**
 * Software rendering or a large window can stop the animation loop for a second or two on a healthy page. A visible
 * page without any animation frame for this long shows a frozen picture: it then stops replying to pings.
 */
const NO_FRAME_IS_HUNG_MS = 8000;
/** The error page that replaces the whole screen after a crash: nobody can act on it. */
const CRASHED = "#root > .app-crash";
const LOCK_NAME = "vigie-screen";

/** The part of `Window` that this needs. */
export type HeartbeatPage = {
  readonly requestAnimationFrame: (task: () => void) => number;
  readonly cancelAnimationFrame: (request: number) => void;
  readonly setInterval: (task: () => void, everyMs: number) => number;
  readonly clearInterval: (timer: number) => void;
  readonly setTimeout: (task: () => void, afterMs: number) => number;
  readonly document: {
    readonly hidden: boolean;
    querySelector(selector: string): object | null;
    addEventListener(kind: "visibilitychange", listener: () => void): void;
    removeEventListener(kind: "visibilitychange", listener: () => void): void;
  };
  readonly performance: Pick<Performance, "now">;
  readonly navigator?: { readonly locks?: Pick<LockManager, "request"> };
};

type HeartbeatStation = Pick<StationStore, "send" | "frame" | "cameras" | "ping" | "checkSilence">;

/**
 * Replies to the station's pings while this page works, and acknowledges painted video frames so that the next may be
 * sent. The station pings because a page's own timers cannot be trusted: browsers run the timers of a hidden tab once a
 * minute and give it no animation frames, but they deliver messages. The reply is sent by the main thread, so a hung
 * page does not reply; a visible page that no longer draws does not either.
 */
export function startUiHeartbeat(station: HeartbeatStation, page: HeartbeatPage): () => void {
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
  // The last frame before the page was hidden says nothing once it is visible again.
  const onVisibility = (): void => {
    lastFrameMs = performance.now();
  };
  const stopPings = station.ping.onChange(onPing);
  const stopFrames = station.frame.onChange(() => {
    const frameId = station.frame.get()?.frameId;
    if (frameId === undefined) return;
    // A task queued from the animation frame runs after that frame was painted.
    const shown = { kind: "frame-shown", cameraId: station.cameras.shownId.get(), frameId } as const;
    page.requestAnimationFrame(() => page.setTimeout(() => station.send(shown), 0));
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
function holdAwake({ navigator }: HeartbeatPage): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  // Without locks (an old browser, an insecure origin) the page lives as long as the browser lets it.
  navigator?.locks?.request(LOCK_NAME, { mode: "shared" }, () => held).catch(() => undefined);
  return () => release();
}
