// @vitest-environment happy-dom
/** Names of places on the map. */
import { describe, expect, it } from "vitest";
import type { PlacesDocument } from "../../../src/geo/places/placesDocument.js";
import type { Place } from "../../../src/geo/places/place.js";
import { aPlace } from "../../../src/geo/places/testing/placeBuilders.js";
import { settingsStore } from "../../app/settings.js";
import { Latest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { at, change, instancesNamed, openLayer } from "../testing/openLayer.js";
import { PlaceLayer } from "./PlaceLayer.js";

const placeAt = (name: string, eastM: number, northM: number, more: Partial<Place> = {}): Place =>
  aPlace(name, 0, 0, { position: at(eastM, northM), population: 1000, ...more });
const PLACES: readonly Place[] = [
  placeAt("Wissant", -200, 0),
  placeAt("Dunkerque", 200, 0, { kind: "city", population: 70_000, nameIn: { en: "Dunkirk" } }),
  placeAt("Cap Gris-Nez", 0, 150, { kind: "cape", population: undefined, isApproximate: true }),
];
const documentOf = (places: readonly Place[]): PlacesDocument => ({ attribution: "GeoNames", places });

let settings: ReturnType<typeof settingsStore.create> | undefined;
/** Hands the test the settings of the page that the layer stands in. */
function Settings() {
  settings = useStore(settingsStore);
  return null;
}

async function openPlaces(first: { readonly document?: PlacesDocument } = { document: documentOf(PLACES) }) {
  const places = new Latest(first.document);
  const layer = await openLayer(
    <>
      <Settings />
      <PlaceLayer places={places} />
    </>,
  );
  const shown = (): readonly string[] =>
    layer
      .labels()
      .map(({ text }) => text)
      .toSorted();
  const marks = (shape: string): number => instancesNamed(layer.scene, `places ${shape}`).count;
  // What the board does once it has found room.
  const place = (isPlaced: boolean): void => {
    for (const label of layer.labels()) label.isPlaced = isPlaced;
  };
  layer.draw(0);
  return { ...layer, places, shown, marks, place };
}

describe("place layer", () => {
  it("names places under everything else, approximate ones as such", async () => {
    const { labels, shown } = await openPlaces();
    expect(shown()).toEqual(["Dunkirk", "Wissant", "≈\u00a0Cap Gris-Nez"]);
    for (const label of labels()) expect(label).toMatchObject({ isQuiet: true, tone: "name" });
    expect(labels().find(({ text }) => text === "Wissant")).toMatchObject({ eastM: expect.closeTo(-200, 3), upM: 0 });
  });

  it("leaves out a place that was searched for: its own mark names it, as long as it stands", async () => {
    const { shown, tools, draw } = await openPlaces();
    await change(() => tools.found.set({ position: at(-200, 0), label: "Wissant" }));
    draw(1);
    expect(shown()).toEqual(["Dunkirk", "≈\u00a0Cap Gris-Nez"]);
    await change(() => tools.found.set(undefined));
    draw(2);
    expect(shown()).toContain("Wissant");
  });

  it("marks what is named, landmarks by another shape, and nothing whose name has no room", async () => {
    const { marks, place, draw } = await openPlaces();
    expect([marks("settlement"), marks("landmark")]).toEqual([2, 1]);
    place(false);
    draw(0.1);
    expect([marks("settlement"), marks("landmark")]).toEqual([0, 0]);
    place(true);
    draw(0.2);
    expect([marks("settlement"), marks("landmark")]).toEqual([2, 1]);
  });

  it("does nothing while nothing changes, and follows the camera", async () => {
    const { scene, camera, draw, place, shown, labels, countOfRenders } = await openPlaces();
    place(true);
    draw(0.1);
    const { instanceMatrix } = instancesNamed(scene, "places settlement");
    const before = [instanceMatrix.version, countOfRenders()];
    const kept = labels();
    for (let i = 2; i < 30; i++) draw(i / 10);
    expect([instanceMatrix.version, countOfRenders()]).toEqual(before);
    expect(labels()).toEqual(kept);
    camera.position.set(0, 0, 25_000);
    camera.far = 100_000;
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    draw(3.1);
    expect(shown()).toEqual(["Dunkirk"]);
    expect(countOfRenders()).toBe(before[1]);
  });

  it("looks anew when the view jumps, although the camera is aimed after it in the same frame", async () => {
    const { scene, draw, tools } = await openPlaces();
    for (let i = 1; i < 4; i++) draw(i / 10);
    const { instanceMatrix } = instancesNamed(scene, "places settlement");
    const before = instanceMatrix.version;
    tools.rig.lookAt(5000, 0, 800);
    tools.rig.jump();
    draw(0.5);
    expect(instanceMatrix.version).toBe(before + 1);
    draw(0.6);
    expect(instanceMatrix.version).toBe(before + 1);
  });

  it("waits for the names, and goes with the switch and comes back with it", async () => {
    const { places, shown, draw } = await openPlaces({});
    expect(shown()).toEqual([]);
    await change(() => places.set(documentOf(PLACES)));
    draw(0.1);
    expect(shown()).toHaveLength(3);
    await change(() => settings?.change({ arePlaceNamesShown: false }));
    draw(0.2);
    expect(shown()).toEqual([]);
    await change(() => settings?.change({ arePlaceNamesShown: true, language: "fr" }));
    draw(0.3);
    expect(shown()).toEqual(["Dunkerque", "Wissant", "≈\u00a0Cap Gris-Nez"]);
    await change(() => settings?.change({ language: "en" }));
    draw(0.4);
    expect(shown()).toContain("Dunkirk");
  });

  it("names what maps and drawings name, each once; drawings without a mark, first to give way, whatever the switch", async () => {
    const { tools, shown, labels, marks, draw } = await openPlaces();
    const drawn = [placeAt("Chenal", 100, 120, { population: 500 })];
    const ofMap = [placeAt("Wissant", -180, 10), placeAt("Tardinghen", -100, -180)];
    await change(() => tools.mapNames.set({ places: ofMap, drawn }));
    draw(0.1);
    expect(shown()).toEqual(["Chenal", "Dunkirk", "Tardinghen", "Wissant", "≈\u00a0Cap Gris-Nez"]);
    expect(labels().find(({ text }) => text === "Chenal")).toMatchObject({ isQuiet: true, priority: 0 });
    draw(0.2);
    expect([marks("settlement"), marks("landmark")]).toEqual([3, 1]);
    await change(() => settings?.change({ arePlaceNamesShown: false }));
    draw(0.3);
    expect(shown()).toEqual(["Chenal"]);
    await change(() => tools.mapNames.set({ places: [], drawn: [] }));
    expect(shown()).toEqual([]);
    await change(() => settings?.change({ arePlaceNamesShown: true }));
  });

  it("takes its labels along", async () => {
    const { unmount, labels } = await openPlaces();
    await unmount();
    expect(labels()).toEqual([]);
  });
});
