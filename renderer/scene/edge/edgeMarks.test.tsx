// @vitest-environment happy-dom
/** Aircraft out of the picture: shown at its edge, and how the camera comes to them. */
import { beforeAll, describe, expect, it } from "vitest";
import { LanguageContext } from "../../app/text.js";
import { Latest } from "../../bridge/latest.js";
import { VehicleLayer } from "../layers/VehicleLayer.js";
import type { SceneVehicle } from "../sceneVehicle.js";
import { at, change, openLayer } from "../testing/openLayer.js";

const [WIDTH_PX, HEIGHT_PX] = [1280, 720];
const VIEW = { leftPx: 0, topPx: 0, rightPx: WIDTH_PX, bottomPx: HEIGHT_PX };

beforeAll(() => {
  Object.defineProperties(HTMLElement.prototype, {
    offsetWidth: {
      get(this: HTMLElement) {
        return 30 + 7 * this.textContent.length;
      },
    },
    offsetHeight: { get: () => 28 },
  });
});

const dragon = (eastM: number, northM: number, more: Partial<SceneVehicle> = {}): SceneVehicle => ({
  ...{ id: "1", name: "DRAGON-1", label: "DRAGON-1 58 m AGL", position: at(eastM, northM), altitudeAmslM: 50 },
  ...{ headingDeg: 0, pitchDeg: 0, rollDeg: 0, isTarget: true, isOld: false },
  ...more,
});

/** Seen from 500 m above the middle, north up: 466 by 829 m are in the picture. */
async function open(list: readonly SceneVehicle[], language: "en" | "fr" = "en") {
  const vehicles = new Latest(list);
  const layer = await openLayer(
    <LanguageContext value={language}>
      <VehicleLayer vehicles={vehicles} />
    </LanguageContext>,
  );
  const host = document.createElement("div");
  document.body.append(host);
  layer.tools.edges.attach(host);
  const draw = (): void => {
    layer.draw(1);
    layer.tools.edges.draw(layer.camera, VIEW, WIDTH_PX, HEIGHT_PX);
  };
  const buttons = () => [...host.querySelectorAll("button")].filter(({ style }) => style.visibility === "visible");
  const spotOf = (button: HTMLElement | undefined): readonly number[] =>
    [...(button?.style.transform ?? "").matchAll(/-?[\d.]+(?=px)/g)].map(([text]) => Number(text));
  const turnOf = (button: HTMLElement | undefined): number =>
    Number(/-?[\d.]+(?=rad)/.exec(button?.querySelector("svg")?.style.transform ?? "")?.[0]);
  const words = () => buttons().map(({ textContent }) => textContent.replaceAll("\u00a0", " "));
  draw();
  return { ...layer, vehicles, host, draw, buttons, spotOf, turnOf, words };
}

