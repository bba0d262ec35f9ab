import { describe, expect, it } from "vitest";
import { WHOLE_WORLD } from "../../../src/geo/tiles/geoBounds.js";
import { type MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { TileAddress } from "../../../src/geo/tiles/webMercator.js";
import type { MapTile } from "../../bridge/stationMaps.js";
import { sceneFrameAt } from "../sceneFrame.js";
import { paintSheet, sheetTiles } from "./sheetPainter.js";
import type { TileCanvas, TilePicture } from "./tilePicture.js";
import { TilePictures } from "./tilePictures.js";

const MAP: MapDescription = {
  ...{ id: "map-0", name: "m", attribution: "", encoding: "png", isOnline: false, bounds: WHOLE_WORLD },
  ...{ zoomMin: 0, zoomMax: 20 },
};
const tile = (column: number, row = 0, zoom = 10): TileAddress => ({ zoom, column, row });
const nameOf = ({ zoom, column, row }: TileAddress): string => `${zoom}/${column}/${row}`;
const settled = async (): Promise<void> => {
  for (let i = 0; i < 30; i++) await Promise.resolve();
};

/** A station that answers when it is told to, and pictures that note what becomes of them. */
function setUp(map = MAP) {
  const asked: { readonly name: string; readonly answer: (tile: MapTile) => void }[] = [];
  const painted: string[] = [];
  const disposed: string[] = [];
  const offline: boolean[] = [];
  const later: { readonly atMs: number; readonly task: () => void }[] = [];
  let arrived = 0;
  let nowMs = 0;
  const pictures = new TilePictures({
    map,
    ask: (_, address) => new Promise((answer) => asked.push({ name: nameOf(address), answer })),
    read: (bytes): Promise<TilePicture> => {
      const name = new TextDecoder().decode(bytes);
      if (name === "broken") return Promise.reject(new Error("no picture"));
      return Promise.resolve({
        paint: (_, { x, y, size }) => painted.push(`${name} ${x} ${y} ${size}`),
        dispose: () => disposed.push(name),
      });
    },
    onArrived: () => arrived++,
    onOffline: (isOffline) => offline.push(isOffline),
    clock: { nowMs: () => nowMs, after: (delayMs, task) => void later.push({ atMs: nowMs + delayMs, task }) },
  });
  const give = async (name: string, bytes = name): Promise<void> => {
    asked.findLast((one) => one.name === name)?.answer({ bytes: new TextEncoder().encode(bytes), isLater: false });
    await settled();
  };
  const giveNone = async (name: string, isLater: boolean): Promise<void> => {
    asked.findLast((one) => one.name === name)?.answer({ bytes: undefined, isLater });
    await settled();
  };
  const names = () => asked.map(({ name }) => name);
  return {
    ...{ pictures, painted, disposed, names, give, giveNone, offline },
    arrived: () => arrived,
    wait: (ms: number): void => {
      nowMs += ms;
      for (const { task } of later.splice(0).filter(({ atMs }) => atMs <= nowMs)) task();
    },
  };
}

describe("a map's tiles on the screen", () => {
  it("are asked for six at a time, the most important first, and each once", async () => {
    const { pictures, names, give } = setUp();
    pictures.want([0, 1, 2, 3, 4, 5, 6, 7].map((column) => tile(column)));
    expect(names()).toEqual(["10/0/0", "10/1/0", "10/2/0", "10/3/0", "10/4/0", "10/5/0"]);
    await give("10/3/0");
    expect(names().slice(6)).toEqual(["10/6/0"]);
    pictures.want([tile(3), tile(0), tile(9)]);
    expect(names()).toHaveLength(7);
    await give("10/0/0");
    expect(names().slice(7)).toEqual(["10/9/0"]);
  });

  it("are not asked for when the camera has left them behind", async () => {
    const { pictures, names, give } = setUp();
    pictures.want([0, 1, 2, 3, 4, 5, 6].map((column) => tile(column)));
    pictures.want([tile(50)]);
    await give("10/0/0");
    expect(names().slice(6)).toEqual(["10/50/0"]);
  });

  it("tell the scene when one has arrived, not when there is none", async () => {
    const { pictures, arrived, give, giveNone } = setUp();
    pictures.want([tile(0), tile(1), tile(2)]);
    await giveNone("10/0/0", false);
    await give("10/1/0", "broken");
    expect(arrived()).toBe(0);
    await give("10/2/0");
    expect(arrived()).toBe(1);
    expect(pictures.get(tile(2))).toBeDefined();
    expect(pictures.get(tile(1))).toBeUndefined();
  });

  it("that do not exist are not asked for again; those of a server that does not answer are, after a while", async () => {
    const { pictures, names, give, giveNone, wait, offline } = setUp();
    pictures.want([tile(0), tile(1)]);
    await giveNone("10/0/0", false);
    await giveNone("10/1/0", true);
    pictures.want([tile(0), tile(1)]);
    expect(names()).toHaveLength(2);
    expect(offline).toEqual([true]);
    // The camera stands still.
    wait(12_000);
    expect(names()).toEqual(["10/0/0", "10/1/0", "10/1/0"]);
    await give("10/1/0");
    expect(offline).toEqual([true, false]);
  });

  it("are forgotten, the longest unused first", async () => {
    const { pictures, disposed, give } = setUp();
    for (let column = 0; column < 400; column++) {
      pictures.want([tile(column)]);
      await give(`10/${column}/0`);
    }
    pictures.get(tile(0));
    pictures.want([tile(400)]);
    await give("10/400/0");
    expect(disposed).toEqual(["10/1/0"]);
  });

  it("are given back when the scene ends, also those that were on their way", async () => {
    const { pictures, disposed, give, arrived } = setUp();
    pictures.want([tile(0), tile(1)]);
    await give("10/0/0");
    pictures.dispose();
    await give("10/1/0");
    expect(disposed).toEqual(["10/0/0", "10/1/0"]);
    expect(arrived()).toBe(1);
  });
});

describe("the picture of a map", () => {
  const frame = sceneFrameAt({ latitudeDeg: 50.7745, longitudeDeg: 1.6075 });
  const sheet = { place: { eastM: 0, northM: 0, halfWidthM: 512 }, sizePx: 1024 };
  const cleared: number[][] = [];
  const nothing = (): void => undefined;
  const canvas: TileCanvas = {
    ...{ fillStyle: "", strokeStyle: "", lineWidth: 1, lineCap: "butt", lineJoin: "miter" },
    ...{ setTransform: nothing, transform: nothing, drawImage: nothing, save: nothing, restore: nothing },
    ...{ beginPath: nothing, rect: nothing, clip: nothing, fill: nothing, stroke: nothing },
    clearRect: (...sides) => cleared.push(sides),
  };

  it("is painted of the tiles that are there, on a clear ground", async () => {
    const { pictures, painted, give } = setUp();
    const tiles = sheetTiles(sheet, frame, pictures);
    expect(tiles[0]?.zoom).toBe(17);
    pictures.want(tiles);
    const first = nameOf(tiles[0] ?? tile(0));
    await give(first);
    paintSheet(canvas, { ...sheet, painted: new Map() }, frame, [pictures]);
    expect(painted).toEqual([`${first} 0 0 1`]);
    expect(cleared[0]).toEqual([0, 0, 1024, 1024]);
  });

  it("shows the part of a coarser tile where the right one is not there yet", async () => {
    const { pictures, painted, give } = setUp();
    const tiles = sheetTiles(sheet, frame, pictures);
    const { zoom = 0, column = 0, row = 0 } = tiles[0] ?? {};
    const coarse = { zoom: zoom - 2, column: Math.floor(column / 4), row: Math.floor(row / 4) };
    pictures.want([coarse]);
    await give(nameOf(coarse));
    paintSheet(canvas, { ...sheet, painted: new Map() }, frame, [pictures]);
    expect(painted).toContain(`${nameOf(coarse)} ${(column % 4) / 4} ${(row % 4) / 4} 0.25`);
  });

  it("is painted again only where something better has arrived", async () => {
    const { pictures, painted, give } = setUp();
    const [first = tile(0), second = tile(0)] = sheetTiles(sheet, frame, pictures);
    pictures.want([first, second]);
    await give(nameOf(first));
    const shown = { ...sheet, painted: new Map() };
    paintSheet(canvas, shown, frame, [pictures]);
    await give(nameOf(second));
    paintSheet(canvas, shown, frame, [pictures]);
    paintSheet(canvas, shown, frame, [pictures]);
    expect(painted).toEqual([`${nameOf(first)} 0 0 1`, `${nameOf(second)} 0 0 1`]);
  });

  it("has drawings over the map, also over a tile that arrives after them, and clears nothing between", async () => {
    const [map, drawing] = [setUp(), setUp({ ...MAP, id: "map-1", isOverlay: true })];
    const order: string[] = [];
    const note = (layer: string) => (words: string) => order.push(`${layer} ${words}`);
    map.painted.push = note("map");
    drawing.painted.push = note("drawing");
    const [first = tile(0)] = sheetTiles(sheet, frame, map.pictures);
    const shown = { ...sheet, painted: new Map() };
    const layers = [map.pictures, drawing.pictures];
    drawing.pictures.want([first]);
    await drawing.give(nameOf(first));
    paintSheet(canvas, shown, frame, layers);
    map.pictures.want([first]);
    await map.give(nameOf(first));
    const before = cleared.length;
    paintSheet(canvas, shown, frame, layers);
    const where = `${nameOf(first)} 0 0 1`;
    expect(order).toEqual([`drawing ${where}`, `map ${where}`, `drawing ${where}`]);
    // The whole sheet, and what was under the map's tile.
    expect(cleared.length - before).toBe(2);
  });

  it("needs fewer tiles of a map that is drawn, not enlarged", () => {
    const vector = setUp({ ...MAP, encoding: "mvt" }).pictures;
    expect(sheetTiles(sheet, frame, vector)[0]?.zoom).toBe(15);
  });
});
