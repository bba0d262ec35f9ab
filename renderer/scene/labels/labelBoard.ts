import type { PerspectiveCamera } from "three";
import { Vector3 } from "three";
import { LabelRoom } from "./labelRoom.js";
import { isInside, type LabelBox, type Viewport, placeLabels } from "./placeLabels.js";

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
  /** A number on the mark itself, which stays where there is no room for the words. */
  badge = "";
  /** From the middle of its mark to the rim: labels of less importance stay off it. */
  halfPx = 7;
  /** Written by the board: whether the last frame had room for it. True until then, so that its mark comes with it. */
  isPlaced = true;
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

/** An element over the scene. What was written to it is kept: reading it back from the page would be slower. */
type Shown = { readonly element: HTMLDivElement; text: string; isVisible: boolean };

type Entry = {
  readonly label: SceneLabel;
  readonly box: LabelBox;
  readonly words: Shown;
  /** The number on the mark; there only once there was one. */
  badge: Shown | undefined;
  /** Whether its point is in the part of the picture that is free of panels, in this frame. */
  isInView: boolean;
  shownTone: string;
};

// More labels than this cannot be read; the least important keep their markers and get a label on zooming in.
const MAX_SHOWN = 48;
/** A number of three figures; it stands in the middle of that. */
const BADGE_PX = { width: 32, height: 16 };
const scratch = new Vector3();

/**
 * Draws labels as DOM elements over the canvas: sharp text without a texture per label. Writes only changes to the DOM.
 */
export class LabelBoard {
  readonly #entries = new Map<SceneLabel, Entry>();
  readonly #order: LabelBox[] = [];
  readonly #room = new LabelRoom();
  readonly #reserved: number[] = [];
  /** Something moved, came or went since the labels were placed. */
  #isOther = true;
  #viewport: Viewport | undefined;
  #host: HTMLElement | undefined;
  #leaders: SVGPathElement | undefined;
  #leaderPath = "";

