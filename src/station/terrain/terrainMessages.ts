import type { HeightsAsked } from "../../geo/terrain/heightGrid.js";
import type { MeasuredRaster } from "../../geo/terrain/terrain.js";
import type { OverGroundAsked, OverGroundFound } from "./overGround.js";
import type { TerrainFileProblem } from "./readTerrainFile.js";

/** The worker's start data. */
export type TerrainWorkerData = { readonly files: readonly string[] };

/** Station to terrain worker. */
export type ToTerrain =
  | { readonly kind: "heights"; readonly callId: number; readonly asked: HeightsAsked }
  | { readonly kind: "over-ground"; readonly callId: number; readonly asked: OverGroundAsked };

/** Terrain worker to station. */
export type FromTerrain =
  /** Its heights are in shared memory: every thread that is given it reads the same bytes. */
  | { readonly kind: "raster"; readonly raster: MeasuredRaster }
  | { readonly kind: "not-read"; readonly file: string; readonly problem: TerrainFileProblem }
  /** No more files. */
  | { readonly kind: "all-read" }
  | { readonly kind: "heights"; readonly callId: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "over-ground"; readonly callId: number; readonly found: OverGroundFound };
