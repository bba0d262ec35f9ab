/**
 * A GeoTIFF as a picture: colours, with its overviews and its mask. Only directories are read at first, then the blocks that are asked
 * for: a chart of 20,000 x 20,000 pixels opens at once.
 */
import type { GeoPicture, GeoPictureProblem } from "../../core/geoPicture.js";
import type { PlaneTransform } from "../../core/geoTiffContent.js";
import { CHANNELS, type PictureLevel, readWindow } from "../../core/pictureLevels.js";
import { err, ok, type Result } from "../../core/result.js";
import { openRegularFile, type OpenFileProblem } from "../regularFile.js";
import { readPictureBlock } from "./pictureBlock.js";
import { FormNotRead, isMask, isReduced, type PicturePage, readPicturePage } from "./picturePage.js";
import { byMatrix, byTiePoint, keysOf } from "./readGeoTiff.js";
import { rangesOf, type ReadRange, readTiffPages, type TiffPage } from "./tiffFile.js";

const TAG = { copyright: 33_432, pixelScale: 33_550, tiePoint: 33_922, matrix: 34_264, keys: 34_735 } as const;
/** GeoTIFF 1.1, section 7: keys. */
const KEY = { rasterType: 1025, geodeticSystem: 2048, projectedSystem: 3072 } as const;
const PIXEL_IS_POINT = 2;
/** "User-defined": the file describes a system of its own. */
const OWN_SYSTEM = 32_767;

/** A picture whose own file may not say where it lies: then a world file must. */
type PlacedPicture = Omit<GeoPicture, "toPlane"> & { readonly toPlane: PlaneTransform | undefined };

export async function openTiffPicture(
  file: string,
): Promise<Result<PlacedPicture, OpenFileProblem | GeoPictureProblem>> {
  const opened = await openRegularFile(file);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  const read = rangesOf(handle, bytes);
  try {
    const pages = await readTiffPages(read);
    const picture = pages && (await pictureOf(pages, read, bytes));
    if (picture) return ok({ ...picture, close: () => handle.close() });
    await handle.close();
    return err({ kind: "not-this-format", format: "TIFF" });
  } catch (problem) {
    await handle.close();
    if (problem instanceof FormNotRead) return err({ kind: "form-not-read", form: problem.message });
    return err({ kind: "damaged", reason: problem instanceof Error ? problem.message : String(problem) });
  }
}

async function pictureOf(
  pages: readonly TiffPage[],
  read: ReadRange,
  fileBytes: number,
): Promise<Omit<PlacedPicture, "close"> | undefined> {
  const [first] = pages;
  if (!first) return undefined;
  const keys = keysOf(await first.numbers(TAG.keys));
  const epsg = keys.get(KEY.projectedSystem) ?? keys.get(KEY.geodeticSystem) ?? OWN_SYSTEM;
  const isPoint = keys.get(KEY.rasterType) === PIXEL_IS_POINT;
  return {
    levels: await levelsOf(pages, read, fileBytes),
    toPlane: await transformOf(first, isPoint),
    epsg: epsg === OWN_SYSTEM ? undefined : epsg,
    attribution: (await first.text(TAG.copyright)) ?? "",
  };
}

async function transformOf(page: TiffPage, isPoint: boolean): Promise<PlaneTransform | undefined> {
  const [matrix, scale, tie] = [
    await page.numbers(TAG.matrix),
    await page.numbers(TAG.pixelScale),
    await page.numbers(TAG.tiePoint),
  ];
  const found = matrix && matrix.length >= 16 ? byMatrix(matrix) : scale && tie && byTiePoint(scale, tie);
  if (!found || !isPoint) return found;
  // The file counts from the middle of the first pixel.
  const { x0, xPerColumn, xPerRow, y0, yPerColumn, yPerRow } = found;
  return { ...found, x0: x0 - (xPerColumn + xPerRow) / 2, y0: y0 - (yPerColumn + yPerRow) / 2 };
}

async function levelsOf(
  pages: readonly TiffPage[],
  read: ReadRange,
  fileBytes: number,
): Promise<readonly PictureLevel[]> {
  const [first, ...others] = pages;
  if (!first) return [];
  const finest = await readPicturePage(first, fileBytes);
  const coarser: PicturePage[] = [];
  const masks: PictureLevel[] = [];
  for (const page of others) {
    if (await isMask(page)) masks.push(levelOf(await readPicturePage(page, fileBytes), read));
    else if (await isReduced(page))
      coarser.push({ ...(await readPicturePage(page, fileBytes)), noData: finest.noData });
  }
  const isOverview = ({ columns, rows }: PicturePage): boolean =>
    columns < finest.columns && Math.abs(columns / finest.columns - rows / finest.rows) < 1 / columns + 1 / rows;
  const chosen = [finest, ...coarser.filter(isOverview).toSorted((one, other) => other.columns - one.columns)];
  return chosen.map((page) => {
    const mask = masks.find(({ columns, rows }) => columns === page.columns && rows === page.rows);
    const level = levelOf(page, read);
    return mask ? masked(level, mask) : level;
  });
}

const levelOf = (page: PicturePage, read: ReadRange): PictureLevel => ({
  ...{ columns: page.columns, rows: page.rows, blockColumns: page.blockColumns, blockRows: page.blockRows },
  block: (across, down) => readPictureBlock(page, read, across, down).catch(() => undefined),
});

/** A mask is a picture of the same size, white where the other is to be seen. */
const masked = (level: PictureLevel, mask: PictureLevel): PictureLevel => ({
  ...level,
  block: async (across, down) => {
    const { blockColumns, blockRows } = level;
    const window = { left: across * blockColumns, top: down * blockRows, columns: blockColumns, rows: blockRows };
    const [pixels, shown] = [await level.block(across, down), await readWindow(mask, window)];
    if (!pixels || !shown) return undefined;
    for (let at = 0; at < pixels.byteLength; at += CHANNELS) if (shown[at] === 0) pixels[at + 3] = 0;
    return pixels;
  },
});
