import { type PerspectiveCamera, Vector3 } from "three";
import { isInside, type Viewport } from "../labels/placeLabels.js";
import { type EdgeBox, type EdgeCorner, NO_CORNER, placeAtEdge } from "./edgePlaces.js";

/** Something that is shown at the edge of the picture while it is out of it. Its owner changes the fields; the board draws it. */
export class EdgeMark {
  eastM = 0;
  northM = 0;
  upM = 0;
  /** "DRAGON-1 1.2 km" */
  text = "";
  /** What a press does, in words. */
  title = "";
  /** Over ground, from the middle of the picture. */
  wayM = 0;
  isOld = false;
  readonly id: string;
  readonly onPress: () => void;
  constructor(id: string, onPress: () => void) {
    this.id = id;
    this.onPress = onPress;
  }
}

type Entry = {
  readonly mark: EdgeMark;
  readonly box: EdgeBox;
  readonly element: HTMLButtonElement;
  readonly arrow: SVGElement;
  readonly words: HTMLSpanElement;
  /** As written to the page: reading it back would be slower. */
  readonly written: { text: string; isShown: boolean; isOld: boolean; xPx: number; yPx: number; turnRad: number };
};

const SVG = "http://www.w3.org/2000/svg";
const eyeSpace = new Vector3();
const onScreen = new Vector3();

/** Buttons at the edge of the picture, each with an arrow, for what is out of it. Writes only changes to the page. */
export class EdgeBoard {
  /** Left, top, right, bottom of each button that is shown: labels keep off. */
  readonly taken: number[] = [];
  /** The part of the lower left corner that neither buttons nor labels have. */
  corner: EdgeCorner = NO_CORNER;
  readonly #entries = new Map<EdgeMark, Entry>();
  readonly #out: EdgeBox[] = [];
  readonly #scratch: EdgeBox[] = [];
  #host: HTMLElement | undefined;

  attach(host: HTMLElement): () => void {
    this.#host = host;
    for (const { element } of this.#entries.values()) host.append(element);
    return () => {
      this.#host = undefined;
    };
  }

  add(mark: EdgeMark): () => void {
    const entry = createEntry(mark);
    this.#entries.set(mark, entry);
    this.#host?.append(entry.element);
    return () => {
      entry.element.remove();
      this.#entries.delete(mark);
    };
  }

  /** Once a frame, after the camera moved. */
  draw(camera: PerspectiveCamera, viewport: Viewport, widthPx: number, heightPx: number): void {
    this.#out.length = 0;
    for (const entry of this.#entries.values()) {
      entry.box.hasRoom = false;
      if (isOut(entry, camera, viewport, { widthPx, heightPx })) this.#out.push(entry.box);
    }
    this.#place(viewport);
    // How many are hidden is part of the words, and makes them wider.
    if (this.#write()) {
      this.#place(viewport);
      this.#write();
    }
    this.taken.length = 0;
    const { width, height } = this.corner;
    const { leftPx, bottomPx } = viewport;
    if (width > 0) this.taken.push(leftPx, bottomPx - height, leftPx + width, bottomPx);
    for (const { xPx, yPx, widthPx: wide, heightPx: high, hasRoom } of this.#out)
      if (hasRoom) this.taken.push(xPx, yPx, xPx + wide, yPx + high);
  }

  #place(viewport: Viewport): void {
    placeAtEdge(this.#out, viewport, this.corner, this.#scratch);
  }

  /** True when a text is another than before. */
  #write(): boolean {
    let isOther = false;
    for (const entry of this.#entries.values()) {
      const { box, element, written } = entry;
      if (written.isShown !== box.hasRoom) element.style.visibility = box.hasRoom ? "visible" : "hidden";
      written.isShown = box.hasRoom;
      if (box.hasRoom && writeWords(entry)) isOther = true;
      if (box.hasRoom) writePlace(entry);
    }
    return isOther;
  }
}

function writeWords({ mark, box, element, words, written }: Entry): boolean {
  if (written.isOld !== mark.isOld) element.dataset["old"] = String(mark.isOld);
  written.isOld = mark.isOld;
  const text = box.countOfHidden > 0 ? `${mark.text} +${box.countOfHidden}` : mark.text;
  if (text === written.text) return false;
  words.textContent = text;
  element.title = mark.title;
  written.text = text;
  box.widthPx = element.offsetWidth;
  box.heightPx = element.offsetHeight;
  return true;
}

function writePlace({ box, element, arrow, written }: Entry): void {
  if (written.xPx !== box.xPx || written.yPx !== box.yPx)
    element.style.transform = `translate(${box.xPx}px, ${box.yPx}px)`;
  if (written.turnRad !== box.turnRad) arrow.style.transform = `rotate(${box.turnRad.toFixed(2)}rad)`;
  written.xPx = box.xPx;
  written.yPx = box.yPx;
  written.turnRad = box.turnRad;
}

function createEntry(mark: EdgeMark): Entry {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "scene-edge";
  element.dataset["testid"] = `edge-${mark.id}`;
  element.style.visibility = "hidden";
  element.addEventListener("click", (event) => {
    // After a click by pointer the space bar must not press it again: it pauses the aircraft.
    if (event.detail > 0) element.blur();
    mark.onPress();
  });
  const arrow = document.createElementNS(SVG, "svg");
  arrow.setAttribute("viewBox", "-8 -8 16 16");
  arrow.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M0 -7L5.5 5L0 2.2L-5.5 5Z");
  arrow.append(path);
  const words = document.createElement("span");
  element.append(arrow, words);
  const box: EdgeBox = {
    ...{ id: mark.id, rightward: 0, upward: 0, widthPx: 0, heightPx: 0, wayM: 0 },
    ...{ xPx: 0, yPx: 0, turnRad: 0, hasRoom: false, countOfHidden: 0, side: "left" },
  };
  const written = { text: "", isShown: false, isOld: false, xPx: Number.NaN, yPx: Number.NaN, turnRad: Number.NaN };
  return { mark, box, element, arrow, words, written };
}

type Size = { readonly widthPx: number; readonly heightPx: number };

/** Whether it is out of the part of the picture that is free of panels; its direction is then in its box. */
function isOut({ mark, box }: Entry, camera: PerspectiveCamera, viewport: Viewport, size: Size): boolean {
  if (mark.text === "") return false;
  eyeSpace.set(mark.eastM, mark.northM, mark.upM).applyMatrix4(camera.matrixWorldInverse);
  onScreen.copy(eyeSpace).applyMatrix4(camera.projectionMatrix);
  const xPx = (onScreen.x * 0.5 + 0.5) * size.widthPx;
  const yPx = (0.5 - onScreen.y * 0.5) * size.heightPx;
  const isAhead = eyeSpace.z < 0;
  if (isAhead && isInside(xPx, yPx, viewport)) return false;
  // Ahead, from the middle of the free picture to where it would be drawn; behind, the way that one would turn.
  box.rightward = isAhead ? xPx - (viewport.leftPx + viewport.rightPx) / 2 : eyeSpace.x;
  box.upward = isAhead ? (viewport.topPx + viewport.bottomPx) / 2 - yPx : eyeSpace.y;
  box.wayM = mark.wayM;
  return true;
}
