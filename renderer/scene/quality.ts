import { defineStore } from "../bridge/uiStores.js";
import type { DetailLimits } from "./frameDetail.js";
import type { PacerLimits } from "./framePacer.js";

/** Rendering quality. Software rendering gets the same scene with fewer samples, no anti-aliasing and no glitter. */
export type Quality = {
  readonly isCalm: boolean;
  readonly antialias: boolean;
  /** Scene pixels per page pixel, at most. */
  readonly pixelRatio: number;
  /** Scene pixels in all, at most. */
  readonly budgetPx: number;
  readonly pacing: PacerLimits;
  /** By software rendering it coarsens the ground only, else the whole scene: see `frameDetail.ts`. */
  readonly detail: DetailLimits;
};

const FULL: Quality = {
  isCalm: false,
  antialias: true,
  pixelRatio: 1.5,
  budgetPx: 9_000_000,
  pacing: { minGapMs: 15, restShare: 0, isInStep: false },
  detail: { slowMs: 40, fastMs: 14, shares: [1, 0.75, 0.55] },
};
const CALM: Quality = {
  isCalm: true,
  antialias: false,
  pixelRatio: 0.75,
  budgetPx: 420_000,
  pacing: { minGapMs: 170, restShare: 1, isInStep: true },
  detail: { slowMs: 90, fastMs: 30, shares: [1, 0.72, 0.55] },
};

/** Renderer names that mean that WebGL is not backed by a graphics card. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

export const qualityFor = (rendererName: string): Quality => (SOFTWARE.test(rendererName) ? CALM : FULL);

/** Pixel ratio for a page of this size (CSS pixels): the browser enlarges a smaller picture smoothly. */
export function pixelRatioFor(
  quality: Quality,
  page: { readonly widthPx: number; readonly heightPx: number; readonly devicePixelRatio: number },
): number {
  const fitting = Math.sqrt(quality.budgetPx / Math.max(1, page.widthPx * page.heightPx));
  const wanted = quality.isCalm ? quality.pixelRatio : Math.min(quality.pixelRatio, Math.max(1, page.devicePixelRatio));
  return Math.min(wanted, fitting);
}

/** The quality for this machine; determined once per page, with a WebGL context that is released at once. */
export const sceneQuality = defineStore(() => qualityFor(rendererName()));

function rendererName(): string {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return "";
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return typeof name === "string" ? name : "";
}
