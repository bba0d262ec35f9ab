import { PerspectiveCamera, Matrix4 } from "three";
import { expect, it } from "vitest";
import type { Place } from "../../../src/geo/places/place.js";
import { aPlace } from "../../../src/geo/places/testing/placeBuilders.js";
import { SEA_LEVEL } from "../geometry/surface.js";
import { sceneFrameAt } from "../sceneFrame.js";
import { NAMES_MAX, PlaceChoice } from "./placeChoice.js";

const frame = sceneFrameAt({ latitudeDeg: 50.7, longitudeDeg: 1.6 });
const placeAt = (name: string, eastM: number, northM: number, more: Partial<Place> = {}): Place =>
  aPlace(name, 0, 0, { position: frame.positionOf(eastM, northM), population: 500, ...more });

/** Straight down from that height; with 90° of view, half the picture's height is as many metres. */
function above(heightM: number, eastM = 0) {
  const camera = new PerspectiveCamera(90, 2, 1, 500_000);
  camera.position.set(eastM, 0, heightM);
  camera.up.set(0, 1, 0);
  camera.lookAt(eastM, 0, 0);
  camera.updateMatrixWorld();
  const { elements } = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
  return { clip: elements, eye: camera.position, widthPx: 1600, heightPx: 800 };
}
const namesOf = (places: readonly Place[], choice: PlaceChoice): readonly string[] =>
  [...choice.chosen.slice(0, choice.count)].map((index) => places[index]?.name ?? "?");
function choose(places: readonly Place[], heightM: number, eastM = 0): readonly string[] {
  const choice = new PlaceChoice(places, frame, SEA_LEVEL);
  choice.update(above(heightM, eastM));
  return namesOf(places, choice);
}

it("names cities from afar, towns from nearer, villages and beaches from near", () => {
  const places = [
    placeAt("Village", 0, -3000),
    placeAt("Town", 12_000, 0, { kind: "town", population: 8000 }),
    placeAt("City", -12_000, 0, { kind: "city", population: 75_000 }),
    placeAt("Cape", 0, 8000, { kind: "cape", population: undefined }),
  ];
  const sorted = (heightM: number) => choose(places, heightM).toSorted();
  expect(sorted(10_000)).toEqual(["Cape", "City", "Town", "Village"]);
  expect(sorted(30_000)).toEqual(["Cape", "City", "Town"]);
  expect(sorted(80_000)).toEqual(["Cape", "City"]);
  expect(sorted(120_000)).toEqual(["City"]);
});

it("names only what is in the picture, in front of the camera", () => {
  const places = [placeAt("here", 0, 0), placeAt("beyond the edge", 0, 1100), placeAt("wide", 1900, 0)];
  expect(choose(places, 1000).toSorted()).toEqual(["here", "wide"]);
  const camera = new PerspectiveCamera(90, 2, 1, 500_000);
  camera.position.set(0, 0, 100);
  camera.up.set(0, 0, 1);
  camera.lookAt(0, 1000, 100);
  camera.updateMatrixWorld();
  const { elements } = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
  const around = [placeAt("ahead", 0, 2000), placeAt("behind", 0, -2000)];
  const choice = new PlaceChoice(around, frame, SEA_LEVEL);
  choice.update({ clip: elements, eye: camera.position, widthPx: 1600, heightPx: 800 });
  expect(namesOf(around, choice)).toEqual(["ahead"]);
});

it("names the better known of two that would be read as one", () => {
  // 2.5 m a pixel from 1000 m: 100 m are 40 pixels, 250 m are 100.
  const known = placeAt("Town", 0, 0, { kind: "town", population: 9000 });
  expect(choose([placeAt("near", 100, 0), known], 1000)).toEqual(["Town"]);
  expect(choose([placeAt("apart", 250, 0), known], 1000)).toEqual(["Town", "apart"]);
});

it("names two dozen at most, the nearest to what is known of them", () => {
  const places = Array.from({ length: 60 }, (_, i) =>
    placeAt(`P${i}`, -1800 + (i % 10) * 400, -700 + Math.floor(i / 10) * 250, { population: 500 + i * 100 }),
  );
  const names = choose(places, 1000);
  expect(names).toHaveLength(NAMES_MAX);
  expect(names).toContain("P55");
  expect(names).not.toContain("P0");
});

it("says when the choice has changed, and keeps a name a little beyond its reach", () => {
  const places = [placeAt("Village", 0, 0)];
  const choice = new PlaceChoice(places, frame, SEA_LEVEL);
  const updates = [12_000, 12_500, 14_500, 16_000, 14_500, 12_500].map((heightM) => {
    const isOther = choice.update(above(heightM));
    return [isOther, choice.count, choice.has(0)];
  });
  expect(updates).toEqual([
    [true, 1, true],
    [false, 1, true],
    [false, 1, true],
    [true, 0, false],
    [false, 0, false],
    [true, 1, true],
  ]);
});
