import { PerspectiveCamera, Vector3 } from "three";
import type { Position } from "../../../src/geo/position.js";
import { type Surface, whereRayMeets } from "../geometry/surface.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { CameraMode, GroundPointerEvent, GroundPointerHandlers } from "../sceneTypes.js";
import type { CameraRig } from "./cameraRig.js";

const DRAG_BEGINS_PX = 4;
const ray = new Vector3();
const screen = new Vector3();

type PointerWorld = {
  readonly element: HTMLElement;
  readonly camera: PerspectiveCamera;
  readonly rig: CameraRig;
  readonly frameNow: () => SceneFrame;
  readonly surfaceNow: () => Surface;
  readonly redraw: () => void;
  readonly onModeChange: (mode: CameraMode) => void;
  readonly onGroundPick: (position: Position) => void;
};

/** Converts pointer events to places on the ground, offers them to the layers, and moves the camera with the rest. */
export class PointerHub {
  readonly #handlers: GroundPointerHandlers[] = [];
  /** Where the pointer is on the scene; undefined when it has left. */
  #pixel: { readonly xPx: number; readonly yPx: number } | undefined;
  #world: PointerWorld | undefined;
  #captor: GroundPointerHandlers | undefined;
  #press:
    | {
        readonly pointerId: number;
        readonly xPx: number;
        readonly yPx: number;
        lastX: number;
        lastY: number;
        isDrag: boolean;
      }
    | undefined;

