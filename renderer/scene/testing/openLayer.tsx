import { advance, createRoot, extend } from "@react-three/fiber";
import { act, Profiler, type ReactNode } from "react";
import * as THREE from "three";
import { afterEach } from "vitest";
import type { Position } from "../../../src/geo/position.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aStation } from "../../bridge/testing/builders.js";
import { Latest } from "../../bridge/latest.js";
import { NO_NAMES } from "../map/mapNames.js";
import { CameraRig } from "../camera/cameraRig.js";
import { PointerHub } from "../camera/pointerHub.js";
import { EdgeBoard } from "../edge/edgeBoard.js";
import type { FoundPlace, Visit } from "../find/finder.js";
import { LabelBoard, type SceneLabel } from "../labels/labelBoard.js";
import { SEA_LEVEL } from "../geometry/surface.js";
import { qualityFor } from "../quality.js";
import { SceneContext, type SceneTools } from "../SceneContext.js";
import { sceneFrameAt } from "../sceneFrame.js";
import { paletteFor } from "../scenePalette.js";
import type { GroundPointerEvent, GroundPointerHandlers } from "../sceneTypes.js";
import { createGroundUniforms } from "../shaders/groundUniforms.js";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
// What <Canvas> does by itself.
extend(THREE as never);

/** A renderer that draws nothing: frames run, the GPU is not there. */
const noGpu = (canvas: HTMLCanvasElement) =>
  ({
    domElement: canvas,
    render: () => undefined,
    setSize: () => undefined,
    setPixelRatio: () => undefined,
    dispose: () => undefined,
    shadowMap: {},
    xr: { addEventListener: () => undefined, removeEventListener: () => undefined },
    info: { render: {} },
  }) as never;

/** Where the tests' scenes have their origin. */
export const ORIGIN: Position = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
export const frame = sceneFrameAt(ORIGIN);
/** The place that many metres east and north of the origin. */
export const at = (eastM: number, northM: number): Position => frame.positionOf(eastM, northM);
const HEIGHT_PX = 720;

/** Keeps what layers add, beside drawing it. */
class KnownLabels extends LabelBoard {
  readonly known = new Set<SceneLabel>();
  override add(label: SceneLabel): () => void {
    const remove = super.add(label);
    this.known.add(label);
    return () => {
      this.known.delete(label);
      remove();
    };
  }
}

class KnownPointer extends PointerHub {
  readonly known = new Set<GroundPointerHandlers>();
  override add(handlers: GroundPointerHandlers): () => void {
    const remove = super.add(handlers);
    this.known.add(handlers);
    return () => {
      this.known.delete(handlers);
      remove();
    };
  }
}

export type OpenLayer = {
  readonly scene: THREE.Scene;
  readonly camera: THREE.PerspectiveCamera;
  readonly tools: SceneTools;
  /** Draws one frame, at that time of the scene's clock. */
  readonly draw: (atS: number) => void;
  readonly labels: () => readonly SceneLabel[];
  readonly handlers: () => readonly GroundPointerHandlers[];
  /** Where the camera was sent to. */
  readonly visits: readonly Visit[];
  readonly countOfRenders: () => number;
  readonly rerender: (layer: ReactNode) => Promise<void>;
  readonly unmount: () => Promise<void>;
};

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const unmount of opened.splice(0)) await unmount();
});

