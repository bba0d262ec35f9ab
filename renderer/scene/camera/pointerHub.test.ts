// @vitest-environment happy-dom
/** The pointer over the map: which place it means, who gets it, and what moves the camera. */
import { PerspectiveCamera } from "three";
import { beforeEach, describe, expect, it } from "vitest";
import type { Position } from "../../../src/geo/position.js";
import type { CameraMode, GroundPointerHandlers } from "../sceneTypes.js";
import { sceneFrameAt } from "../sceneFrame.js";
import { CameraRig } from "./cameraRig.js";
import { SEA_LEVEL } from "../geometry/surface.js";
import { PointerHub } from "./pointerHub.js";

const frame = sceneFrameAt({ latitudeDeg: 50.7, longitudeDeg: 1.6 });
const [WIDTH_PX, HEIGHT_PX, EYE_M] = [1000, 500, 250];

/** Straight down from 250 m with a view of 90°: 500 m high, so that a pixel is a metre; north is up. */
function aCamera(): PerspectiveCamera {
  const camera = new PerspectiveCamera(90, WIDTH_PX / HEIGHT_PX, 1, 5000);
  camera.position.set(0, 0, EYE_M);
  camera.up.set(0, 1, 0);
  camera.lookAt(0, 0, 0);
  camera.updateMatrixWorld();
  return camera;
}

type Held = {
  readonly button?: number;
  readonly shiftKey?: boolean;
  readonly buttons?: number;
  readonly pointerId?: number;
  readonly deltaY?: number;
  readonly pointerType?: string;
};

function aMap(mode: CameraMode = "free") {
  const element = document.createElement("div");
  Object.defineProperties(element, {
    clientWidth: { value: WIDTH_PX },
    clientHeight: { value: HEIGHT_PX },
    setPointerCapture: { value: () => undefined },
  });
  const hub = new PointerHub();
  const rig = new CameraRig(mode);
  const camera = aCamera();
  const picks: Position[] = [];
  const modes: CameraMode[] = [];
  let countOfDraws = 0;
  const detach = hub.attach({
    ...{ element, camera, rig, frameNow: () => frame, surfaceNow: () => SEA_LEVEL },
    redraw: () => countOfDraws++,
    onModeChange: (next) => modes.push(next),
    onGroundPick: (position) => picks.push(position),
  });
  const send = (
    kind: string,
    xPx: number,
    yPx: number,
    { pointerId = 1, deltaY = 0, pointerType = "mouse", ...held }: Held = {},
  ): Event => {
    const event = new MouseEvent(kind, { cancelable: true, bubbles: true, ...held });
    for (const [name, value] of Object.entries({ offsetX: xPx, offsetY: yPx, pointerId, deltaY, pointerType }))
      Object.defineProperty(event, name, { value });
    element.dispatchEvent(event);
    return event;
  };
  const click = (xPx: number, yPx: number, held: Held = {}): void => {
    send("pointerdown", xPx, yPx, held);
    send("pointerup", xPx, yPx, held);
  };
  const drag = (from: readonly [number, number], to: readonly [number, number], held: Held = {}): void => {
    send("pointerdown", ...from, held);
    send("pointermove", ...to, held);
    send("pointerup", ...to, held);
  };
  const metres = (position: Position | undefined): readonly number[] | undefined => {
    if (!position) return undefined;
    const { eastM, northM } = frame.pointOf(position);
    return [Math.round(eastM), Math.round(northM)];
  };
  return {
    ...{ element, hub, rig, camera, picks, modes, detach, send, click, drag, metres },
    countOfDraws: () => countOfDraws,
  };
}

