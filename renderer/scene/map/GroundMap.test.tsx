// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import { WHOLE_WORLD } from "../../../src/geo/tiles/geoBounds.js";
import { type MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { TileAddress } from "../../../src/geo/tiles/webMercator.js";
import { Latest } from "../../bridge/latest.js";
import { openLayer } from "../testing/openLayer.js";
import { GroundMap } from "./GroundMap.js";
import { chosenMap, NO_MAP, overlaysOf } from "./useShownMap.js";

const MAP: MapDescription = {
  ...{ id: "map-0", name: "Plan", attribution: "", encoding: "png", isOnline: false, bounds: WHOLE_WORLD },
  ...{ zoomMin: 0, zoomMax: 19 },
};

const isOffline = new Latest(false);

describe("a map on the ground", () => {
  it("asks for the tiles around the camera's target, of a wide picture and of a fine one", async () => {
    const asked: TileAddress[] = [];
    const ask = vi.fn((_: string, tile: TileAddress) => {
      asked.push(tile);
      return Promise.resolve({ bytes: undefined, isLater: false });
    });
    const layer = await openLayer(<GroundMap map={MAP} ask={ask} isOffline={isOffline} />);
    layer.draw(1);
    await expect.poll(() => new Set(asked.map(({ zoom }) => zoom)).size).toBe(2);
    expect(ask.mock.calls[0]?.[0]).toBe("map-0");
    const before = asked.length;
    layer.tools.rig.lookAt(5000, 0, 400);
    layer.draw(2);
    await expect.poll(() => asked.length).toBeGreaterThan(before);
  });

  it("leaves the ground plain when it is taken away", async () => {
    const ask = () => Promise.resolve({ bytes: undefined, isLater: false });
    const layer = await openLayer(<GroundMap map={MAP} ask={ask} isOffline={isOffline} />);
    const { uMapNear } = layer.tools.ground;
    const sheet = uMapNear.value;
    await layer.unmount();
    expect(layer.tools.ground.uMapNearAt.value.z).toBe(0);
    expect(layer.tools.ground.uMapFarAt.value.z).toBe(0);
    expect(sheet).toBeDefined();
  });
});

describe("another map on the ground", () => {
  it("stays when the one before it is taken away", async () => {
    // The test's page has no canvas that can be painted on.
    const painter = { setTransform: () => undefined, clearRect: () => undefined };
    const getContext = vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(painter as never);
    const ask = () => Promise.resolve({ bytes: undefined, isLater: false });
    const layer = await openLayer(<GroundMap map={MAP} ask={ask} isOffline={isOffline} />);
    layer.draw(1);
    const before = layer.tools.ground.uMapNearAt.value;
    await layer.rerender(<GroundMap map={{ ...MAP, id: "map-1" }} ask={ask} isOffline={isOffline} />);
    layer.draw(2);
    const { uMapNearAt } = layer.tools.ground;
    expect(uMapNearAt.value).not.toBe(before);
    expect(uMapNearAt.value.z).toBe(512);
    getContext.mockRestore();
  });
});

describe("a map whose server does not answer", () => {
  it("is said to, and no longer when it is taken away", async () => {
    const ask = () => Promise.resolve({ bytes: undefined, isLater: true });
    const layer = await openLayer(<GroundMap map={MAP} ask={ask} isOffline={isOffline} />);
    layer.draw(1);
    await expect.poll(() => isOffline.get()).toBe(true);
    await layer.unmount();
    expect(isOffline.get()).toBe(false);
  });
});

describe("drawings over the map", () => {
  const OVERLAY: MapDescription = { ...MAP, id: "map-2", name: "Zones", encoding: "mvt", isOverlay: true };

  it("are asked for beside the map, and without one", async () => {
    const asked = new Set<string>();
    const ask = (mapId: string) => {
      asked.add(mapId);
      return Promise.resolve({ bytes: undefined, isLater: false });
    };
    const overlays = [OVERLAY];
    const layer = await openLayer(<GroundMap map={MAP} overlays={overlays} ask={ask} isOffline={isOffline} />);
    layer.draw(1);
    await expect.poll(() => [...asked].toSorted()).toEqual(["map-0", "map-2"]);
    await layer.rerender(<GroundMap map={undefined} overlays={overlays} ask={ask} isOffline={isOffline} />);
    asked.clear();
    layer.draw(2);
    await expect.poll(() => [...asked]).toEqual(["map-2"]);
  });

  it("are never taken for a map to choose", () => {
    expect(chosenMap([OVERLAY, MAP], undefined)?.id).toBe("map-0");
    expect(chosenMap([OVERLAY], "Zones")).toBeUndefined();
    expect(overlaysOf([OVERLAY, MAP])).toEqual([OVERLAY]);
  });
});

describe("which map is shown", () => {
  const list = [MAP, { ...MAP, id: "map-1", name: "Aerial" }];

  it("is the one that was chosen; the first as long as nobody chose, or when the chosen one is gone; none when none is wanted", () => {
    expect(chosenMap(list, "Aerial")?.id).toBe("map-1");
    expect(chosenMap(list, undefined)?.id).toBe("map-0");
    expect(chosenMap(list, "Other")?.id).toBe("map-0");
    expect(chosenMap(list, NO_MAP)).toBeUndefined();
    expect(chosenMap([], undefined)).toBeUndefined();
  });
});
