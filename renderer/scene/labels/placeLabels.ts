import { COVERS_FROM } from "./labelRank.js";
import { LabelRoom } from "./labelRoom.js";

/**
 * Places labels so that none covers another. Deterministic: the same labels get the same places, and a label keeps its
 * side (`slot`) while that side is free, so that labels do not jump while the camera moves.
 */
export type LabelBox = {
  /** The point it names, pixels. */
  anchorXPx: number;
  anchorYPx: number;
  widthPx: number;
  heightPx: number;
  /** Higher is placed first and never gives way. */
  priority: number;
  /**
   * Background: placed after all others whatever its priority, right beside its point or not at all. Others may cover its
   * point, and it then goes too.
   */
  isQuiet: boolean;
  /** From the middle of the point's mark to its rim. */
  halfPx: number;
  /** Ties of priority are broken by this, so that order never depends on arrival. */
  id: string;
  /** Input and output: which of the places round the anchor it has; -1 = no room, hidden. */
  slot: number;
  /** Output: its top left corner. */
  xPx: number;
  yPx: number;
};

export type Viewport = {
  readonly leftPx: number;
  readonly topPx: number;
  readonly rightPx: number;
  readonly bottomPx: number;
};

// Directions round the anchor (right first, as text reads) and how far out; the near ring is tried first.
const DIRECTIONS: readonly (readonly [number, number])[] = [
  [1, -0.4],
  [1, 0.5],
  [-1, -0.4],
  [-1, 0.5],
  [0.35, -1],
  [-0.35, 1],
  [0.35, 1],
  [-0.35, -1],
];
const RINGS_PX = [16, 44, 80, 124];
/** The furthest ring is for labels that must be shown. */
const USUAL_RINGS = 3;
/** A quiet label has no line to its point, so it must stand close. */
const QUIET_RING_PX = 9;
const GAP_PX = 3;

/**
 * Sorts `labels` in place by priority and gives each a place, `countMax` at most. Labels do not cover what is taken of `room`;
 * the places given are added to it. A caller that draws every frame reuses one room, cleared.
 */
export function placeLabels(
  labels: LabelBox[],
  viewport: Viewport,
  room = new LabelRoom(),
  countMax = Number.POSITIVE_INFINITY,
): void {
  labels.sort(byRank);
  room.setMarks(labels);
  const around = { labels, viewport, room };
  let count = 0;
  for (const label of labels) {
    label.slot = count < countMax ? findSlot(label, around) : -1;
    if (label.slot < 0) continue;
    count++;
    room.take(label.xPx, label.yPx, label.xPx + label.widthPx, label.yPx + label.heightPx);
  }
}

const byRank = (a: LabelBox, b: LabelBox): number =>
  Number(a.isQuiet) - Number(b.isQuiet) || b.priority - a.priority || (a.id < b.id ? -1 : 1);

type Around = { readonly labels: readonly LabelBox[]; readonly viewport: Viewport; readonly room: LabelRoom };

function findSlot(label: LabelBox, around: Around): number {
  if (!isInside(label.anchorXPx, label.anchorYPx, around.viewport)) return -1;
  if (label.isQuiet && isCovered(label, around.room.taken)) return -1;
  const slot = firstFree(label, around, Number.NEGATIVE_INFINITY);
  if (slot >= 0 || label.isQuiet || label.priority < COVERS_FROM) return slot;
  return firstFree(label, around, label.priority);
}

/** The slot that it has, else the first that is free. Marks of less importance than `coversBelow` may be covered. */
function firstFree(label: LabelBox, around: Around, coversBelow: number): number {
  if (label.slot >= 0 && isFree(label, label.slot, around, coversBelow)) return label.slot;
  const rings = label.isQuiet ? 1 : label.priority < COVERS_FROM ? USUAL_RINGS : RINGS_PX.length;
  const count = DIRECTIONS.length * rings;
  for (let slot = 0; slot < count; slot++) if (isFree(label, slot, around, coversBelow)) return slot;
  return -1;
}

export const isInside = (xPx: number, yPx: number, viewport: Viewport): boolean =>
  xPx >= viewport.leftPx && xPx <= viewport.rightPx && yPx >= viewport.topPx && yPx <= viewport.bottomPx;

function isCovered({ anchorXPx, anchorYPx }: LabelBox, taken: readonly number[]): boolean {
  for (let i = 0; i + 3 < taken.length; i += 4) {
    const isBeside =
      anchorXPx < (taken[i] ?? 0) ||
      anchorYPx < (taken[i + 1] ?? 0) ||
      anchorXPx > (taken[i + 2] ?? 0) ||
      anchorYPx > (taken[i + 3] ?? 0);
    if (!isBeside) return true;
  }
  return false;
}

function isFree(label: LabelBox, slot: number, { labels, viewport, room }: Around, coversBelow: number): boolean {
  moveTo(label, slot);
  const rightPx = label.xPx + label.widthPx;
  const bottomPx = label.yPx + label.heightPx;
  if (!isInside(label.xPx, label.yPx, viewport) || !isInside(rightPx, bottomPx, viewport)) return false;
  const { taken } = room;
  for (let i = 0; i + 3 < taken.length; i += 4) {
    const apart =
      rightPx + GAP_PX <= (taken[i] ?? 0) ||
      label.xPx >= (taken[i + 2] ?? 0) + GAP_PX ||
      bottomPx + GAP_PX <= (taken[i + 1] ?? 0) ||
      label.yPx >= (taken[i + 3] ?? 0) + GAP_PX;
    if (!apart) return false;
  }
  return !room.hasMark(label, (i) => coversMark(label, labels[i], coversBelow));
}

/**
 * A label must not hide another's mark, but where it must be shown that of a less important one; the point of a quiet one
 * only another quiet one must not.
 */
function coversMark(label: LabelBox, other: LabelBox | undefined, coversBelow: number): boolean {
  if (!other || other === label || (other.isQuiet && !label.isQuiet) || other.priority < coversBelow) return false;
  return (
    other.anchorXPx + other.halfPx > label.xPx &&
    other.anchorXPx - other.halfPx < label.xPx + label.widthPx &&
    other.anchorYPx + other.halfPx > label.yPx &&
    other.anchorYPx - other.halfPx < label.yPx + label.heightPx
  );
}

function moveTo(label: LabelBox, slot: number): void {
  const [dx, dy] = DIRECTIONS[slot % DIRECTIONS.length] ?? [1, 0];
  const ringPx = label.isQuiet ? QUIET_RING_PX : (RINGS_PX[Math.floor(slot / DIRECTIONS.length)] ?? 0);
  const centreX =
    label.anchorXPx + dx * ringPx + (Math.abs(dx) === 1 ? Math.sign(dx) * (label.widthPx / 2) : dx * label.widthPx);
  const centreY = label.anchorYPx + dy * (ringPx + label.heightPx / 2);
  // Whole pixels: half pixels blur text.
  label.xPx = Math.round(centreX - label.widthPx / 2);
  label.yPx = Math.round(centreY - label.heightPx / 2);
}
