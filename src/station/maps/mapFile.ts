/** What is known of a map once its file is open, and why one cannot be. */
import type { GeoPictureProblem } from "../../core/geoPicture.js";
import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import type { MapDescription } from "../../geo/tiles/mapDescription.js";
import type { TileAddress } from "../../geo/tiles/webMercator.js";
import type { ContainerProblem, TileProblem } from "../../io/maps/tileContainer.js";

export type MapFileProblem =
  | ContainerProblem
  | BadFile
  | GeoPictureProblem
  | { readonly kind: "bad-world-file" }
  /** A world file counts in metres, and nothing says in which system. */
  | { readonly kind: "no-system" }
  | { readonly kind: "unknown-projection"; readonly epsg: number | undefined }
  | { readonly kind: "not-on-earth" }
  /** Of a drawing: nothing in it is to be seen. */
  | { readonly kind: "empty-drawing" }
  /** A drawing names a picture that is neither in its KMZ nor beside it. */
  | { readonly kind: "picture-not-there"; readonly href: string }
  /** Where files are taken along without their folders: a picture of a drawing lies in one. */
  | { readonly kind: "picture-in-folder"; readonly picture: string }
  | { readonly kind: "no-map" }
  | { readonly kind: "unknown-encoding"; readonly encoding: string }
  | { readonly kind: "no-tiles" };

export type OpenMap = {
  /** Paths of the files beside it that it was read with: without them it is another map, or none. */
  readonly besides: readonly string[];
  readonly description: Omit<MapDescription, "id">;
  /** Undefined where the map has no such tile; fails when it may have one. */
  readonly tile: (at: TileAddress) => Promise<Result<Uint8Array | undefined, TileProblem>>;
  readonly close: () => Promise<void>;
};

/** What a person should know of a map that was opened all the same. */
export type MapRemark =
  | { readonly kind: "links-not-followed"; readonly count: number }
  | { readonly kind: "picture-left-out"; readonly href: string; readonly problem: MapFileProblem }
  | { readonly kind: "more-pictures"; readonly count: number; readonly max: number };

export type OpenedFile = { readonly maps: readonly OpenMap[]; readonly remarks: readonly MapRemark[] };
