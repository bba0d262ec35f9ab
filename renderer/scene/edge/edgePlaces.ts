/**
 * Where marks stand at the edge of the picture for what is out of it: in its direction, none over another. Pure; allocates
 * nothing per frame.
 */
import type { Viewport } from "../labels/placeLabels.js";

type Side = "left" | "right" | "top" | "bottom";

export type EdgeBox = {
  /** Ties are broken by this, so that the order never depends on arrival. */
  readonly id: string;
  /** The direction out of the picture: to the right and up, in any unit. */
  rightward: number;
  upward: number;
  widthPx: number;
  heightPx: number;
  /** Where there is not room for all on a side, those with the lower numbers stay. */
  wayM: number;
  /** Output: its top left corner, and the direction clockwise from up on the screen. */
  xPx: number;
  yPx: number;
  turnRad: number;
  /** Output: false where its side has no room for it. */
  hasRoom: boolean;
  /** Output: how many without room this one stands for. */
  countOfHidden: number;
  side: Side;
};

type Along = { readonly at: "xPx" | "yPx"; readonly size: "widthPx" | "heightPx" };

const SIDES: readonly Side[] = ["left", "right", "top", "bottom"];
const UPRIGHT: Along = { at: "yPx", size: "heightPx" };
const LEVEL: Along = { at: "xPx", size: "widthPx" };
const GAP_PX = 4;

/** The part of the lower left corner that is not free. */
export type EdgeCorner = { readonly width: number; readonly height: number };
export const NO_CORNER: EdgeCorner = { width: 0, height: 0 };

/** `scratch` is overwritten: a caller that draws every frame reuses one array. */
export function placeAtEdge(
  boxes: readonly EdgeBox[],
  viewport: Viewport,
  corner: EdgeCorner = NO_CORNER,
  scratch: EdgeBox[] = [],
): void {
  let highestPx = 0;
  for (const box of boxes) {
    aim(box, viewport);
    highestPx = Math.max(highestPx, box.heightPx);
  }
  // The corners belong to the top and the bottom.
  const lowPx = viewport.topPx + highestPx + GAP_PX;
  const highPx = viewport.bottomPx - highestPx - GAP_PX;
  for (const side of SIDES) {
    scratch.length = 0;
    for (const box of boxes) if (box.side === side) scratch.push(box);
    if (side === "left") spread(scratch, UPRIGHT, lowPx, Math.min(highPx, viewport.bottomPx - corner.height));
    else if (side === "right") spread(scratch, UPRIGHT, lowPx, highPx);
    else spread(scratch, LEVEL, viewport.leftPx + (side === "bottom" ? corner.width : 0), viewport.rightPx);
  }
}

/** Puts a box where the line from the middle in its direction leaves the picture. */
function aim(box: EdgeBox, { leftPx, topPx, rightPx, bottomPx }: Viewport): void {
  const lengthOf = Math.hypot(box.rightward, box.upward);
  // Straight behind the camera there is no direction: down, as one turns round.
  const dx = lengthOf > 0 ? box.rightward / lengthOf : 0;
  const dy = lengthOf > 0 ? -box.upward / lengthOf : 1;
  const halfWidthPx = Math.max(1, (rightPx - leftPx - box.widthPx) / 2);
  const halfHeightPx = Math.max(1, (bottomPx - topPx - box.heightPx) / 2);
  const isAcross = Math.abs(dx) * halfHeightPx > Math.abs(dy) * halfWidthPx;
  const reach = isAcross ? halfWidthPx / Math.abs(dx) : halfHeightPx / Math.abs(dy);
  box.side = isAcross ? (dx > 0 ? "right" : "left") : dy > 0 ? "bottom" : "top";
  box.xPx = Math.round((leftPx + rightPx) / 2 + dx * reach - box.widthPx / 2);
  box.yPx = Math.round((topPx + bottomPx) / 2 + dy * reach - box.heightPx / 2);
  box.turnRad = Math.atan2(dx, -dy);
  box.hasRoom = true;
  box.countOfHidden = 0;
}

/** Moves the boxes of one side apart along it, in their order; the furthest away give way where there is not room for all. */
function spread(boxes: EdgeBox[], { at, size }: Along, lowPx: number, highPx: number): void {
  boxes.sort(byWay);
  hideFurthest(boxes, size, highPx - lowPx);
  boxes.sort(at === "xPx" ? byX : byY);
  let fromPx = lowPx;
  for (const box of boxes) {
    if (!box.hasRoom) continue;
    box[at] = Math.max(box[at], fromPx);
    fromPx = box[at] + box[size] + GAP_PX;
  }
  let toPx = highPx;
  for (let i = boxes.length - 1; i >= 0; i--) {
    const box = boxes[i];
    if (!box?.hasRoom) continue;
    box[at] = Math.min(box[at], toPx - box[size]);
    toPx = box[at] - GAP_PX;
  }
}

function hideFurthest(boxes: readonly EdgeBox[], size: Along["size"], roomPx: number): void {
  let usedPx = -GAP_PX;
  let last: EdgeBox | undefined;
  for (const box of boxes) {
    usedPx += box[size] + GAP_PX;
    box.hasRoom = usedPx <= roomPx || last === undefined;
    if (box.hasRoom) last = box;
    else if (last) last.countOfHidden++;
  }
}

const byId = (a: EdgeBox, b: EdgeBox): number => (a.id < b.id ? -1 : 1);
const byWay = (a: EdgeBox, b: EdgeBox): number => a.wayM - b.wayM || byId(a, b);
const byX = (a: EdgeBox, b: EdgeBox): number => a.xPx - b.xPx || byId(a, b);
const byY = (a: EdgeBox, b: EdgeBox): number => a.yPx - b.yPx || byId(a, b);
