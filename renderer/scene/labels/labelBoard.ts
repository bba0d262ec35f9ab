import type { PerspectiveCamera } from "three";
import { Vector3 } from "three";
import { type LabelBox, type Viewport, placeLabels } from "./placeLabels.js";

type LabelTone = "aircraft" | "person" | "boat" | "vehicle" | "unknown" | "place" | "name" | "line" | "selected";

/** A text label at a point of the scene. Its owner changes the fields when data comes; the board draws it. */
export class SceneLabel {
  eastM = 0;
  northM = 0;
  upM = 0;
  text = "";
  tone: LabelTone = "place";
  priority = 0;
  isShown = true;
  /** Names on the map: they give way to every label that is not quiet. */
  isQuiet = false;
  /** Written by the board: whether the last frame had room for it. True until then, so that its mark comes with it. */
  isPlaced = true;
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

type Entry = {
  readonly label: SceneLabel;
  readonly box: LabelBox;
  readonly element: HTMLDivElement;
  shownText: string;
  shownTone: string;
};

// More labels than this cannot be read; the least important keep their markers and get a label on zooming in.
const MAX_SHOWN = 48;
const scratch = new Vector3();

/**
 * Draws labels as DOM elements over the canvas: sharp text without a texture per label. Writes only changes to the DOM.
 */
export class LabelBoard {
  readonly #entries = new Map<SceneLabel, Entry>();
  readonly #order: LabelBox[] = [];
  readonly #occupied: number[] = [];
  #host: HTMLElement | undefined;
  #leaders: SVGPathElement | undefined;
  #leaderPath = "";

  attach(host: HTMLElement, leaders: SVGPathElement): () => void {
    this.#host = host;
    this.#leaders = leaders;
    for (const { element } of this.#entries.values()) host.append(element);
    return () => {
      this.#host = undefined;
      this.#leaders = undefined;
    };
  }

  add(label: SceneLabel): () => void {
    const element = document.createElement("div");
    element.className = "scene-label";
    element.style.visibility = "hidden";
    const box: LabelBox = {
      id: label.id,
      anchorXPx: 0,
      anchorYPx: 0,
      widthPx: 0,
      heightPx: 0,
      priority: 0,
      isQuiet: label.isQuiet,
      slot: -1,
      xPx: 0,
      yPx: 0,
    };
    this.#entries.set(label, { label, box, element, shownText: "", shownTone: "" });
    this.#host?.append(element);
    return () => {
      element.remove();
      this.#entries.delete(label);
    };
  }

  /** Once a frame, after the camera moved. */
  draw(camera: PerspectiveCamera, viewport: Viewport, widthPx: number, heightPx: number): void {
    this.#order.length = 0;
    for (const entry of this.#entries.values()) this.#project(entry, camera, widthPx, heightPx);
    this.#occupied.length = 0;
    placeLabels(this.#order, viewport, this.#occupied, MAX_SHOWN);
    let path = "";
    for (const entry of this.#entries.values()) {
      const { box, element } = entry;
      const isShown = this.#order.includes(box) && box.slot >= 0;
      element.style.visibility = isShown ? "visible" : "hidden";
      entry.label.isPlaced = isShown;
      if (!isShown) continue;
      element.style.transform = `translate(${box.xPx}px, ${box.yPx}px)`;
      if (!box.isQuiet) path += leader(box);
    }
    if (path !== this.#leaderPath) this.#leaders?.setAttribute("d", path);
    this.#leaderPath = path;
  }

  #project(entry: Entry, camera: PerspectiveCamera, widthPx: number, heightPx: number): void {
    const { label, box } = entry;
    if (!label.isShown || label.text === "") return;
    scratch.set(label.eastM, label.northM, label.upM).project(camera);
    if (scratch.z > 1 || scratch.z < -1) return;
    this.#refreshText(entry);
    box.anchorXPx = (scratch.x * 0.5 + 0.5) * widthPx;
    box.anchorYPx = (0.5 - scratch.y * 0.5) * heightPx;
    box.priority = label.priority;
    box.isQuiet = label.isQuiet;
    this.#order.push(box);
  }

  #refreshText(entry: Entry): void {
    const { label, element, box } = entry;
    if (entry.shownTone !== label.tone) {
      element.dataset["tone"] = label.tone;
      entry.shownTone = label.tone;
    }
    if (entry.shownText === label.text && box.widthPx > 0) return;
    element.textContent = label.text;
    entry.shownText = label.text;
    // Measured only when the text changes, because reading a size forces a layout.
    box.widthPx = element.offsetWidth;
    box.heightPx = element.offsetHeight;
  }
}

/** The leader line, from the labelled point to the nearest point of its label. */
function leader({ anchorXPx, anchorYPx, xPx, yPx, widthPx, heightPx }: LabelBox): string {
  const toX = Math.min(xPx + widthPx, Math.max(xPx, anchorXPx));
  const toY = Math.min(yPx + heightPx, Math.max(yPx, anchorYPx));
  return `M${anchorXPx.toFixed(1)} ${anchorYPx.toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}`;
}
