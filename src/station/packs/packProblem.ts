import type { BadFile } from "../../geo/badFile.js";
import type { IoFailure } from "../../io/fileStore.js";
import type { ZipProblem } from "../../io/pack/zipDirectory.js";
import type { ZipWriteProblem } from "../../io/pack/writeZip.js";
import type { OpenFileProblem } from "../../io/regularFile.js";
import type { MapFileProblem } from "../maps/mapFile.js";
import type { TerrainFileProblem } from "../terrain/readTerrainFile.js";

/** Why one file of a pack cannot be used, from the reader of its kind. */
export type PackFileProblem =
  | { readonly kind: "map"; readonly problem: MapFileProblem }
  | { readonly kind: "terrain"; readonly problem: TerrainFileProblem }
  | { readonly kind: "coast" | "tide" | "names"; readonly problem: BadFile | IoFailure };

export type PackProblem =
  | ZipProblem
  | ZipWriteProblem
  | OpenFileProblem
  | BadFile
  | { readonly kind: "no-manifest" }
  /** Listed in the manifest, and not in the pack. */
  | { readonly kind: "not-in-pack"; readonly name: string }
  /** In the pack, and not listed in its manifest. */
  | { readonly kind: "not-listed"; readonly name: string }
  /** Said to be read with a map of the pack, and no map is read with it. */
  | { readonly kind: "not-used"; readonly name: string }
  | { readonly kind: "size-differs"; readonly name: string; readonly statedBytes: number; readonly foundBytes: number }
  | { readonly kind: "hash-differs"; readonly name: string }
  | { readonly kind: "unusable"; readonly file: string; readonly problem: PackFileProblem }
  | { readonly kind: "no-space"; readonly neededBytes: number; readonly freeBytes: number }
  /** A map on a server does not work without a network. */
  | { readonly kind: "online-map"; readonly file: string }
  | { readonly kind: "same-name"; readonly name: string }
  | { readonly kind: "no-such-pack"; readonly name: string };

/** For work that takes long. */
export type PackWatch = {
  /** Asked between two pieces of a file; true ends the work with the problem "stopped", and nothing of it is kept. */
  readonly shouldStop: () => boolean;
  /** Called before each file. */
  readonly onFile: (name: string) => void;
  /** Called after each piece that was read or written. */
  readonly onBytes?: ((countOfBytes: number) => void) | undefined;
};