describe("a click", () => {
  it.each([
    [500, 250, [0, 0]],
    [600, 250, [100, 0]],
    [500, 150, [0, 100]],
    [0, 500, [-500, -250]],
  ] as const)("at %d, %d means the place below it", (xPx, yPx, place) => {
    const { click, picks, metres } = aMap();
    click(xPx, yPx);
    expect(picks.map(metres)).toEqual([place]);
  });

  it("above the horizon means no place", () => {
    const { camera, click, picks } = aMap();
    camera.up.set(0, 0, 1);
    camera.lookAt(0, 1000, EYE_M + 100);
    camera.updateMatrixWorld();
    click(500, 10);
    expect(picks).toEqual([]);
  });

  it("with another button, or after a drag of more than four pixels, picks nothing", () => {
    const { click, drag, picks } = aMap();
    click(500, 250, { button: 2 });
    drag([500, 250], [505, 250]);
    expect(picks).toEqual([]);
    drag([500, 250], [504, 250]);
    expect(picks).toHaveLength(1);
  });

  it("goes to the newest layer first, and to the ground only where none takes it", () => {
    const { hub, click, picks, send } = aMap();
    const asked: string[] = [];
    const layer = (name: string, takes: boolean): GroundPointerHandlers => ({
      onClick: () => {
        asked.push(name);
        return takes;
      },
      onDoubleClick: () => {
        asked.push(`${name} twice`);
        return takes;
      },
    });
    hub.add(layer("old", true));
    const remove = hub.add(layer("new", false));
    click(500, 250);
    send("dblclick", 500, 250);
    expect(asked).toEqual(["new", "old", "new twice", "old twice"]);
    expect(picks).toEqual([]);
    remove();
    asked.length = 0;
    click(500, 250);
    expect(asked).toEqual(["old"]);
  });

  it("of a second finger does not end the first's, and one that is cancelled picks nothing", () => {
    const { send, picks } = aMap();
    send("pointerdown", 500, 250);
    send("pointerdown", 700, 250, { pointerId: 2 });
    send("pointerup", 700, 250, { pointerId: 2 });
    expect(picks).toEqual([]);
    send("pointercancel", 500, 250);
    send("pointerup", 500, 250);
    expect(picks).toEqual([]);
  });
});

describe("a layer that captures the press", () => {
  let seen: (readonly [string, readonly number[] | undefined, boolean?])[] = [];
  beforeEach(() => void (seen = []));
  const holder = (metres: ReturnType<typeof aMap>["metres"]): GroundPointerHandlers => ({
    onDown: ({ position }) => {
      seen.push(["down", metres(position)]);
      return true;
    },
    onMove: ({ position }, isCaptured) => void seen.push(["move", metres(position), isCaptured]),
    onUp: ({ position }) => void seen.push(["up", metres(position)]),
    onClick: () => {
      seen.push(["click", undefined]);
      return true;
    },
  });

  it("gets every move until the release; the camera stays and nothing is picked", () => {
    const { hub, drag, metres, rig, picks, countOfDraws } = aMap();
    hub.add(holder(metres));
    const before = { ...rig.goal };
    drag([500, 250], [600, 200]);
    expect(seen).toEqual([
      ["down", [0, 0]],
      ["move", [100, 50], true],
      ["up", [100, 50]],
    ]);
    expect([rig.goal, picks, countOfDraws()]).toEqual([before, [], 0]);
  });

  it("that is gone in the middle of it gets no more", () => {
    const { hub, send, metres } = aMap();
    const remove = hub.add(holder(metres));
    send("pointerdown", 500, 250);
    remove();
    send("pointermove", 600, 250);
    send("pointerup", 600, 250);
    expect(seen.map(([what]) => what)).toEqual(["down"]);
  });

  it("hears of moves without a press, too, and may change the cursor", () => {
    const { hub, send, element } = aMap();
    hub.add({ onMove: (event, isCaptured) => isCaptured || event.setCursor("pointer") });
    element.style.cursor = "grab";
    send("pointermove", 500, 250);
    expect(element.style.cursor).toBe("pointer");
  });

  it("is told where a place stands on the screen, and that what is behind the camera does not", () => {
    const { hub, click, camera } = aMap();
    const places: unknown[] = [];
    hub.add({
      onClick: ({ toScreen }) => {
        const at = toScreen(frame.positionOf(120, -80), 0);
        places.push(at && [Math.round(at.xPx), Math.round(at.yPx)]);
        return true;
      },
    });
    click(1, 1);
    camera.lookAt(0, 0, 2 * EYE_M);
    camera.updateMatrixWorld();
    click(1, 1);
    expect(places).toEqual([[620, 330], undefined]);
  });
});

