import { CanvasTexture, LinearFilter, LinearMipmapLinearFilter, NoColorSpace, Vector3 } from "three";
import type { CameraRig } from "../camera/cameraRig.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { GroundUniforms } from "../shaders/groundUniforms.js";
import { isSheetPlace, type SheetPlace, sheetPlaceFor } from "./mapSheet.js";
import { type PaintedTiles, paintSheet, sheetTiles } from "./sheetPainter.js";
import type { TileCanvas } from "./tilePicture.js";
import type { TilePictures } from "./tilePictures.js";

/** Half widths in parts of the camera's range: the fine sheet is about as fine as the screen. */
const REACH = { near: 1, far: 8 };

type SheetQuality = {
  readonly sizePx: number;
  /** Tiles that arrive are painted together, at most so often. */
  readonly repaintMs: number;
  /** Smooth when seen at a slant; costs a third more memory and time. */
  readonly hasMipmaps: boolean;
};
const FULL: SheetQuality = { sizePx: 2048, repaintMs: 200, hasMipmaps: true };
const CALM: SheetQuality = { sizePx: 1024, repaintMs: 700, hasMipmaps: false };
export const sheetQuality = (isCalm: boolean): SheetQuality => (isCalm ? CALM : FULL);

type Target = CameraRig["goal"];

type Sheet = {
  readonly reach: number;
  readonly canvas: HTMLCanvasElement;
  readonly texture: CanvasTexture;
  readonly at: Vector3;
  readonly painted: PaintedTiles;
  place: SheetPlace | undefined;
  isStale: boolean;
};

/** The two pictures of a map that the ground's shaders show. */
export class GroundSheets {
  readonly #uniforms: GroundUniforms;
  readonly #frame: SceneFrame;
  readonly #quality: SheetQuality;
  readonly #near: Sheet;
  readonly #far: Sheet;
  #paintedMs = Number.NEGATIVE_INFINITY;

  constructor(uniforms: GroundUniforms, frame: SceneFrame, quality: SheetQuality) {
    this.#uniforms = uniforms;
    this.#frame = frame;
    this.#quality = quality;
    this.#near = newSheet(REACH.near, quality);
    this.#far = newSheet(REACH.far, quality);
    uniforms.uMapNear.value = this.#near.texture;
    uniforms.uMapNearAt.value = this.#near.at;
    uniforms.uMapFar.value = this.#far.texture;
    uniforms.uMapFarAt.value = this.#far.at;
  }

  /** More tiles are there than were painted. */
  tilesArrived(): void {
    this.#near.isStale = true;
    this.#far.isStale = true;
  }

  /** Follows the camera and paints what has changed. Returns after how many milliseconds it wants to be called again, if at all. */
  update(target: Target, layers: readonly TilePictures[], nowMs: number): number | undefined {
    const isFarMoved = hasMoved(this.#far, target);
    const isMoved = hasMoved(this.#near, target) || isFarMoved;
    if (isMoved) for (const layer of layers) layer.want(this.#tiles(layer));
    const restMs = this.#paintedMs + this.#quality.repaintMs - nowMs;
    const isStale = this.#near.isStale || this.#far.isStale;
    if (!isMoved && isStale && restMs > 0) return restMs;
    if (!isStale) return undefined;
    for (const sheet of [this.#far, this.#near]) if (sheet.isStale) this.#paint(sheet, layers);
    this.#paintedMs = nowMs;
    return undefined;
  }

  dispose(): void {
    for (const { texture } of [this.#near, this.#far]) texture.dispose();
    // Those of another map, or of a new origin, may be shown already.
    const { uMapNearAt, uMapFarAt } = this.#uniforms;
    if (uMapNearAt.value === this.#near.at) uMapNearAt.value = new Vector3();
    if (uMapFarAt.value === this.#far.at) uMapFarAt.value = new Vector3();
  }

  #tiles(pictures: TilePictures) {
    const { sizePx } = this.#quality;
    const tilesOf = ({ place }: Sheet) => (place ? sheetTiles({ place, sizePx }, this.#frame, pictures) : []);
    // The coarse ones are few, and cover everything at once.
    return [...tilesOf(this.#far), ...tilesOf(this.#near)];
  }

  #paint(sheet: Sheet, layers: readonly TilePictures[]): void {
    const context = sheet.canvas.getContext("2d");
    if (!sheet.place || !context) return;
    const canvas: TileCanvas = context;
    const { place, painted } = sheet;
    paintSheet(canvas, { place, painted, sizePx: this.#quality.sizePx }, this.#frame, layers);
    sheet.at.set(sheet.place.eastM, sheet.place.northM, sheet.place.halfWidthM);
    sheet.texture.needsUpdate = true;
    sheet.isStale = false;
  }
}

function newSheet(reach: number, { sizePx, hasMipmaps }: SheetQuality): Sheet {
  const canvas = document.createElement("canvas");
  canvas.width = sizePx;
  canvas.height = sizePx;
  const texture = new CanvasTexture(canvas);
  // The shaders write colours as they are on the screen.
  texture.colorSpace = NoColorSpace;
  texture.premultiplyAlpha = true;
  texture.generateMipmaps = hasMipmaps;
  texture.magFilter = LinearFilter;
  texture.minFilter = hasMipmaps ? LinearMipmapLinearFilter : LinearFilter;
  texture.anisotropy = hasMipmaps ? 4 : 1;
  return { reach, canvas, texture, at: new Vector3(), painted: new Map(), place: undefined, isStale: true };
}

function hasMoved(sheet: Sheet, target: Target): boolean {
  if (sheet.place && isSheetPlace(sheet.place, target, sheet.reach)) return false;
  sheet.place = sheetPlaceFor(target, sheet.reach);
  sheet.painted.clear();
  sheet.isStale = true;
  return true;
}
