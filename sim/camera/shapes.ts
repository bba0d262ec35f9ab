/** Flat objects seen from above: how much of a pixel they cover, and their temperature above the ground's. */
import { seededRng } from "../../src/core/rng.js";
import type { ActorState } from "../world/actors.js";

type Paint = { readonly cover: number; readonly warmthK: number };

export type Shape = {
  /** The whole shape lies within this distance of its centre. */
  readonly radiusM: number;
  /** `forwardM` towards the bow, `rightM` to starboard; `pixelM` is the size of one pixel there. */
  readonly at: (forwardM: number, rightM: number, pixelM: number) => Paint;
};

const NOTHING: Paint = { cover: 0, warmthK: 0 };

/** Pixel coverage from the signed distance to an edge (negative inside). */
const coverOf = (outsideM: number, pixelM: number): number => Math.min(1, Math.max(0, 0.5 - outsideM / pixelM));

/** Signed distance to a rectangle with rounded corners. */
function roundBoxM(
  x: number,
  y: number,
  box: { readonly halfX: number; readonly halfY: number; readonly radiusM: number },
): number {
  const dx = Math.abs(x) - box.halfX + box.radiusM;
  const dy = Math.abs(y) - box.halfY + box.radiusM;
  return Math.hypot(Math.max(0, dx), Math.max(0, dy)) + Math.min(0, Math.max(dx, dy)) - box.radiusM;
}

/**
 * An inflatable: two tubes that meet at the bow, with a floor between. Freshly inflated rubber is a little warmer than the night; the
 * engine at the stern, running or recently used, is by far the warmest part.
 */
function boatShape(actor: ActorState, variationK: number): Shape {
  const halfLengthM = actor.lengthM / 2;
  const halfWidthM = actor.widthM / 2;
  const tubeM = Math.min(0.5, halfWidthM * 0.5);
  return {
    radiusM: halfLengthM + 0.8,
    at: (forwardM, rightM, pixelM) => {
      // The bow narrows over the first quarter.
      const bow = Math.max(0, (forwardM - halfLengthM * 0.45) / (halfLengthM * 0.55));
      const beamM = halfWidthM * Math.sqrt(Math.max(0, 1 - 0.85 * bow * bow));
      const outsideM = Math.max(Math.abs(rightM) - beamM, Math.abs(forwardM) - halfLengthM);
      const engineM = roundBoxM(forwardM + halfLengthM - 0.15, rightM, { halfX: 0.42, halfY: 0.3, radiusM: 0.15 });
      const engine = actor.isEngineWarm ? coverOf(engineM, pixelM) : 0;
      const hull = coverOf(outsideM, pixelM);
      if (hull <= 0 && engine <= 0) return NOTHING;
      const isTube = outsideM > -tubeM;
      const hullK = (isTube ? 3.1 : 2.3) + variationK;
      return { cover: Math.max(hull, engine), warmthK: hullK + engine * 17 };
    },
  };
}

/** A car or van: warm bonnet in front, cooler windscreen (it reflects the sky), body slightly warm with a warm engine. */
function vehicleShape(actor: ActorState, variationK: number): Shape {
  const halfLengthM = actor.lengthM / 2;
  const halfWidthM = actor.widthM / 2;
  return {
    radiusM: halfLengthM + 0.6,
    at: (forwardM, rightM, pixelM) => {
      const cover = coverOf(
        roundBoxM(forwardM, rightM, { halfX: halfLengthM, halfY: halfWidthM, radiusM: 0.3 }),
        pixelM,
      );
      if (cover <= 0) return NOTHING;
      if (!actor.isEngineWarm) return { cover, warmthK: -2.5 + variationK };
      const bonnetM = roundBoxM(forwardM - halfLengthM + 0.75, rightM, {
        halfX: 0.6,
        halfY: halfWidthM * 0.75,
        radiusM: 0.2,
      });
      const bonnet = coverOf(bonnetM, pixelM * 4);
      const isScreen = forwardM > halfLengthM - 1.9 && forwardM < halfLengthM - 1.4;
      return { cover, warmthK: (isScreen ? 2.9 : 3.9) + variationK + 6 * bonnet };
    },
  };
}

function blobShape(actor: ActorState, warmthK: number): Shape {
  const halfX = actor.lengthM / 2;
  const halfY = actor.widthM / 2;
  const radiusM = Math.min(halfX, halfY);
  return {
    radiusM: halfX + 0.2,
    at: (forwardM, rightM, pixelM) => {
      const outsideM = roundBoxM(forwardM, rightM, { halfX, halfY, radiusM });
      const cover = coverOf(outsideM, pixelM * 1.5);
      return cover > 0 ? { cover, warmthK } : NOTHING;
    },
  };
}

/** `key` is fixed per actor and sortie and varies the temperature. People are drawn by `personShape.ts`. */
export function shapeOf(actor: ActorState, key: number): Shape {
  const spread = seededRng(key ^ 0x33).uniform() * 2 - 1;
  switch (actor.kind) {
    case "boat":
      return boatShape(actor, 0.4 * spread);
    case "vehicle":
      return vehicleShape(actor, 0.6 * spread);
    case "rock":
      return blobShape(actor, 1.1 + 0.4 * spread);
    case "gull":
      return blobShape(actor, 2.6 + 0.5 * spread);
    case "glint":
      return blobShape(actor, 2.4 + 0.6 * spread);
    case "person":
      return blobShape(actor, 0);
  }
}
