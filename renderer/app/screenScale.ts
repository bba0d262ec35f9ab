/** How large the whole screen is drawn. Pure; sizes are in pixels at scale 1 (device-independent pixels). */

/** What can be chosen; 1 is as designed. */
export const SCREEN_SCALES = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;
export type ScreenScale = (typeof SCREEN_SCALES)[number];

type WindowSize = { readonly widthPx: number; readonly heightPx: number };

/** A screen of this width and less is drawn as designed; a wider one was bought for its fine pixels. */
const LARGER_FROM_PX = 2560;
const DESIGNED_FOR: WindowSize = { widthPx: 1920, heightPx: 1080 };
/** What the page needs to show everything. */
const LEAST: WindowSize = { widthPx: 1024, heightPx: 600 };
const STEP = 0.05;

const fitOf = (size: WindowSize, page: WindowSize): number =>
  Math.min(size.widthPx / page.widthPx, size.heightPx / page.heightPx);

/** Rounded down: a page a little too large is worse than one a little too small. A window lacks a pixel or two of its screen. */
const toStep = (scale: number): number => Math.floor(scale / STEP + 0.05) * STEP;

/** Undefined: nobody chose; then a wide window is drawn larger. A scale that leaves the page too small is lowered. */
export function screenScaleFor(chosen: ScreenScale | undefined, size: WindowSize): number {
  const byItself = size.widthPx < LARGER_FROM_PX ? 1 : Math.max(1, toStep(fitOf(size, DESIGNED_FOR)));
  const wanted = Math.min(chosen ?? byItself, toStep(fitOf(size, LEAST)));
  return Math.min(SCREEN_SCALES[SCREEN_SCALES.length - 1] ?? 1, Math.max(SCREEN_SCALES[0], wanted));
}

/** The next larger or smaller choice; the last one stays. */
export function nextScale(now: number, way: "larger" | "smaller"): ScreenScale {
  const larger = SCREEN_SCALES.find((scale) => scale > now + STEP / 2);
  const smaller = SCREEN_SCALES.findLast((scale) => scale < now - STEP / 2);
  return way === "larger" ? (larger ?? 2) : (smaller ?? 0.8);
}