  add(handlers: GroundPointerHandlers): () => void {
    this.#handlers.unshift(handlers);
    return () => {
      const at = this.#handlers.indexOf(handlers);
      if (at >= 0) this.#handlers.splice(at, 1);
      if (this.#captor === handlers) this.#captor = undefined;
    };
  }

  /** The place under the pointer as the camera stands now, whether either has moved or not. */
  placeNow(): Position | undefined {
    const ground = this.#pixel && this.#groundAt(this.#pixel.xPx, this.#pixel.yPx);
    return ground && this.#world?.frameNow().positionOf(ground.eastM, ground.northM);
  }

  attach(world: PointerWorld): () => void {
    this.#world = world;
    const { element } = world;
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener("pointerdown", (event) => this.#onDown(event), { signal });
    element.addEventListener("pointermove", (event) => this.#onMove(event), { signal });
    element.addEventListener("pointerup", (event) => this.#onUp(event), { signal });
    element.addEventListener("pointercancel", () => this.#cancel(), { signal });
    element.addEventListener("pointerleave", (event) => this.#onLeave(event), { signal });
    element.addEventListener("dblclick", (event) => this.#offer("onDoubleClick", this.#eventOf(event)), { signal });
    element.addEventListener("wheel", (event) => this.#onWheel(event), { signal, passive: false });
    element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    return () => stop.abort();
  }

  /** Where the ray through a pixel meets the ground, in scene metres; undefined above the horizon. */
  #groundAt(xPx: number, yPx: number): { readonly eastM: number; readonly northM: number } | undefined {
    const world = this.#world;
    if (!world) return undefined;
    const { clientWidth, clientHeight } = world.element;
    const { camera } = world;
    ray
      .set((xPx / clientWidth) * 2 - 1, 1 - (yPx / clientHeight) * 2, 0.5)
      .unproject(camera)
      .sub(camera.position);
    return whereRayMeets(world.surfaceNow(), camera.position, ray);
  }

  #eventOf(event: MouseEvent): GroundPointerEvent {
    const xPx = event.offsetX;
    const yPx = event.offsetY;
    const ground = this.#groundAt(xPx, yPx);
    const element = this.#world?.element;
    return {
      position: ground && this.#world?.frameNow().positionOf(ground.eastM, ground.northM),
      xPx,
      yPx,
      button: event.button,
      isShift: event.shiftKey,
      toScreen: (position, heightAmslM) => this.#toScreen(position, heightAmslM),
      setCursor: (cursor) => element?.style.setProperty("cursor", cursor),
    };
  }

  #toScreen(position: Position, heightAmslM: number): { readonly xPx: number; readonly yPx: number } | undefined {
    const world = this.#world;
    if (!world) return undefined;
    const { eastM, northM } = world.frameNow().pointOf(position);
    screen.set(eastM, northM, heightAmslM).project(world.camera);
    if (screen.z > 1) return undefined;
    const { clientWidth, clientHeight } = world.element;
    return { xPx: (screen.x * 0.5 + 0.5) * clientWidth, yPx: (0.5 - screen.y * 0.5) * clientHeight };
  }

  #onDown(event: PointerEvent): void {
    if (this.#press) return;
    this.#world?.element.setPointerCapture(event.pointerId);
    const { offsetX, offsetY } = event;
    this.#press = {
      pointerId: event.pointerId,
      xPx: offsetX,
      yPx: offsetY,
      lastX: offsetX,
      lastY: offsetY,
      isDrag: false,
    };
    const ground = this.#eventOf(event);
    this.#pixel = ground;
    this.#captor = this.#handlers.find((handlers) => handlers.onDown?.(ground) === true);
  }

  #onMove(event: PointerEvent): void {
    const ground = this.#eventOf(event);
    this.#pixel = ground;
    const press = this.#press;
    if (!press) {
      this.#world?.element.style.setProperty("cursor", "");
      for (let i = this.#handlers.length - 1; i >= 0; i--) this.#handlers[i]?.onMove?.(ground, false);
      return;
    }
    if (Math.hypot(ground.xPx - press.xPx, ground.yPx - press.yPx) > DRAG_BEGINS_PX) press.isDrag = true;
    if (this.#captor) this.#captor.onMove?.(ground, true);
    else if (press.isDrag) this.#moveCamera(ground.xPx - press.lastX, ground.yPx - press.lastY, event);
    press.lastX = ground.xPx;
    press.lastY = ground.yPx;
  }

  #onUp(event: PointerEvent): void {
    const press = this.#press;
    if (press?.pointerId !== event.pointerId) return;
    this.#press = undefined;
    const ground = this.#eventOf(event);
    const captor = this.#captor;
    this.#captor = undefined;
    captor?.onUp?.(ground);
    if (press.isDrag || captor || event.button !== 0) return;
    if (!this.#offer("onClick", ground) && ground.position) this.#world?.onGroundPick(ground.position);
  }

  /** A finger that is lifted leaves too: the place it touched stays. */
  #onLeave({ pointerType }: PointerEvent): void {
    if (pointerType === "mouse") this.#pixel = undefined;
  }

  #cancel(): void {
    this.#press = undefined;
    this.#captor = undefined;
  }

  #offer(kind: "onClick" | "onDoubleClick", ground: GroundPointerEvent): boolean {
    return this.#handlers.some((handlers) => handlers[kind]?.(ground) === true);
  }

  /** A left drag rotates in the slanted modes and pans in the top view; a right drag, or Shift, does the other. */
  #moveCamera(dxPx: number, dyPx: number, event: PointerEvent): void {
    const world = this.#world;
    if (!world) return;
    const { rig } = world;
    const isPan = rig.mode === "top" || event.shiftKey || (event.buttons & 2) !== 0;
    if (isPan) {
      if (rig.mode === "follow") world.onModeChange("free");
      const metresPerPx =
        (2 * rig.view.rangeM * Math.tan((world.camera.fov * Math.PI) / 360)) / world.element.clientHeight;
      rig.pan(dxPx, dyPx, metresPerPx);
    } else rig.turn(dxPx, dyPx);
    world.redraw();
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    const world = this.#world;
    if (!world) return;
    world.rig.zoom(
      Math.exp(Math.max(-200, Math.min(200, event.deltaY)) * 0.0015),
      this.#groundAt(event.offsetX, event.offsetY),
    );
    world.redraw();
  }
}
