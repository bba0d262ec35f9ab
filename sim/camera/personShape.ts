import type { ActorState } from "../world/actors.js";
import { blend, type Canvas } from "./canvas.js";
import { project, type PixelPoint } from "./projection.js";

type StandingPerson = { readonly actor: ActorState; readonly footAmslM: number; readonly bodyC: number };

// A clothed adult as an upright capsule: widest at the shoulders, warmest at the bare head.
const KNEE_M = 0.35;
const SHOULDER_M = 1.45;
const HEAD_M = 1.62;
const BODY_RADIUS_M = 0.23;
const HEAD_RADIUS_M = 0.12;
const HEAD_WARMER_K = 4;

type Capsule = {
  readonly from: PixelPoint;
  readonly to: PixelPoint;
  readonly radiusPx: number;
  readonly temperatureC: number;
  /** Of the whole person. */
  readonly depthM: number;
};

/** Paints the pixels within `radiusPx` of the line between two image points. */
function paintCapsule(canvas: Canvas, { from, to, radiusPx, temperatureC, depthM }: Capsule): void {
  const { widthPx, heightPx } = canvas.view;
  const reach = radiusPx + 1;
  const left = Math.max(0, Math.floor(Math.min(from.xPx, to.xPx) - reach));
  const right = Math.min(widthPx, Math.ceil(Math.max(from.xPx, to.xPx) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.yPx, to.yPx) - reach));
  const bottom = Math.min(heightPx, Math.ceil(Math.max(from.yPx, to.yPx) + reach));
  const dx = to.xPx - from.xPx;
  const dy = to.yPx - from.yPx;
  const norm = Math.max(1e-9, dx * dx + dy * dy);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const px = x + 0.5 - from.xPx;
      const py = y + 0.5 - from.yPx;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) / norm));
      const cover = Math.min(1, Math.max(0, 0.5 + radiusPx - Math.hypot(px - t * dx, py - t * dy)));
      if (cover > 0 && !canvas.hides?.(x + 0.5, y + 0.5, depthM)) blend(canvas, y * widthPx + x, cover, temperatureC);
    }
  }
}

/** In nadir view a hot spot half a metre across; in slanted view stretched away from the camera. */
export function paintPerson(canvas: Canvas, { actor, footAmslM, bodyC }: StandingPerson): void {
  const { view } = canvas;
  const at = (upM: number) => project(view, { eastM: actor.eastM, northM: actor.northM, upM: footAmslM + upM });
  const knee = at(KNEE_M);
  const shoulder = at(SHOULDER_M);
  const head = at(HEAD_M);
  if (!knee || !shoulder || !head) return;
  const pxPerM = view.focalPx / shoulder.depthM;
  const legs = { from: knee, to: shoulder, radiusPx: BODY_RADIUS_M * 0.75 * pxPerM, temperatureC: bodyC - 1 };
  const torso = { from: shoulder, to: shoulder, radiusPx: BODY_RADIUS_M * pxPerM, temperatureC: bodyC };
  const face = { from: head, to: head, radiusPx: HEAD_RADIUS_M * pxPerM, temperatureC: bodyC + HEAD_WARMER_K };
  for (const part of [legs, torso, face]) paintCapsule(canvas, { ...part, depthM: shoulder.depthM });
}
