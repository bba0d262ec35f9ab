import { RAD_PER_DEG } from "../../../src/geo/angles.js";
import type { ScenePalette } from "../scenePalette.js";
import { miniPixel, type MiniPoint, type MiniView } from "./miniView.js";

/** The parts of a canvas that the small map is drawn with. */
export type MiniCanvas = Pick<
  CanvasRenderingContext2D,
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "closePath"
  | "arc"
  | "fill"
  | "stroke"
  | "fillRect"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "globalAlpha"
>;

export type MiniAircraft = MiniPoint & {
  readonly headingDeg: number;
  readonly isTarget: boolean;
  readonly isOld: boolean;
};

type MiniScene = {
  readonly view: MiniView;
  /** Rings of land; what lies within an even number of them is water. */
  readonly land: readonly (readonly MiniPoint[])[];
  readonly seen: readonly MiniPoint[];
  readonly aircraft: readonly MiniAircraft[];
  readonly home: MiniPoint | undefined;
  readonly palette: ScenePalette;
};

/** Headings are told apart by this much. */
const HEADING_STEP_DEG = 5;

/**
 * What a person can tell apart, to half a pixel: painted anew only when this is another. An aircraft moves thirty times a second, but
 * seldom by a pixel here, and the whole coast is painted each time.
 */
export function miniKey({ view, seen, aircraft, home }: Omit<MiniScene, "land" | "palette">): string {
  const halves = (point: MiniPoint): string => {
    const { xPx, yPx } = miniPixel(view, point);
    return `${Math.round(xPx * 2)} ${Math.round(yPx * 2)}`;
  };
  const marks = aircraft.map(
    (one) => `${halves(one)} ${Math.round(one.headingDeg / HEADING_STEP_DEG)} ${one.isTarget} ${one.isOld}`,
  );
  const { middleEastM, middleNorthM, metresPerPx } = view;
  return [middleEastM, middleNorthM, metresPerPx, ...seen.map(halves), home && halves(home), ...marks].join(",");
}

const OLD = "#7d8894";
const HOME_PX = 4.5;
/** Nose, and the two ends of the tail: ahead and to the right. */
const ARROW_PX = [
  [6, 0],
  [-4, 4],
  [-4, -4],
] as const;

/** Coast, what the camera sees, home and the aircraft, the target last. */
export function paintMiniMap(canvas: MiniCanvas, scene: MiniScene): void {
  const { view, land, seen, aircraft, home, palette } = scene;
  canvas.globalAlpha = 1;
  canvas.fillStyle = palette.sea;
  canvas.fillRect(0, 0, view.widthPx, view.heightPx);
  canvas.beginPath();
  for (const ring of land) trace(canvas, view, ring);
  canvas.fillStyle = palette.land;
  canvas.fill("evenodd");
  canvas.strokeStyle = palette.foam;
  canvas.lineWidth = 1;
  canvas.stroke();
  paintSeen(canvas, view, seen, palette.select);
  if (home) paintHome(canvas, view, home, palette.home);
  for (const one of aircraft) if (!one.isTarget) paintAircraft(canvas, view, one, palette.aircraft);
  for (const one of aircraft) if (one.isTarget) paintAircraft(canvas, view, one, palette.select);
}

function trace(canvas: MiniCanvas, view: MiniView, ring: readonly MiniPoint[]): void {
  ring.forEach((point, i) => {
    const { xPx, yPx } = miniPixel(view, point);
    if (i === 0) canvas.moveTo(xPx, yPx);
    else canvas.lineTo(xPx, yPx);
  });
  canvas.closePath();
}

function paintSeen(canvas: MiniCanvas, view: MiniView, seen: readonly MiniPoint[], colour: string): void {
  canvas.beginPath();
  trace(canvas, view, seen);
  canvas.fillStyle = colour;
  canvas.globalAlpha = 0.2;
  canvas.fill();
  canvas.globalAlpha = 1;
  canvas.strokeStyle = colour;
  canvas.stroke();
}

function paintHome(canvas: MiniCanvas, view: MiniView, home: MiniPoint, colour: string): void {
  const { xPx, yPx } = miniPixel(view, home);
  canvas.beginPath();
  canvas.arc(xPx, yPx, HOME_PX, 0, 2 * Math.PI);
  canvas.strokeStyle = colour;
  canvas.lineWidth = 2;
  canvas.stroke();
  canvas.lineWidth = 1;
}

function paintAircraft(canvas: MiniCanvas, view: MiniView, one: MiniAircraft, colour: string): void {
  const { xPx, yPx } = miniPixel(view, one);
  const [sin, cos] = [Math.sin(one.headingDeg * RAD_PER_DEG), Math.cos(one.headingDeg * RAD_PER_DEG)];
  canvas.beginPath();
  ARROW_PX.forEach(([ahead, right], i) => {
    const [x, y] = [xPx + ahead * sin + right * cos, yPx - ahead * cos + right * sin];
    if (i === 0) canvas.moveTo(x, y);
    else canvas.lineTo(x, y);
  });
  canvas.closePath();
  canvas.fillStyle = one.isOld ? OLD : colour;
  canvas.fill();
  canvas.strokeStyle = "#05080b";
  canvas.stroke();
}
