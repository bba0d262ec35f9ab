/**
 * The grey of a JPEG (ITU-T T.81), sequential or progressive, of any colours. Written here because the package for it keeps
 * every coefficient of every colour as an object: an 8K picture takes 645 MB and 2.7 s there, 90 MB and 1.1 s here (150 MB
 * when progressive). What is cut off or damaged is said, not shown half: a grey half says "nobody" where nobody looked.
 */
import { err, ok } from "../../core/result.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import {
  allocate,
  coloursOf,
  frameFrom,
  frameHead,
  type AdobeTransform,
  type Component,
  type Frame,
} from "./jpegFrame.js";
import { greyFrom } from "./jpegGrey.js";
import { BitReader, huffmanTable, type HuffmanTable } from "./jpegHuffman.js";
import { putBlock, ZIGZAG } from "./jpegIdct.js";
import { readScan, type Band } from "./jpegScan.js";
import { oriented } from "./orientation.js";
import { cutOff, damaged, sizeProblem, type ReadSamples } from "./sampledPicture.js";
import { exifOrientation } from "./tiffTags.js";

const SOF_SEQUENTIAL: readonly number[] = [0xc0, 0xc1];
const SOF_PROGRESSIVE = 0xc2;
const DHT = 0xc4;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;
const APP1 = 0xe1;
const APP14 = 0xee;
/** Markers of other kinds of JPEG, by what is special about them. */
const FORMS: Readonly<Record<number, string>> = {
  0xc3: "lossless coding",
  0xc5: "hierarchical coding",
  0xc6: "hierarchical coding",
  0xc7: "hierarchical coding",
  0xc9: "arithmetic coding",
  0xca: "arithmetic coding",
  0xcb: "lossless arithmetic coding",
  0xcc: "arithmetic coding",
  0xcd: "hierarchical coding",
  0xce: "hierarchical coding",
  0xcf: "hierarchical coding",
  0xf7: "JPEG-LS coding",
};
/** Real ones have some ten. Each costs a walk over the whole picture, or a table. */
const SCANS_MAX = 100;
const TABLES_MAX = 1000;

export const readJpeg = (bytes: Uint8Array): ReadSamples => new JpegReading(bytes).run();