describe("an aircraft out of the picture", () => {
  it("is shown at the edge with its name, way and direction; in the picture it is not", async () => {
    const { words, buttons, spotOf, turnOf, vehicles, draw } = await open([dragon(1200, 0)]);
    expect(words()).toEqual(["DRAGON-1 1.20 km"]);
    const [button] = buttons();
    const [xPx = 0, yPx = 0] = spotOf(button);
    expect([xPx + 30 + 7 * "DRAGON-1 1.20 km".length, yPx + 14]).toEqual([WIDTH_PX, HEIGHT_PX / 2]);
    expect(turnOf(button)).toBeCloseTo(Math.PI / 2, 1);
    await change(() => vehicles.set([dragon(100, 0)]));
    draw();
    expect(words()).toEqual([]);
  });

  it.each([
    ["north", 0, 900, 0],
    ["south", 0, -900, Math.PI],
    ["west", -2000, 0, -Math.PI / 2],
  ] as const)("to the %s of a map points there", async (_, eastM, northM, turnRad) => {
    const { buttons, turnOf } = await open([dragon(eastM, northM)]);
    expect(Math.cos(turnOf(buttons()[0]) - turnRad)).toBeGreaterThan(0.99);
  });

  it("behind the camera, and above it, is shown on the side to turn to", async () => {
    const { camera, buttons, turnOf, vehicles, draw } = await open([dragon(-30, -800)]);
    // Level, looking north from 50 m: what is behind and to the left is found by turning left.
    camera.up.set(0, 0, 1);
    camera.position.set(0, 0, 50);
    camera.lookAt(0, 1000, 50);
    camera.updateMatrixWorld();
    draw();
    expect(turnOf(buttons()[0])).toBeCloseTo(-Math.PI / 2, 1);
    // In front, and far above.
    await change(() => vehicles.set([dragon(0, 100, { altitudeAmslM: 400 })]));
    draw();
    expect(Math.abs(turnOf(buttons()[0]))).toBeLessThan(0.1);
    // Straight above and a little behind.
    await change(() => vehicles.set([dragon(0, -1, { altitudeAmslM: 400 })]));
    draw();
    expect(Math.abs(turnOf(buttons()[0]))).toBeLessThan(0.1);
  });

  it("several at one edge do not overlap", async () => {
    const fleet = Array.from({ length: 5 }, (_, i) => dragon(1500 + i, i, { id: `${i}`, name: `DRAGON-${i}` }));
    const { buttons, spotOf } = await open(fleet);
    const tops = buttons().map((button) => spotOf(button)[1] ?? 0);
    expect(tops).toHaveLength(5);
    const inOrder = [...tops].sort((a, b) => a - b);
    inOrder.slice(1).forEach((top, i) => expect(top - (inOrder[i] ?? 0)).toBeGreaterThanOrEqual(28));
  });

  it("tells its way anew as it flies, is grey when it is lost, and goes with the aircraft", async () => {
    const { words, buttons, vehicles, draw, host } = await open([dragon(1200, 0)]);
    await change(() => vehicles.set([dragon(1500, 0, { isOld: true })]));
    draw();
    expect([words(), buttons()[0]?.dataset["old"]]).toEqual([["DRAGON-1 1.50 km"], "true"]);
    await change(() => vehicles.set([]));
    expect(host.childElementCount).toBe(0);
  });

  it("speaks French", async () => {
    const { buttons } = await open([dragon(1200, 0)], "fr");
    expect(buttons()[0]?.title).toBe("Hors de l'image : amener la caméra à DRAGON-1 (distance depuis le milieu)");
  });
});

describe("pressing it", () => {
  it("brings the camera to the aircraft, far enough to see it over the ground", async () => {
    const { buttons, visits } = await open([dragon(1200, 300, { altitudeAmslM: 120 })]);
    buttons()[0]?.click();
    expect(visits).toEqual([{ eastM: expect.closeTo(1200, 3), northM: expect.closeTo(300, 3), rangeM: 600 }]);
  });

  it("works by keyboard: it is a button that takes the focus", async () => {
    const { buttons } = await open([dragon(1200, 0)]);
    const [button] = buttons();
    button?.focus();
    expect(document.activeElement).toBe(button);
  });
});

it("labels keep off the marks at the edge", async () => {
  // One out of the picture to the right; another just inside it, whose label would stand there.
  const { tools, camera, draw } = await open([
    dragon(1200, 0),
    dragon(330, 0, { id: "2", name: "DRAGON-2", label: "DRAGON-2 58 m" }),
  ]);
  const labelHost = document.createElement("div");
  tools.labels.attach(labelHost, document.createElementNS("http://www.w3.org/2000/svg", "path"));
  draw();
  tools.labels.reserve(tools.edges.taken);
  tools.labels.draw(camera, VIEW, WIDTH_PX, HEIGHT_PX);
  const [edgeLeft = 0, edgeTop = 0, , edgeBottom = 0] = tools.edges.taken;
  const label = [...labelHost.querySelectorAll<HTMLElement>(".scene-label")].find(
    ({ textContent }) => textContent === "DRAGON-2 58 m",
  );
  const [xPx = 0, yPx = 0] = [...(label?.style.transform ?? "").matchAll(/-?[\d.]+(?=px)/g)].map(([text]) =>
    Number(text),
  );
  expect(label?.style.visibility).toBe("visible");
  expect(xPx + 30 + 7 * 13 <= edgeLeft || yPx + 28 <= edgeTop || yPx >= edgeBottom).toBe(true);
});