/** Mounts a layer in a scene seen from 500 m above its origin, north up. It is unmounted after the test. */
export async function openLayer(layer: ReactNode, surface = SEA_LEVEL): Promise<OpenLayer> {
  const labels = new KnownLabels();
  const pointer = new KnownPointer();
  const visits: Visit[] = [];
  const tools = {
    frame,
    palette: paletteFor("night"),
    ground: createGroundUniforms(true),
    surface,
    quality: qualityFor("llvmpipe"),
    rig: new CameraRig("follow"),
    labels,
    edges: new EdgeBoard(),
    pointer,
    mapNames: new Latest(NO_NAMES),
    found: new Latest<FoundPlace | undefined>(undefined),
    visit: (visit: Visit) => void visits.push(visit),
  };
  const canvas = document.createElement("canvas");
  const root = createRoot(canvas);
  await root.configure({
    gl: noGpu(canvas),
    frameloop: "never",
    size: { width: 1280, height: HEIGHT_PX, top: 0, left: 0 },
    camera: new THREE.PerspectiveCamera(50, 1280 / HEIGHT_PX, 1, 5000),
  });
  let countOfRenders = 0;
  const { stores } = aStation();
  const render = (shown: ReactNode) =>
    root.render(
      <Profiler id="layer" onRender={() => countOfRenders++}>
        <StoresProvider stores={stores}>
          <SceneContext value={tools}>{shown}</SceneContext>
        </StoresProvider>
      </Profiler>,
    );
  let store: ReturnType<typeof render> | undefined;
  const rerender = async (shown: ReactNode): Promise<void> => {
    await act(async () => {
      store = render(shown);
      await Promise.resolve();
    });
  };
  await rerender(layer);
  if (!store) throw new Error("nothing was rendered");
  const state = store.getState();
  const { camera } = state;
  if (!(camera instanceof THREE.PerspectiveCamera)) throw new Error("the camera is the one that was given");
  camera.position.set(0, 0, 500);
  camera.up.set(0, 1, 0);
  camera.lookAt(0, 0, 0);
  camera.updateMatrixWorld();
  let isOpen = true;
  const unmount = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await act(async () => {
      root.unmount();
      await Promise.resolve();
    });
  };
  opened.push(unmount);
  return {
    scene: state.scene,
    camera,
    tools,
    draw: (atS) => {
      advance(atS, true, state);
    },
    labels: () => [...labels.known],
    handlers: () => [...pointer.known],
    visits,
    countOfRenders: () => countOfRenders,
    rerender,
    unmount,
  };
}

/** Changes a stream that a layer reads, and lets React follow. */
export const change = async (set: () => void): Promise<void> => {
  await act(async () => {
    set();
    await Promise.resolve();
  });
};

/** The pointer at that pixel of a screen on which one pixel is one metre and the origin is at (640, 360). */
export function pointerAt(
  xPx: number,
  yPx: number,
  setCursor: (cursor: string) => void = () => undefined,
): GroundPointerEvent {
  const [halfWidthPx, halfHeightPx] = [640, 360];
  return {
    position: at(xPx - halfWidthPx, halfHeightPx - yPx),
    xPx,
    yPx,
    button: 0,
    isShift: false,
    toScreen: (position) => {
      const { eastM, northM } = frame.pointOf(position);
      return { xPx: halfWidthPx + eastM, yPx: halfHeightPx - northM };
    },
    setCursor,
  };
}

const isMesh = (object: THREE.Object3D | undefined): object is THREE.Mesh => object instanceof THREE.Mesh;
const isInstanced = (object: THREE.Object3D | undefined): object is THREE.InstancedMesh =>
  object instanceof THREE.InstancedMesh;

export function meshNamed(scene: THREE.Object3D, name: string): THREE.Mesh {
  const found = scene.getObjectByName(name);
  if (isMesh(found)) return found;
  throw new Error(`no mesh ${name}`);
}

export function instancesNamed(scene: THREE.Object3D, name: string): THREE.InstancedMesh {
  const found = scene.getObjectByName(name);
  if (isInstanced(found)) return found;
  throw new Error(`no instances ${name}`);
}

/** The positions of an object's thick lines, x, y, z twice a segment, rounded to centimetres; only those shown. */
export function segmentsOf(object: THREE.Object3D | undefined): readonly (readonly number[])[] {
  if (!isMesh(object)) throw new Error("no such lines");
  const { geometry } = object;
  if (!(geometry instanceof THREE.InstancedBufferGeometry)) throw new Error("no instanced lines");
  if (!geometry.hasAttribute("instanceStart")) return [];
  const ends = [geometry.getAttribute("instanceStart"), geometry.getAttribute("instanceEnd")];
  const count = Math.min(geometry.instanceCount, ends[0]?.count ?? 0);
  const round = (m: number): number => Math.round(m * 100) / 100 + 0;
  return Array.from({ length: count }, (_, i) =>
    ends.flatMap((end) => [end.getX(i), end.getY(i), end.getZ(i)].map(round)),
  );
}
