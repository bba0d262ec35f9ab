/** The compressions of a TIFF's blocks that pictures are packed with. Each stops at the bytes that its pixels need. */
import { readJpegColours } from "../pictures/jpegReader.js";
import { inflated, unpacked, unpackedBits, unpackedLzw, type Unpack } from "../pictures/tiffCodecs.js";
import { prepareDecoders, unpackedZstd } from "./geoTiffDecoders.js";

const JPEG = 7;
const ZSTD = 50_000;
const UNPACKERS: ReadonlyMap<number, Unpack> = new Map([
  [1, unpacked],
  [5, unpackedLzw],
  [8, inflated],
  [32_946, inflated],
  [32_773, unpackedBits],
  [ZSTD, unpackedZstd],
]);
const UNREAD: ReadonlyMap<number, string> = new Map([
  [2, "fax compression"],
  [3, "fax compression"],
  [4, "fax compression"],
  [6, "old JPEG"],
  [34_712, "JPEG 2000"],
  [34_887, "LERC"],
  [50_001, "WebP"],
]);

type JpegBlocks = {
  readonly columns: number;
  readonly rows: number;
  readonly isYCbCr: boolean;
  readonly jpegTables: Uint8Array | undefined;
};

/** The compression's name where it is not read here. */
export async function pictureUnpacker(compression: number, blocks: JpegBlocks): Promise<Unpack | string> {
  if (compression === ZSTD) await prepareDecoders();
  if (compression === JPEG) return jpegUnpacker(blocks);
  return UNPACKERS.get(compression) ?? UNREAD.get(compression) ?? `compression ${compression}`;
}

/** Each block is a JPEG whose tables may stand in the directory (TIFF Technical Note 2). */
function jpegUnpacker({ columns, rows, isYCbCr, jpegTables }: JpegBlocks): Unpack {
  // Without its end marker the tables' stream goes on in the block's, whose start marker is left out.
  const tables = jpegTables?.subarray(0, endOfTables(jpegTables));
  return (packed, bytesMax) => {
    const whole = tables ? Buffer.concat([tables, packed.subarray(2)]) : packed;
    const read = readJpegColours(whole, isYCbCr);
    if (!read.ok) return undefined;
    const { widthPx, heightPx, isGrey, pixels } = read.value;
    if (widthPx !== columns || heightPx > rows) return undefined;
    const bands = isGrey ? pixels.filter((_, i) => i % 3 === 0) : pixels;
    return bands.subarray(0, bytesMax);
  };
}

function endOfTables(tables: Uint8Array): number {
  const end = tables.byteLength - 2;
  return end >= 0 && tables[end] === 0xff && tables[end + 1] === 0xd9 ? end : tables.byteLength;
}