describe("a drag", () => {
  it("turns the slanted view; with Shift or the right button it moves it over the ground", () => {
    const { drag, rig, countOfDraws } = aMap("free");
    const { azimuthRad } = rig.goal;
    drag([500, 250], [540, 250]);
    expect(rig.goal.azimuthRad - azimuthRad).toBeCloseTo(0.2, 6);
    expect([rig.goal.targetEastM, rig.goal.targetNorthM]).toEqual([0, 0]);
    for (const held of [{ shiftKey: true }, { button: 2, buttons: 2 }]) {
      const { targetEastM } = rig.goal;
      drag([500, 250], [540, 250], held);
      expect(rig.goal.targetEastM).not.toBe(targetEastM);
    }
    expect(rig.goal.azimuthRad - azimuthRad).toBeCloseTo(0.2, 6);
    expect(countOfDraws()).toBe(3);
  });

  it("moves the map by as many metres as the pixels are worth at the camera's range", () => {
    const { drag, rig } = aMap("top");
    // 2500 m away with a view of 90°: 5000 m on 500 pixels.
    drag([500, 250], [520, 250]);
    expect(rig.goal.targetEastM).toBeCloseTo(-200, 6);
  });

  it("that moves the view over the ground leaves the aircraft: follow becomes free", () => {
    const { drag, modes } = aMap("follow");
    drag([500, 250], [540, 250]);
    expect(modes).toEqual([]);
    drag([500, 250], [540, 250], { shiftKey: true });
    expect(modes).toEqual(["free"]);
  });
});

describe("the wheel", () => {
  it("comes nearer and goes away, keeps the page still, and is limited a turn", () => {
    const { send, rig } = aMap("top");
    const wheel = (deltaY: number): Event => send("wheel", 500, 250, { deltaY });
    const before = rig.goal.rangeM;
    expect(wheel(-100).defaultPrevented).toBe(true);
    expect(rig.goal.rangeM / before).toBeCloseTo(Math.exp(-0.15), 9);
    wheel(100);
    expect(rig.goal.rangeM).toBeCloseTo(before, 6);
    wheel(9999);
    expect(rig.goal.rangeM / before).toBeCloseTo(Math.exp(0.3), 9);
  });

  it("keeps the place under the pointer", () => {
    const { send, rig } = aMap("top");
    send("wheel", 600, 250, { deltaY: -100 });
    expect(rig.goal.targetEastM).toBeCloseTo(100 * (1 - Math.exp(-0.15)), 3);
    expect(rig.goal.targetNorthM).toBeCloseTo(0, 6);
  });
});

describe("the place under the pointer", () => {
  it("is known while the pointer is on the scene, also after the camera has moved under it", () => {
    const { hub, send, camera, metres } = aMap("top");
    expect(hub.placeNow()).toBeUndefined();
    send("pointermove", 600, 150);
    expect(metres(hub.placeNow())).toEqual([100, 100]);
    camera.position.x += 40;
    camera.updateMatrixWorld();
    expect(metres(hub.placeNow())).toEqual([140, 100]);
    send("pointerleave", 0, 0);
    expect(hub.placeNow()).toBeUndefined();
  });

  it("that a finger touched stays when it is lifted", () => {
    const { hub, send, metres } = aMap("top");
    send("pointerdown", 400, 250, { pointerType: "touch" });
    send("pointerup", 400, 250, { pointerType: "touch" });
    send("pointerleave", 400, 250, { pointerType: "touch" });
    expect(metres(hub.placeNow())).toEqual([-100, 0]);
  });
});

it("hears nothing more once it is detached, and shows no menu of the browser", () => {
  const { detach, click, picks, send } = aMap();
  expect(send("contextmenu", 1, 1).defaultPrevented).toBe(true);
  detach();
  click(500, 250);
  expect(picks).toEqual([]);
});
