import { CHANNELS } from "../../core/pictureLevels.js";
import { sampleReader, type SampleForm, undoPrediction } from "../pictures/tiffSamples.js";
import { COLOURS, type PicturePage } from "./picturePage.js";
import type { ReadRange } from "./tiffFile.js";

/** The colours of one block, clear where the picture has none; undefined where it is damaged. */
export async function readPictureBlock(
  page: PicturePage,
  read: ReadRange,
  across: number,
  down: number,
): Promise<Uint8Array | undefined> {
  const blocksAcross = Math.ceil(page.columns / page.blockColumns);
  const blocksDown = Math.ceil(page.rows / page.blockRows);
  const index = down * blocksAcross + across;
  const rows = page.isTiled ? page.blockRows : Math.min(page.blockRows, page.rows - down * page.blockRows);
  const planes: Uint8Array[] = [];
  for (let plane = 0; plane < (page.isPlanar ? page.samples : 1); plane++) {
    const bytes = await planeOf(page, read, plane * blocksAcross * blocksDown + index, rows);
    if (bytes === "left out") return new Uint8Array(page.blockColumns * page.blockRows * CHANNELS);
    if (!bytes) return undefined;
    planes.push(bytes);
  }
  return painted(page, planes, rows);
}

/** A byte a sample, row after row without gaps. */
async function planeOf(
  page: PicturePage,
  read: ReadRange,
  index: number,
  rows: number,
): Promise<Uint8Array | "left out" | undefined> {
  const length = page.byteCounts[index] ?? 0;
  if (length === 0) return "left out";
  const perPixel = page.isPlanar ? 1 : page.samples;
  const form: SampleForm = { bits: page.bits, format: 1, perPixel, isLittleEndian: page.isLittleEndian };
  const stride = Math.ceil((page.blockColumns * perPixel * page.bits) / 8);
  const packed = await read(page.offsets[index] ?? 0, length);
  const raw = page.unpack(packed, stride * rows);
  if (!raw || raw.byteLength < stride * rows) return undefined;
  const whole = undoPrediction(raw, { ...form, stride, predictor: page.predictor, widthPx: page.blockColumns });
  if (!whole || page.bits === 8) return whole;
  const sample = sampleReader(whole, form);
  const { blockColumns } = page;
  return Uint8Array.from({ length: blockColumns * rows }, (_, i) =>
    sample(Math.floor(i / blockColumns) * stride, i % blockColumns),
  );
}

function painted(page: PicturePage, planes: readonly Uint8Array[], rows: number): Uint8Array {
  const to = new Uint8Array(page.blockColumns * page.blockRows * CHANNELS);
  const isColour = page.photometric === COLOURS.rgb || page.photometric === COLOURS.yCbCr;
  const { reds, greens, blues } = coloursOfSamples(page);
  const pixels = { step: page.isPlanar ? 1 : page.samples, count: page.blockColumns * rows };
  const bands = [reds, greens, blues].map((colours, i) => ({ colours, ...bandOf(page, planes, isColour ? i : 0) }));
  bands.forEach((band, i) => putBand(band, pixels, to, i));
  const opacity = page.opacityBand === undefined ? undefined : bandOf(page, planes, page.opacityBand);
  if (opacity) putBand({ ...opacity, colours: undefined }, pixels, to, CHANNELS - 1);
  else for (let at = CHANNELS - 1; at < pixels.count * CHANNELS; at += CHANNELS) to[at] = 255;
  if (page.noData !== undefined) clearNoData(bands, pixels, page.noData, to);
  return to;
}

type Band = { readonly bytes: Uint8Array; readonly first: number };
type Pixels = { readonly step: number; readonly count: number };

/** Sixty million times for one tile of a large chart: nothing is allocated in here. */
function putBand(
  { bytes, first, colours }: Band & { readonly colours: Uint8Array | undefined },
  { step, count }: Pixels,
  to: Uint8Array,
  channel: number,
): void {
  const end = count * CHANNELS;
  for (let at = channel, from = first; at < end; at += CHANNELS, from += step) {
    const sample = bytes[from] ?? 0;
    to[at] = colours ? (colours[sample] ?? 0) : sample;
  }
}

/** Clears the pixels all of whose bands have the number that means none. */
function clearNoData(bands: readonly Band[], { step, count }: Pixels, noData: number, to: Uint8Array): void {
  for (let pixel = 0; pixel < count; pixel++) {
    if (bands.every(({ bytes, first }) => bytes[first + pixel * step] === noData))
      to.fill(0, pixel * CHANNELS, (pixel + 1) * CHANNELS);
  }
}

/** The bytes that hold a band, and where its first sample is. */
function bandOf(page: PicturePage, planes: readonly Uint8Array[], band: number): Band {
  const bytes = planes[page.isPlanar ? band : 0];
  if (!bytes) throw new Error("Invariant: a block has all planes of its page");
  return { bytes, first: page.isPlanar ? 0 : band };
}

type Table = Uint8Array;
type Colours = { readonly reds: Table; readonly greens: Table; readonly blues: Table };

/** Colours by the value of a sample, 0 to 255. */
function coloursOfSamples({ photometric, palette, bits }: PicturePage): Colours {
  const table = (valueOf: (sample: number) => number): Table => Uint8Array.from({ length: 256 }, (_, i) => valueOf(i));
  if (palette) {
    const [reds, greens, blues] = [0, 1, 2].map((band) => table((index) => palette[3 * index + band] ?? 0));
    if (reds && greens && blues) return { reds, greens, blues };
  }
  const scale = 255 / (2 ** bits - 1);
  const isInverted = photometric === COLOURS.whiteIsZero;
  const same = table((value) => (isInverted ? 255 - value * scale : value * scale));
  return { reds: same, greens: same, blues: same };
}
