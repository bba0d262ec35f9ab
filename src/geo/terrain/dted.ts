/**
 * DTED levels 0 to 2 (MIL-PRF-89020B): three headers, then a record for each meridian from the west, whose heights run from
 * south to north, big-endian in sign and magnitude, -32767 where there is none.
 */
import { err, ok, type Result } from "../../core/result.js";
import type { BadTerrain } from "./badTerrain.js";
import { gridSource, measuredRaster } from "./gridSource.js";
import { graticule } from "./rasterGrid.js";
import type { HeightDatum, TerrainAccuracy, TerrainSource } from "./terrain.js";

const UHL_BYTES = 80;
const DSI_BYTES = 648;
const ACC_BYTES = 2700;
const HEADERS_BYTES = UHL_BYTES + DSI_BYTES + ACC_BYTES;
/** Sentinel, count, the meridian's and the first parallel's numbers. */
const PREFIX_BYTES = 8;
const CHECKSUM_BYTES = 4;
const SENTINEL = 0xaa;
/** One degree (section 3.13), and rounding. */
const CELL_MAX_DEG = 1.0001;
const VOID_MAGNITUDE = 0x7fff;
/**
 * No land is so low: a file with such heights was written in two's complement, against the standard (GDAL's driver reads
 * them so too).
 */
const MAGNITUDE_MAX = 16_000;
/** Where a file gives no accuracy ("NA"): level 0's and 1's goal, 30 m and 50 m at 90 % (table 1). */
const GOAL_90 = { verticalM: 30, horizontalM: 50 };

export function readDted(bytes: Uint8Array, name: string): Result<TerrainSource, BadTerrain> {
  const text = (from: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(from, from + length)).trim();
  if (text(0, 3) !== "UHL") return err({ kind: "not-this-format", format: "dted" });
  const header = headerOf(text);
  if (!header.ok) return header;
  const { columns, rows } = header.value;
  const recordBytes = PREFIX_BYTES + 2 * rows + CHECKSUM_BYTES;
  const expectedBytes = HEADERS_BYTES + columns * recordBytes;
  if (bytes.byteLength < expectedBytes) return err({ kind: "wrong-length", bytes: bytes.byteLength, expectedBytes });
  const heightsM = new Float32Array(columns * rows);
  for (let column = 0; column < columns; column++) {
    const at = HEADERS_BYTES + column * recordBytes;
    const failure = readRecord({ bytes, at, column, columns, rows }, heightsM);
    if (failure) return err({ kind: "bad-record", at, because: failure });
  }
  const { datum, accuracy, west, south, stepEastDeg, stepSouthDeg } = header.value;
  return ok(
    gridSource(
      measuredRaster({
        ...{ name, datum, accuracy, columns, rows, heightsM, marginCells: 0 },
        placement: graticule(
          { latitudeDeg: south + (rows - 1) * stepSouthDeg, longitudeDeg: west },
          stepEastDeg,
          stepSouthDeg,
        ),
      }),
    ),
  );
}

type Header = {
  readonly west: number;
  readonly south: number;
  readonly stepEastDeg: number;
  readonly stepSouthDeg: number;
  readonly columns: number;
  readonly rows: number;
  readonly datum: HeightDatum;
  readonly accuracy: TerrainAccuracy;
};

function headerOf(text: (from: number, length: number) => string): Result<Header, BadTerrain> {
  const bad = (field: string, at: number) => err({ kind: "bad-header" as const, field, at });
  const [west, south] = [angleDeg(text(4, 8)), angleDeg(text(12, 8))];
  if (west === undefined) return bad("longitude of origin", 4);
  if (south === undefined) return bad("latitude of origin", 12);
  // In tenths of an arc second.
  const [stepEastDeg, stepSouthDeg] = [Number(text(20, 4)) / 36_000, Number(text(24, 4)) / 36_000];
  if (!(stepEastDeg > 0)) return bad("longitude interval", 20);
  if (!(stepSouthDeg > 0)) return bad("latitude interval", 24);
  const [columns, rows] = [Number(text(47, 4)), Number(text(51, 4))];
  if (!(columns >= 2)) return bad("number of longitude lines", 47);
  if (!(rows >= 2)) return bad("number of latitude points", 51);
  // A cell is one degree: a file that claims more lies about its intervals, and every height would be elsewhere.
  if ((columns - 1) * stepEastDeg > CELL_MAX_DEG) return bad("longitude interval", 20);
  if ((rows - 1) * stepSouthDeg > CELL_MAX_DEG) return bad("latitude interval", 24);
  const datum = datumOf(text(UHL_BYTES + 141, 3));
  if (!datum) return err({ kind: "unknown-datum", datum: text(UHL_BYTES + 141, 3) });
  const accuracyAt = UHL_BYTES + DSI_BYTES;
  const horizontalM = accuracy90(text(accuracyAt + 3, 4)) ?? GOAL_90.horizontalM;
  const verticalM = accuracy90(text(accuracyAt + 7, 4)) ?? GOAL_90.verticalM;
  // 90 % of a normal error in one and in two dimensions, as one sigma.
  const accuracy = { verticalSigmaM: verticalM / 1.6449, horizontalSigmaM: horizontalM / 2.146 };
  return ok({ west, south, stepEastDeg, stepSouthDeg, columns, rows, datum, accuracy });
}

/** "0013000E": degrees, minutes, seconds. */
function angleDeg(text: string): number | undefined {
  const [, degrees = "", minutes = "", seconds = "", side = ""] = /^(\d{2,3})(\d{2})(\d{2})([NSEW])$/.exec(text) ?? [];
  if (side === "" || Number(degrees) > 180) return undefined;
  const angle = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return side === "S" || side === "W" ? -angle : angle;
}

/** "MSL" is mean sea level by EGM96 in the standard; older files may leave the field empty. */
const datumOf = (text: string): HeightDatum | undefined =>
  text === "MSL" || text === "E96" || text === "" ? "egm96" : undefined;

const accuracy90 = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

type DtedRecord = {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
};

/** Fills one column of the raster; returns what is wrong with the record. */
function readRecord(
  { bytes, at, column, columns, rows }: DtedRecord,
  heightsM: Float32Array,
): "sentinel" | "order" | "checksum" | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, PREFIX_BYTES + 2 * rows + CHECKSUM_BYTES);
  if (view.getUint8(0) !== SENTINEL) return "sentinel";
  if (view.getUint16(4) !== column) return "order";
  const summedBytes = PREFIX_BYTES + 2 * rows;
  let sum = 0;
  for (let i = 0; i < summedBytes; i++) sum += view.getUint8(i);
  if (view.getUint32(summedBytes) !== sum) return "checksum";
  for (let i = 0; i < rows; i++)
    heightsM[(rows - 1 - i) * columns + column] = heightOf(view.getUint16(PREFIX_BYTES + 2 * i));
  return undefined;
}

/** Sign and magnitude; NaN for a void. */
function heightOf(raw: number): number {
  const magnitude = raw & VOID_MAGNITUDE;
  if (raw < 0x8000) return magnitude === VOID_MAGNITUDE ? Number.NaN : magnitude;
  if (magnitude === VOID_MAGNITUDE) return Number.NaN;
  return magnitude > MAGNITUDE_MAX ? raw - 0x1_0000 : -magnitude;
}
