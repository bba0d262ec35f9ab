import { expect, it } from "vitest";
import { nearestPlace } from "./nearestPlace.js";
import { aPlace } from "./testing/placeBuilders.js";

const WISSANT = aPlace("Wissant", 50.8853, 1.66263, { population: 1052 });
const BERCK = aPlace("Berck-Plage", 50.40704, 1.56446, { kind: "town", population: 15_675 });
const TOWNS = [BERCK, WISSANT];

it("is the nearest place, its distance and the bearing from the place to the position", () => {
  // A hundredth of a degree of latitude is 1112.4 m here, of longitude 704 m: hypot(1112.4, 704) = 1316 m, atan 32.3° west of north.
  const found = nearestPlace(TOWNS, { latitudeDeg: 50.8953, longitudeDeg: 1.65263 });
  expect(found?.place).toBe(WISSANT);
  expect(Math.abs((found?.distanceM ?? 0) - 1316)).toBeLessThan(2);
  expect(found?.bearingDeg).toBeCloseTo(360 - 32.3, 0);
  expect(nearestPlace(TOWNS, { latitudeDeg: 50.4, longitudeDeg: 1.56446 })).toMatchObject({
    place: BERCK,
    bearingDeg: 180,
  });
});

it("is the better known of two that are about as near, not one that is clearly further", () => {
  const position = { latitudeDeg: 50, longitudeDeg: 1.5 };
  // 0.01° of latitude: 1112 m away. A better known one counts up to 1112 * 1.25 + 300 = 1690 m: 0.01519°.
  const hamlet = aPlace("Hamlet", 50.01, 1.5, { population: 500 });
  const townAt = (latitudeDeg: number) => aPlace("Town", latitudeDeg, 1.5, { kind: "town", population: 9000 });
  const nameBeside = (latitudeDeg: number): string | undefined =>
    nearestPlace([hamlet, townAt(latitudeDeg)], position)?.place.name;
  expect([nameBeside(50.015), nameBeside(50.0154)]).toEqual(["Town", "Hamlet"]);
  // Of two equally known, the nearer, whichever comes first.
  const twin = aPlace("Twin", 49.991, 1.5, { population: 500 });
  expect(nearestPlace([hamlet, twin], position)?.place).toBe(twin);
  expect(nearestPlace([twin, hamlet], position)?.place).toBe(twin);
});

it("knows a cape better than a village beside it", () => {
  const cape = aPlace("Cap Gris-Nez", 50.87, 1.5835, { kind: "cape" });
  const village = aPlace("Audinghen", 50.872, 1.585, { population: 600 });
  expect(nearestPlace([village, cape], { latitudeDeg: 50.875, longitudeDeg: 1.583 })?.place).toBe(cape);
});

it("does not name a bay by its middle", () => {
  const bay = aPlace("Wissant bay", 50.895, 1.653, { kind: "bay" });
  expect(nearestPlace([bay, WISSANT], { latitudeDeg: 50.895, longitudeDeg: 1.653 })?.place).toBe(WISSANT);
  expect(nearestPlace([bay], bay.position)).toBeUndefined();
});

it("names nothing that is out of reach, and nothing where there are no places", () => {
  // 0.36° of latitude are 40.0 km.
  const north = (offDeg: number) => nearestPlace([WISSANT], { latitudeDeg: 50.8853 + offDeg, longitudeDeg: 1.66263 });
  expect([north(0.35)?.place, north(0.37)]).toEqual([WISSANT, undefined]);
  expect(nearestPlace([], WISSANT.position)).toBeUndefined();
});
