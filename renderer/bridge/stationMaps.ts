/** The station's maps of the ground, and their tiles. */
import type { Hello, UiRequest } from "../../src/contract/messages.js";
import type { MapDescription } from "../../src/geo/tiles/mapDescription.js";
import type { TileAddress } from "../../src/geo/tiles/webMercator.js";
import { Latest } from "./latest.js";
import type { Reply } from "./requests.js";

/** Without bytes the map has no such tile; `isLater`: it may have one, but did not give it now. */
export type MapTile = { readonly bytes: Uint8Array | undefined; readonly isLater: boolean };

export type StationMaps = {
  readonly list: Latest<readonly MapDescription[]>;
  readonly tile: (mapId: string, tile: TileAddress) => Promise<MapTile>;
};

export function createStationMaps(
  hello: Latest<Hello | undefined>,
  ask: (request: UiRequest) => Promise<Reply>,
): { readonly maps: StationMaps; readonly load: () => void } {
  const list = new Latest<readonly MapDescription[]>([]);
  const load = async (): Promise<void> => {
    if (hello.get()?.hasMaps !== true) {
      if (list.get().length > 0) list.set([]);
      return;
    }
    const reply = await ask({ kind: "get-maps" });
    if (reply.ok && reply.value.kind === "maps") list.set(reply.value.maps);
  };
  return {
    maps: {
      list,
      tile: async (mapId, { zoom, column, row }) => {
        const reply = await ask({ kind: "get-map-tile", mapId, zoom, column, row });
        // A station that does not answer now may answer later.
        if (!reply.ok) return { bytes: undefined, isLater: true };
        return reply.value.kind === "map-tile" ? reply.value : { bytes: undefined, isLater: false };
      },
    },
    load: () => void load(),
  };
}
