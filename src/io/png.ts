import { deflateSync } from "node:zlib";
import { crc32 } from "../core/crc32.js";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** An 8-bit grey PNG (https://www.w3.org/TR/png-3/): all that snapshots need, with less code than a package. */
export const encodeGreyPng = (widthPx: number, heightPx: number, luma: Uint8Array): Uint8Array =>
  encodePng({ widthPx, heightPx, type: GREY, level: SMALL }, luma);

/** The same in colours: red, green, blue and opacity of each pixel; packed in a hurry, since nobody keeps it. */
export const encodeColourPng = (widthPx: number, heightPx: number, pixels: Uint8Array): Uint8Array =>
  encodePng({ widthPx, heightPx, type: COLOURS, level: FAST }, pixels);

/** Colour types (table 11.1), and bytes a pixel. */
const GREY = { code: 0, bytes: 1 } as const;
const COLOURS = { code: 6, bytes: 4 } as const;
/** zlib's levels. */
const SMALL = 6;
const FAST = 1;

type Form = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly type: typeof GREY | typeof COLOURS;
  readonly level: number;
};

function encodePng({ widthPx, heightPx, type, level }: Form, pixels: Uint8Array): Uint8Array {
  const rowBytes = widthPx * type.bytes;
  if (pixels.byteLength < rowBytes * heightPx) throw new Error("Invariant: fewer pixels than width x height");
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header[8] = 8; // bits a sample; the fields after the colour type stay zero
  header[9] = type.code;
  // Each row starts with its filter type: 0, none.
  const rows = Buffer.alloc((rowBytes + 1) * heightPx);
  for (let y = 0; y < heightPx; y++)
    rows.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.byteLength + 8);
  framed.writeUInt32BE(data.byteLength, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.byteLength + 4);
  return framed;
}
