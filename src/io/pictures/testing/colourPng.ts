/** PNG files of 8 bits a colour for tests, written after the specification (https://www.w3.org/TR/png-3/). */
import { crc32, deflateSync } from "node:zlib";

type Colours = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0xRRGGBB, or 0xRRGGBBAA with `hasAlpha`. */
  readonly colourAt: (x: number, y: number) => number;
  readonly hasAlpha?: boolean;
  /** The one colour that is transparent. */
  readonly absent?: number;
};

export function colourPng({ widthPx, heightPx, colourAt, hasAlpha = false, absent }: Colours): Buffer {
  const perPixel = hasAlpha ? 4 : 3;
  const rows = Buffer.alloc((1 + perPixel * widthPx) * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++)
      rows.writeUIntBE(colourAt(x, y), y * (1 + perPixel * widthPx) + 1 + perPixel * x, perPixel);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, hasAlpha ? 6 : 2], 8);
  return pngOf([["IHDR", header], ...(absent === undefined ? [] : [keyOf(absent)]), ["IDAT", deflateSync(rows)]]);
}

type Chunk = readonly [type: string, body: Uint8Array];

const keyOf = (colour: number): Chunk => [
  "tRNS",
  Buffer.of(0, colour >> 16, 0, (colour >> 8) & 0xff, 0, colour & 0xff),
];

/** `IEND` is added. */
export const pngOf = (chunks: readonly Chunk[]): Buffer =>
  Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    ...[...chunks, ["IEND", Buffer.alloc(0)] as const].map(([type, body]) => {
      const typed = Buffer.concat([Buffer.from(type, "latin1"), body]);
      const framed = Buffer.alloc(typed.byteLength + 8);
      framed.writeUInt32BE(body.byteLength, 0);
      framed.set(typed, 4);
      framed.writeUInt32BE(crc32(typed), typed.byteLength + 4);
      return framed;
    }),
  ]);
