import path from "node:path";
import { ok, type Result } from "../../core/result.js";
import type { MapDescription } from "../../geo/tiles/mapDescription.js";
import type { MapWorkerData, TileAsked, TileFound } from "./mapMessages.js";
import type { MapFileProblem, MapRemark, OpenedFile, OpenMap } from "./mapFile.js";
import { openMap } from "./openMap.js";
import { openOverlay, OVERLAY_ENDINGS } from "./openOverlay.js";

export type OpenMaps = {
  readonly maps: readonly MapDescription[];
  readonly problems: readonly { readonly file: string; readonly problem: MapFileProblem }[];
  readonly remarks: readonly { readonly file: string; readonly remark: MapRemark }[];
  readonly tile: (asked: TileAsked) => Promise<TileFound>;
  readonly close: () => Promise<void>;
};

const NOTHING: TileFound = { bytes: undefined, isLater: false };

/** A map's id is its place in the list of files, and in the file where that holds several: see `openMaps`. */
export const mapIdOf = (index: number): string => `map-${index}`;
/** Of the file's first map, or of a further one. */
export const isMapIdOf = (id: string, index: number): boolean =>
  id === mapIdOf(index) || id.startsWith(`${mapIdOf(index)}-`);

/** Opens all maps that can be; a map's id is its place in the list of files, and in the file where that holds several. */
export async function openMaps({ files, cacheFolder }: MapWorkerData): Promise<OpenMaps> {
  const open = new Map<string, OpenMap>();
  const problems: { file: string; problem: MapFileProblem }[] = [];
  const remarks: { file: string; remark: MapRemark }[] = [];
  for (const [index, file] of files.entries()) {
    const opened = await openMapFile(file, cacheFolder);
    if (!opened.ok) {
      problems.push({ file, problem: opened.error });
      continue;
    }
    const { maps } = opened.value;
    maps.forEach((map, i) => open.set(i === 0 ? mapIdOf(index) : `${mapIdOf(index)}-${i}`, map));
    remarks.push(...opened.value.remarks.map((remark) => ({ file, remark })));
  }
  return {
    maps: [...open].map(([id, { description }]) => ({ id, ...description })),
    problems,
    remarks,
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

/** A map or a drawing, by the ending of its name. */
export async function openMapFile(file: string, cacheFolder: string): Promise<Result<OpenedFile, MapFileProblem>> {
  if (OVERLAY_ENDINGS.includes(path.extname(file).toLowerCase())) return openOverlay(file);
  const map = await openMap(file, cacheFolder);
  return map.ok ? ok({ maps: [map.value], remarks: [] }) : map;
}
