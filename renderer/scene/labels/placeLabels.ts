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
const RINGS_PX = [16, 44, 80];
/** A quiet label has no line to its point, so it must stand close. */
const QUIET_RING_PX = 9;
const COUNT_OF_SLOTS = DIRECTIONS.length * RINGS_PX.length;
const GAP_PX = 3;
const ANCHOR_HALF_PX = 7;

/**
 * Sorts `labels` in place by priority and gives each a place, `countMax` at most. `occupied` lists areas that labels must
 * not cover (left, top, right, bottom); the places given are added to it. A caller that draws every frame reuses one array.
 */
export function placeLabels(
  labels: LabelBox[],
  viewport: Viewport,
  occupied: number[] = [],
  countMax = Number.POSITIVE_INFINITY,
): void {
  labels.sort(byRank);
  const room = { labels, viewport, occupied };
  let count = 0;
  for (const label of labels) {
    label.slot = count < countMax ? findSlot(label, room) : -1;
    if (label.slot < 0) continue;
    count++;
    occupied.push(label.xPx, label.yPx, label.xPx + label.widthPx, label.yPx + label.heightPx);
  }
}

const byRank = (a: LabelBox, b: LabelBox): number =>
  Number(a.isQuiet) - Number(b.isQuiet) || b.priority - a.priority || (a.id < b.id ? -1 : 1);

type Room = {
  readonly labels: readonly LabelBox[];
  readonly viewport: Viewport;
  /** Left, top, right, bottom of every area that a label must not cover. */
  readonly occupied: readonly number[];
};

function findSlot(label: LabelBox, room: Room): number {
  if (!isInside(label.anchorXPx, label.anchorYPx, room.viewport)) return -1;
  if (label.isQuiet && isCovered(label, room.occupied)) return -1;
  if (label.slot >= 0 && isFree(label, label.slot, room)) return label.slot;
  const count = label.isQuiet ? DIRECTIONS.length : COUNT_OF_SLOTS;
  for (let slot = 0; slot < count; slot++) if (isFree(label, slot, room)) return slot;
  return -1;
}

const isInside = (xPx: number, yPx: number, viewport: Viewport): boolean =>
  xPx >= viewport.leftPx && xPx <= viewport.rightPx && yPx >= viewport.topPx && yPx <= viewport.bottomPx;

function isCovered({ anchorXPx, anchorYPx }: LabelBox, occupied: readonly number[]): boolean {
  for (let i = 0; i + 3 < occupied.length; i += 4) {
    const isBeside =
      anchorXPx < (occupied[i] ?? 0) ||
      anchorYPx < (occupied[i + 1] ?? 0) ||
      anchorXPx > (occupied[i + 2] ?? 0) ||
      anchorYPx > (occupied[i + 3] ?? 0);
    if (!isBeside) return true;
  }
  return false;
}

function isFree(label: LabelBox, slot: number, { labels, viewport, occupied }: Room): boolean {
  moveTo(label, slot);
  const rightPx = label.xPx + label.widthPx;
  const bottomPx = label.yPx + label.heightPx;
  if (!isInside(label.xPx, label.yPx, viewport) || !isInside(rightPx, bottomPx, viewport)) return false;
  for (let i = 0; i + 3 < occupied.length; i += 4) {
    const apart =
      rightPx + GAP_PX <= (occupied[i] ?? 0) ||
      label.xPx >= (occupied[i + 2] ?? 0) + GAP_PX ||
      bottomPx + GAP_PX <= (occupied[i + 1] ?? 0) ||
      label.yPx >= (occupied[i + 3] ?? 0) + GAP_PX;
    if (!apart) return false;
  }
  return !coversAnAnchor(label, labels);
}

/** A label must not hide another label's anchor; that of a quiet one only another quiet one must not. */
function coversAnAnchor(label: LabelBox, labels: readonly LabelBox[]): boolean {
  for (const other of labels) {
    if (other === label || (other.isQuiet && !label.isQuiet)) continue;
    const covers =
      other.anchorXPx + ANCHOR_HALF_PX > label.xPx &&
      other.anchorXPx - ANCHOR_HALF_PX < label.xPx + label.widthPx &&
      other.anchorYPx + ANCHOR_HALF_PX > label.yPx &&
      other.anchorYPx - ANCHOR_HALF_PX < label.yPx + label.heightPx;
    if (covers) return true;
  }
  return false;
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
