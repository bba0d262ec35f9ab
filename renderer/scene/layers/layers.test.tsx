// @vitest-environment happy-dom
import { advance, createRoot, extend } from "@react-three/fiber";
import { Profiler, type ReactNode, act } from "react";
import * as THREE from "three";
import { describe, expect, it } from "vitest";
import { Latest } from "../../bridge/latest.js";
import { CameraRig } from "../camera/cameraRig.js";
import { PointerHub } from "../camera/pointerHub.js";
import { LabelBoard } from "../labels/labelBoard.js";
import { qualityFor } from "../quality.js";
import { SceneContext } from "../SceneContext.js";
import { sceneFrameAt } from "../sceneFrame.js";
import { paletteFor } from "../scenePalette.js";
import type { SceneVehicle } from "../sceneVehicle.js";
import { createGroundUniforms } from "../shaders/groundUniforms.js";
import { RollingSegments } from "./rollingSegments.js";
import { VehicleLayer } from "./VehicleLayer.js";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
// What <Canvas> does by itself.
extend(THREE as never);

const frame = sceneFrameAt({ latitudeDeg: 50.7, longitudeDeg: 1.6 });
const vehicleAt = (eastM: number): SceneVehicle => ({
  id: "v",
  label: "SIM-1",
  position: frame.positionOf(eastM, 0),
  altitudeAmslM: 60,
  headingDeg: 90,
  pitchDeg: 0,
  rollDeg: 0,
  isTarget: true,
  isOld: false,
});

function Scene({ children }: { readonly children: ReactNode }) {
  const tools = {
    frame,
    palette: paletteFor("night"),
    ground: createGroundUniforms(true),
    quality: qualityFor("llvmpipe"),
    rig: new CameraRig("follow"),
    labels: new LabelBoard(),
    pointer: new PointerHub(),
  };
  return <SceneContext value={tools}>{children}</SceneContext>;
}

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

describe("vehicle layer", () => {
  it("moves an aircraft through 60 frames without React rendering once more", async () => {
    const vehicles = new Latest<readonly SceneVehicle[]>([vehicleAt(0)]);
    let renders = 0;
    const canvas = document.createElement("canvas");
    const root = createRoot(canvas);
    await root.configure({
      gl: noGpu(canvas),
      frameloop: "never",
      size: { width: 1280, height: 720, top: 0, left: 0 },
    });
    let store: ReturnType<typeof root.render> | undefined;
    await act(async () => {
      store = root.render(
        <Profiler id="layer" onRender={() => renders++}>
          <Scene>
            <VehicleLayer vehicles={vehicles} />
          </Scene>
        </Profiler>,
      );
      await Promise.resolve();
    });
    const state = store!.getState();
    const before = renders;
    for (let i = 1; i <= 60; i++) {
      vehicles.set([vehicleAt(i)]);
      advance(i / 60, true, state);
    }
    expect(before).toBeGreaterThan(0);
    expect(state.scene.getObjectByName("vehicle v")?.position.x).toBeCloseTo(60, 3);
    expect(renders).toBe(before);
    await act(async () => {
      root.unmount();
      await Promise.resolve();
    });
  });
});

describe("trail buffer", () => {
  it("writes over its oldest segment and never grows", () => {
    const trail = new RollingSegments(3, { colour: "#fff", widthPx: 1, opacity: 1 });
    const array = (trail.object.geometry.getAttribute("instanceStart") as unknown as { data: { array: Float32Array } })
      .data.array;
    for (let i = 0; i < 5; i++) trail.push([i, 0, 0], [i + 1, 0, 0]);
    expect([array[0], array[6], array[12]]).toEqual([3, 4, 2]);
    expect(trail.object.geometry.instanceCount).toBe(3);
  });
});
