import type { MapDescription } from "../../geo/tiles/mapDescription.js";
import type { TileAddress } from "../../geo/tiles/webMercator.js";
import type { MapFileProblem, MapRemark } from "./mapFile.js";

/** The worker's start data. */
export type MapWorkerData = { readonly files: readonly string[]; readonly cacheFolder: string };

export type TileAsked = { readonly mapId: string } & TileAddress;
/** `bytes` is undefined where the map has no such tile; `isLater`: it may have one, but did not give it now. */
export type TileFound = { readonly bytes: Uint8Array<ArrayBuffer> | undefined; readonly isLater: boolean };

/** Station to map worker. `close` ends it, after its files are closed. */
export type ToMaps =
  { readonly kind: "tile"; readonly callId: number; readonly asked: TileAsked } | { readonly kind: "close" };

/** Map worker to station. */
export type FromMaps =
  | {
      readonly kind: "opened";
      readonly maps: readonly MapDescription[];
      readonly problems: readonly { readonly file: string; readonly problem: MapFileProblem }[];
      readonly remarks: readonly { readonly file: string; readonly remark: MapRemark }[];
    }
  | ({ readonly kind: "tile"; readonly callId: number } & TileFound);
