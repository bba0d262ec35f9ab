/** Draws people, boats, vehicles and clutter over the ground temperatures, with sub-pixel edges. */
import { seededRng } from "../../src/core/rng.js";
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import type { Scenario } from "../scenario.js";
import { actorKey, type ActorState, openActors } from "../world/actors.js";
import type { Ground } from "../world/ground.js";
import { hash32 } from "../world/noise.js";
import { blend, type Canvas } from "./canvas.js";
import { paintPerson } from "./personShape.js";
import { groundHit, project, rayOf, type View } from "./projection.js";
import { shapeOf, type Shape } from "./shapes.js";

type ActorLayer = { readonly draw: (canvas: Canvas, scenarioS: number) => void };

/** Height above ground at which a gull crosses the picture. */
const GULL_HEIGHT_M = 6;
/** Height of a boat's gunwale, on the sand or carried. */
const HULL_HEIGHT_M = 0.4;
const CARRIED_HEIGHT_M = 0.8;

export function openActorLayer(scenario: Scenario, ground: Ground, seed: number): ActorLayer {
  const actorsAt = openActors(scenario, seed);
  const personC = (id: string): number => 13.6 + 0.7 * seededRng(actorKey(seed, id) ^ 0x7e3).normal();
  const warmth = new Map(scenario.actors.map((actor) => [actor.id, personC(actor.id)]));
  return {
    draw: (canvas, scenarioS) => {
      const actors = actorsAt(scenarioS);
      // People are drawn last: they stand beside and in boats, never under them.
      for (const actor of actors) {
        if (actor.kind !== "person") paintFlat(canvas, actor, ground, { seed, scenarioS });
      }
      for (const actor of actors) {
        if (actor.kind !== "person") continue;
        const footAmslM = ground.heightAmslM(actor.eastM, actor.northM);
        paintPerson(canvas, { actor, footAmslM, bodyC: Math.min(15.4, warmth.get(actor.id) ?? 13.6) });
      }
    },
  };
}

/** Flashes of 0.12 s, one or two a second from the scenario's start, at times that depend on this glint and the seed. */
export function isGlintLit(id: string, scenarioS: number, seed: number): boolean {
  if (scenarioS <= 0) return false;
  const slot = Math.floor(scenarioS / 0.12);
  return hash32(actorKey(seed, id) ^ Math.imul(slot, 0x9e3779b1)) % 6 === 0;
}

function heightAboveGroundM(actor: ActorState, isOnLand: boolean): number {
  if (actor.kind === "gull") return GULL_HEIGHT_M;
  if (actor.kind === "vehicle") return 1;
  if (actor.kind !== "boat") return 0.1;
  return isOnLand && actor.groundSpeedMps > 0 ? CARRIED_HEIGHT_M : HULL_HEIGHT_M;
}

function paintFlat(
  canvas: Canvas,
  actor: ActorState,
  ground: Ground,
  when: { readonly seed: number; readonly scenarioS: number },
): void {
  if (actor.kind === "glint" && !isGlintLit(actor.id, when.scenarioS, when.seed)) return;
  const groundAmslM = ground.heightAmslM(actor.eastM, actor.northM);
  const isOnLand = ground.inlandM(actor.eastM, actor.northM) > 0;
  const planeAmslM = groundAmslM + heightAboveGroundM(actor, isOnLand);
  const shape = shapeOf(actor, actorKey(when.seed, actor.id));
  paintShape(canvas, shape, { eastM: actor.eastM, northM: actor.northM, planeAmslM, headingDeg: actor.headingDeg });
}

type Place = {
  readonly eastM: number;
  readonly northM: number;
  readonly planeAmslM: number;
  readonly headingDeg: number;
};

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Pixel range that a disc on the ground may touch; undefined when outside the picture. */
function boxOf(view: View, place: Place, radiusM: number): Box | undefined {
  const middle = project(view, { eastM: place.eastM, northM: place.northM, upM: place.planeAmslM });
  if (!middle) return undefined;
  const radiusPx = (radiusM * view.focalPx) / middle.depthM + 2;
  const left = Math.max(0, Math.floor(middle.xPx - radiusPx));
  const top = Math.max(0, Math.floor(middle.yPx - radiusPx));
  const right = Math.min(view.widthPx, Math.ceil(middle.xPx + radiusPx));
  const bottom = Math.min(view.heightPx, Math.ceil(middle.yPx + radiusPx));
  return left < right && top < bottom ? { left, top, right, bottom } : undefined;
}

function paintShape(canvas: Canvas, shape: Shape, place: Place): void {
  const { view } = canvas;
  const box = boxOf(view, place, shape.radiusM);
  const middle = project(view, { eastM: place.eastM, northM: place.northM, upM: place.planeAmslM });
  if (!box || !middle) return;
  const sin = Math.sin(place.headingDeg * RAD_PER_DEG);
  const cos = Math.cos(place.headingDeg * RAD_PER_DEG);
  const plane = () => place.planeAmslM;
  // Temperature differences are relative to the ground under the centre, sampled before painting.
  const underC = sampleC(canvas, middle.xPx, middle.yPx, box);
  const pixelM = middle.depthM / view.focalPx;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const hit = groundHit(view, rayOf(view, x + 0.5, y + 0.5), plane);
      if (!hit) continue;
      const e = hit.eastM - place.eastM;
      const n = hit.northM - place.northM;
      const { cover, warmthK } = shape.at(e * sin + n * cos, e * cos - n * sin, pixelM);
      if (cover > 0 && !canvas.hides?.(x + 0.5, y + 0.5, middle.depthM))
        blend(canvas, y * view.widthPx + x, cover, underC + warmthK);
    }
  }
}

function sampleC(canvas: Canvas, xPx: number, yPx: number, box: Box): number {
  const x = Math.min(box.right - 1, Math.max(box.left, Math.floor(xPx)));
  const y = Math.min(box.bottom - 1, Math.max(box.top, Math.floor(yPx)));
  return canvas.temperaturesC[y * canvas.view.widthPx + x] ?? 0;
}