class JpegReading {
  readonly #bytes: Uint8Array;
  readonly #quants = new Map<number, Uint16Array>();
  readonly #tables = new Map<number, HuffmanTable>();
  #frame: Frame | undefined;
  #adobe: AdobeTransform;
  #orientation = 1;
  #restartEvery = 0;
  #countOfScans = 0;
  #countOfTables = 0;
  #at = 2;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  run(): ReadSamples {
    let hasEnd = false;
    while (!hasEnd) {
      const marker = this.#nextMarker();
      if (marker === undefined) break;
      if (marker === EOI) hasEnd = true;
      else {
        const problem = this.#onMarker(marker);
        if (problem) return err(problem);
      }
    }
    return this.#result(hasEnd);
  }

  /** The next marker with a segment, or the end; undefined where the file ends first. */
  #nextMarker(): number | undefined {
    for (; this.#at + 1 < this.#bytes.byteLength; this.#at++) {
      if (this.#bytes[this.#at] !== 0xff) continue;
      const marker = this.#bytes[this.#at + 1] ?? 0;
      const isAlone = marker === 0 || marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
      if (isAlone) continue;
      this.#at += 2;
      return marker;
    }
    return undefined;
  }

  #onMarker(marker: number): PictureProblem | undefined {
    const length = ((this.#bytes[this.#at] ?? 0) << 8) | (this.#bytes[this.#at + 1] ?? 0);
    const segment = this.#bytes.subarray(this.#at + 2, this.#at + length);
    if (length < 2) return { kind: "damaged", format: "JPEG" };
    if (segment.byteLength < length - 2) return { kind: "cut-off", format: "JPEG" };
    this.#at += length;
    return this.#onSegment(marker, segment);
  }

  #onSegment(marker: number, segment: Uint8Array): PictureProblem | undefined {
    const form = FORMS[marker];
    if (form !== undefined) return { kind: "form-not-read", format: "JPEG", form };
    if (marker === SOS) return this.#onScan(segment);
    if (SOF_SEQUENTIAL.includes(marker) || marker === SOF_PROGRESSIVE) return this.#onFrame(marker, segment);
    if (marker === DHT) return this.#onTables(segment);
    if (marker === DQT) this.#onQuants(segment);
    else if (marker === DRI) this.#restartEvery = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0);
    else this.#onApplication(marker, segment);
    return undefined;
  }

  #onApplication(marker: number, segment: Uint8Array): void {
    if (marker === APP1 && startsWith(segment, "Exif\0\0")) this.#orientation = exifOrientation(segment.subarray(6));
    if (marker === APP14 && startsWith(segment, "Adobe") && segment.byteLength >= 12) this.#adobe = segment[11];
  }

  #onFrame(marker: number, segment: Uint8Array): PictureProblem | undefined {
    const { bits, widthPx, heightPx } = frameHead(segment);
    if (bits !== 8) return { kind: "form-not-read", format: "JPEG", form: `${bits} bits a sample` };
    const problem = sizeProblem("JPEG", widthPx, heightPx);
    if (problem) return problem;
    const frame = frameFrom(segment, marker === SOF_PROGRESSIVE);
    // A second frame would be a second picture.
    if (!frame || this.#frame) return { kind: "damaged", format: "JPEG" };
    this.#frame = frame;
    return undefined;
  }

  #onQuants(segment: Uint8Array): void {
    for (let at = 0; at < segment.byteLength;) {
      const head = segment[at++] ?? 0;
      const is16 = head >> 4 !== 0;
      const table = new Uint16Array(64);
      for (let i = 0; i < 64; i++) {
        table[ZIGZAG[i] ?? 0] = is16 ? ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0) : (segment[at] ?? 0);
        at += is16 ? 2 : 1;
      }
      this.#quants.set(head & 15, table);
    }
  }

  #onTables(segment: Uint8Array): PictureProblem | undefined {
    for (let at = 0; at + 17 <= segment.byteLength;) {
      if (++this.#countOfTables > TABLES_MAX) return { kind: "damaged", format: "JPEG" };
      const counts = segment.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      this.#tables.set(segment[at] ?? 0, huffmanTable(counts, segment.subarray(at + 17, at + 17 + total)));
      at += 17 + total;
    }
    return undefined;
  }

  #onScan(head: Uint8Array): PictureProblem | undefined {
    const frame = this.#frame;
    const components = frame && this.#scanned(frame, head);
    if (!components || ++this.#countOfScans > SCANS_MAX) return { kind: "damaged", format: "JPEG" };
    if (this.#countOfScans === 1) allocate(frame, coloursOf(frame, this.#adobe));
    // A scan of what the grey does not need is stepped over: the next marker is looked for behind it.
    if (components.every(({ plane }) => plane === undefined)) return undefined;
    const band = bandOf(frame, components, head);
    if (!band) return { kind: "damaged", format: "JPEG" };
    const bits = new BitReader(this.#bytes, this.#at);
    const { quants, restartEvery } = { quants: this.#quants, restartEvery: this.#restartEvery };
    const isWhole = readScan({ frame, components, quants, restartEvery, ...band }, bits);
    this.#at = bits.at;
    if (!isWhole) return { kind: bits.isAtEnd ? "cut-off" : "damaged", format: "JPEG" };
    for (const component of components) component.wasScanned = true;
    return undefined;
  }

  /** The components of a scan with their tables; undefined when its head is broken. */
  #scanned(frame: Frame, head: Uint8Array): readonly Component[] | undefined {
    const count = head[0] ?? 0;
    if (count < 1 || count > frame.components.length || head.byteLength < 4 + 2 * count) return undefined;
    const components = Array.from({ length: count }, (_, i) => {
      const component = frame.components.find(({ id }) => id === head[1 + 2 * i]);
      const selector = head[2 + 2 * i] ?? 0;
      if (component) {
        component.dcTable = this.#tables.get(selector >> 4);
        component.acTable = this.#tables.get(16 + (selector & 15));
      }
      return component;
    });
    const known = components.filter((component) => component !== undefined);
    return new Set(known).size === count ? known : undefined;
  }

  #result(hasEnd: boolean): ReadSamples {
    const frame = this.#frame;
    if (!frame || this.#countOfScans === 0) return hasEnd ? damaged("JPEG") : cutOff("JPEG");
    const needed = frame.components.filter(({ plane }) => plane !== undefined);
    // The layers that a progressive picture lacks at its end are those in which people show.
    if (!needed.every(({ wasScanned }) => wasScanned) || (frame.isProgressive && !hasEnd)) return cutOff("JPEG");
    if (frame.isProgressive) for (const component of needed) this.#transform(component);
    const { widthPx, heightPx } = frame;
    const samples = greyFrom(frame, this.#adobe);
    return ok(oriented({ widthPx, heightPx, samples, countOfPages: 1 }, this.#orientation));
  }

  #transform(component: Component): void {
    const { plane, coefficients, blocksAcross, blocksDown, blocksPerRow } = component;
    const quant = this.#quants.get(component.quantId);
    if (!plane || !coefficients || !quant) return;
    const block = new Float64Array(64);
    for (let row = 0; row < blocksDown; row++) {
      for (let column = 0; column < blocksAcross; column++) {
        const at = (row * blocksPerRow + column) * 64;
        for (let i = 0; i < 64; i++) block[i] = (coefficients[at + i] ?? 0) * (quant[i] ?? 1);
        putBlock(plane, block, column * 8, row * 8);
      }
    }
    component.coefficients = undefined;
  }
}

/** Which coefficients and bits a scan brings; undefined for a band that the standard does not allow (G.1.1.1). */
function bandOf(frame: Frame, components: readonly Component[], head: Uint8Array): Band | undefined {
  const [first = 0, last = 0, layer = 0] = head.subarray(1 + 2 * components.length);
  const band: Band = { first, last, bitsBefore: layer >> 4, bitsAfter: layer & 15 };
  if (!frame.isProgressive) return band;
  const isAllowed = first === 0 ? last === 0 : first <= last && last <= 63 && components.length === 1;
  return isAllowed && band.bitsAfter <= 13 ? band : undefined;
}

function startsWith(segment: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (segment[i] !== text.charCodeAt(i)) return false;
  return true;
}
