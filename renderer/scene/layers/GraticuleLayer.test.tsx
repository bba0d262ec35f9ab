// @vitest-environment happy-dom
/** Lines of latitude and longitude. */
import { LineSegments2 } from "three/examples/jsm/lines/LineSegments2.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { settingsStore } from "../../app/settings.js";
import { useStore } from "../../bridge/StoresContext.js";
import { change, frame, type OpenLayer, openLayer, segmentsOf } from "../testing/openLayer.js";
import { GraticuleLayer } from "./GraticuleLayer.js";

beforeEach(() => localStorage.clear());
afterEach(() => localStorage.clear());

let settings: ReturnType<typeof settingsStore.create> | undefined;
function Settings() {
  settings = useStore(settingsStore);
  return null;
}

async function open() {
  const layer = await openLayer(
    <>
      <Settings />
      <GraticuleLayer />
    </>,
  );
  await change(() => settings?.change({ isGraticuleShown: true }));
  layer.draw(0);
  return layer;
}

const words = ({ labels }: OpenLayer): readonly string[] =>
  labels()
    .filter(({ isShown }) => isShown)
    .map(({ text }) => text.replaceAll("\u00a0", " "));

it("is off until the settings want it, and goes when they no longer do", async () => {
  const layer = await openLayer(
    <>
      <Settings />
      <GraticuleLayer />
    </>,
  );
  expect(layer.scene.getObjectByName("graticule")).toBeUndefined();
  await change(() => settings?.change({ isGraticuleShown: true }));
  expect(layer.scene.getObjectByName("graticule")).toBeDefined();
  await change(() => settings?.change({ isGraticuleShown: false }));
  expect([layer.scene.getObjectByName("graticule"), layer.labels()]).toEqual([undefined, []]);
});

it("runs along whole steps, under quiet labels in the form of the settings", async () => {
  const layer = await open();
  // The camera is 460 m away: a thousandth of a degree is 111 m of latitude; two are 141 m of longitude.
  expect(words(layer)).toContain("50.700° N");
  expect(words(layer)).toContain("1.602° E");
  for (const label of layer.labels()) expect(label).toMatchObject({ isQuiet: true, tone: "line" });
  for (const [eastM = 0, northM = 0] of segmentsOf(layer.scene.getObjectByName("graticule")).slice(0, 40)) {
    const { latitudeDeg, longitudeDeg } = frame.positionOf(eastM, northM);
    expect(latitudeDeg * 1000).toBeCloseTo(Math.round(latitudeDeg * 1000), 3);
    expect(longitudeDeg * 1000).toBeCloseTo(Math.round(longitudeDeg * 1000), 3);
  }
  await change(() => settings?.change({ units: { lengths: "m", speeds: "mps", positions: "dm" }, language: "fr" }));
  layer.draw(0.1);
  // A twentieth of a minute is 93 m of latitude; a tenth is 117 m of longitude.
  expect(words(layer)).toContain("50° 42,00' N");
  expect(words(layer)).toContain("001° 36,1' E");
});

it("widens with the camera's range, keeps its labels in the picture, and rests while the camera does", async () => {
  const layer = await open();
  const { rig } = layer.tools;
  rig.lookAt(0, 0, 20_000);
  rig.jump();
  layer.draw(0.1);
  expect(words(layer)).toContain("50.70° N");
  expect(words(layer)).toContain("50.75° N");
  expect(words(layer)).not.toContain("50.72° N");
  const lines = layer.scene.getObjectByName("graticule");
  if (!(lines instanceof LineSegments2)) throw new Error("no lines");
  const parallel = layer.labels().find(({ text }) => text.startsWith("50.75"));
  const eastM = (): number => Math.round(parallel?.eastM ?? 0);
  expect(eastM()).toBe(-6000);
  rig.shift(500, 0);
  layer.draw(0.2);
  expect(eastM()).toBe(-5500);
  if (parallel) parallel.eastM = 7;
  layer.draw(0.3);
  expect(eastM()).toBe(7);
  expect(layer.countOfRenders()).toBeLessThan(5);
});
