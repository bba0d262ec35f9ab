/** What the station knows of the ground: its files, whose they are and how old, and where its coast's line is from. */
import type { PackState } from "./packMessages.js";
import type { GeoBounds } from "../geo/tiles/geoBounds.js";

/** A file of heights or a map that the station was started with. */
export type GroundFile = {
  readonly kind: "terrain" | "map";
  readonly name: string;
  /** The imported pack that it came with; what follows is then what the pack says of it. */
  readonly pack: string | undefined;
  /** Of the data: "2026", "2026-10", "2026-10-31". */
  readonly dataDate: string | undefined;
  readonly attribution: string | undefined;
  readonly sizeBytes: number | undefined;
  /** Distance between two heights. */
  readonly resolutionM: number | undefined;
  readonly bounds: GeoBounds | undefined;
  /** False where it could not be read. */
  readonly isUsed: boolean;
};

/** "own": a line that a person loaded; it is used until it is removed. */
export type CoastOrigin =
  { readonly kind: "none" | "built-in" | "own" } | { readonly kind: "pack"; readonly pack: string };

export type GroundFiles = {
  readonly kind: "ground-files";
  readonly files: readonly GroundFile[];
  readonly coast: CoastOrigin;
  /** All imported packs, by name. */
  readonly packs: readonly PackState[];
};
