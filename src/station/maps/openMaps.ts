import type { MapDescription } from "../../geo/tiles/mapDescription.js";
import type { MapWorkerData, TileAsked, TileFound } from "./mapMessages.js";
import type { MapFileProblem, OpenMap } from "./mapFile.js";
import { openMap } from "./openMap.js";

export type OpenMaps = {
  readonly maps: readonly MapDescription[];
  readonly problems: readonly { readonly file: string; readonly problem: MapFileProblem }[];
  readonly tile: (asked: TileAsked) => Promise<TileFound>;
  readonly close: () => Promise<void>;
};

const NOTHING: TileFound = { bytes: undefined, isLater: false };

/** A map's id is its place in the list of files. */
export const mapIdOf = (index: number): string => `map-${index}`;

/** Opens all maps that can be. */
export async function openMaps({ files, cacheFolder }: MapWorkerData): Promise<OpenMaps> {
  const open = new Map<string, OpenMap>();
  const problems: { file: string; problem: MapFileProblem }[] = [];
  for (const [index, file] of files.entries()) {
    const map = await openMap(file, cacheFolder);
    if (map.ok) open.set(mapIdOf(index), map.value);
    else problems.push({ file, problem: map.error });
  }
  return {
    maps: [...open].map(([id, { description }]) => ({ id, ...description })),
    problems,
    tile: async ({ mapId, zoom, column, row }) => {
      const found = await open.get(mapId)?.tile({ zoom, column, row });
      if (!found) return NOTHING;
      if (!found.ok) return { bytes: undefined, isLater: found.error.kind === "offline" };
      // A copy of its own, which another thread can be given.
      return { bytes: found.value && new Uint8Array(found.value), isLater: false };
    },
    close: async () => {
      await Promise.all([...open.values()].map((map) => map.close()));
    },
  };
}