  attach(host: HTMLElement, leaders: SVGPathElement): () => void {
    this.#host = host;
    this.#leaders = leaders;
    this.#isOther = true;
    for (const { words, badge } of this.#entries.values())
      host.append(words.element, ...(badge ? [badge.element] : []));
    return () => {
      this.#host = undefined;
      this.#leaders = undefined;
    };
  }

  add(label: SceneLabel): () => void {
    const words = createShown("scene-label");
    const box: LabelBox = {
      ...{ id: label.id, priority: 0, isQuiet: label.isQuiet, halfPx: label.halfPx },
      ...{ anchorXPx: 0, anchorYPx: 0, widthPx: 0, heightPx: 0 },
      ...{ slot: -1, xPx: 0, yPx: 0 },
    };
    const entry: Entry = { label, box, words, badge: undefined, isInView: false, shownTone: "" };
    this.#entries.set(label, entry);
    this.#host?.append(words.element);
    this.#isOther = true;
    return () => {
      words.element.remove();
      entry.badge?.element.remove();
      this.#entries.delete(label);
      this.#isOther = true;
    };
  }

  /** Areas that labels keep off (left, top, right, bottom), from the next frame on. */
  reserve(areas: readonly number[]): void {
    let isSame = areas.length === this.#reserved.length;
    for (let i = 0; isSame && i < areas.length; i++) isSame = areas[i] === this.#reserved[i];
    if (isSame) return;
    this.#isOther = true;
    this.#reserved.length = 0;
    for (const edgePx of areas) this.#reserved.push(edgePx);
  }

  /** Once a frame, after the camera moved. Nothing is placed or written anew where all is as in the frame before. */
  draw(camera: PerspectiveCamera, viewport: Viewport, widthPx: number, heightPx: number): void {
    this.#isOther ||= viewport !== this.#viewport;
    this.#viewport = viewport;
    this.#order.length = 0;
    for (const entry of this.#entries.values()) {
      project(entry, camera, widthPx, heightPx);
      this.#refresh(entry, viewport);
    }
    if (!this.#isOther) return;
    this.#isOther = false;
    for (const entry of this.#entries.values()) if (entry.isInView) measure(entry);
    this.#room.clear();
    for (const edgePx of this.#reserved) this.#room.taken.push(edgePx);
    placeLabels(this.#order, viewport, this.#room, MAX_SHOWN);
    this.#write();
  }

  #refresh(entry: Entry, viewport: Viewport): void {
    const { label, box, words } = entry;
    const isInView = label.isShown && label.text !== "" && isSeen(scratch, viewport);
    this.#isOther ||= isInView !== entry.isInView;
    entry.isInView = isInView;
    if (!isInView) return;
    this.#put(box, "anchorXPx", scratch.x);
    this.#put(box, "anchorYPx", scratch.y);
    this.#put(box, "priority", label.priority);
    this.#put(box, "halfPx", label.halfPx);
    box.isQuiet = label.isQuiet;
    this.#order.push(box);
    if (entry.shownTone !== label.tone) words.element.dataset["tone"] = label.tone;
    entry.shownTone = label.tone;
    if (words.text !== label.text) box.widthPx = 0;
    write(words, label.text);
    this.#isOther ||= box.widthPx === 0 || label.badge !== (entry.badge?.text ?? "");
  }

  #put(box: LabelBox, what: "anchorXPx" | "anchorYPx" | "priority" | "halfPx", value: number): void {
    this.#isOther ||= box[what] !== value;
    box[what] = value;
  }

  #write(): void {
    let path = "";
    for (const entry of this.#entries.values()) {
      const { box, words, label } = entry;
      const isShown = entry.isInView && box.slot >= 0;
      label.isPlaced = isShown;
      show(words, isShown);
      this.#writeBadge(entry);
      if (!isShown) continue;
      moveTo(words, box.xPx, box.yPx);
      if (!box.isQuiet) path += leader(box);
    }
    if (path !== this.#leaderPath) this.#leaders?.setAttribute("d", path);
    this.#leaderPath = path;
  }

  #writeBadge(entry: Entry): void {
    const { label, box } = entry;
    if (label.badge !== "" && !entry.badge) {
      entry.badge = createShown("scene-badge");
      this.#host?.append(entry.badge.element);
    }
    const { badge } = entry;
    if (!badge) return;
    show(badge, entry.isInView && label.badge !== "");
    write(badge, label.badge);
    moveTo(badge, Math.round(box.anchorXPx - BADGE_PX.width / 2), Math.round(box.anchorYPx - BADGE_PX.height / 2));
  }
}

/** Leaves its place on the screen in `scratch`, with `z` from -1 to 1 in front of the camera. */
function project({ label }: Entry, camera: PerspectiveCamera, widthPx: number, heightPx: number): void {
  scratch.set(label.eastM, label.northM, label.upM).project(camera);
  scratch.x = (scratch.x * 0.5 + 0.5) * widthPx;
  scratch.y = (0.5 - scratch.y * 0.5) * heightPx;
}

const isSeen = ({ x, y, z }: Vector3, viewport: Viewport): boolean => z <= 1 && z >= -1 && isInside(x, y, viewport);

/** Only where the text changed, and after all texts are written: reading a size forces a layout. */
function measure({ box, words }: Entry): void {
  if (box.widthPx > 0) return;
  box.widthPx = words.element.offsetWidth;
  box.heightPx = words.element.offsetHeight;
}

function createShown(className: string): Shown {
  const element = document.createElement("div");
  element.className = className;
  element.style.visibility = "hidden";
  return { element, text: "", isVisible: false };
}

function show(shown: Shown, isVisible: boolean): void {
  if (shown.isVisible !== isVisible) shown.element.style.visibility = isVisible ? "visible" : "hidden";
  shown.isVisible = isVisible;
}

function write(shown: Shown, text: string): void {
  if (shown.text !== text) shown.element.textContent = text;
  shown.text = text;
}

function moveTo({ element }: Shown, xPx: number, yPx: number): void {
  element.style.transform = `translate(${xPx}px, ${yPx}px)`;
}

/** The leader line, from the labelled point to the nearest point of its label. */
function leader({ anchorXPx, anchorYPx, xPx, yPx, widthPx, heightPx }: LabelBox): string {
  const toX = Math.min(xPx + widthPx, Math.max(xPx, anchorXPx));
  const toY = Math.min(yPx + heightPx, Math.max(yPx, anchorYPx));
  return `M${anchorXPx.toFixed(1)} ${anchorYPx.toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}`;
}
