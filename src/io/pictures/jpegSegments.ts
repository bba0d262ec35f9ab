/**
 * The segments of a JPEG (ITU-T T.81, annex B), read before its pixels are decoded: which form it has, whether it is
 * complete, and which parts the decoder needs. This is checked here because the decoder allocates a whole frame as soon
 * as it reads its header, and accepts a picture that ends at a restart marker as complete.
 */
import type { PictureProblem } from "../../core/mediaProblem.js";
import { err, ok, type Result } from "../../core/result.js";
import { frameFrom, unitsOf, type JpegFrame } from "./jpegFrame.js";
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
/** Frame markers of forms of JPEG that are not read, with their names. */
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
/** Upper limit: real files have about ten. Each scan costs a pass over the whole picture, or a table. */
const SCANS_MAX = 100;
const TABLES_MAX = 1000;

export type JpegSegments = {
  readonly frame: JpegFrame;
  /** Adobe's colour transform (APP14): 0 none, 1 YCbCr, 2 YCCK; undefined without that segment. */
  readonly adobeTransform: number | undefined;
  /** EXIF's orientation (tag 274); 1 without one. */
  readonly orientation: number;
  readonly hasEnd: boolean;
  /** Ids of the components that appear in at least one scan. */
  readonly scannedIds: ReadonlySet<number>;
  /** The parts of the file that make up the picture, in order, each with its marker. */
  readonly pieces: readonly Uint8Array[];
};

export const readJpegSegments = (bytes: Uint8Array): Result<JpegSegments, PictureProblem> =>
  new SegmentReader(bytes).run();

class SegmentReader {
  readonly #bytes: Uint8Array;
  readonly #pieces: Uint8Array[] = [];
  readonly #scannedIds = new Set<number>();
  #frame: JpegFrame | undefined;
  #adobeTransform: number | undefined;
  #orientation = 1;
  #restartEvery = 0;
  #countOfScans = 0;
  #countOfTables = 0;
  #at = 2;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  run(): Result<JpegSegments, PictureProblem> {
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
    const frame = this.#frame;
    if (!frame || this.#countOfScans === 0) return err({ kind: hasEnd ? "damaged" : "cut-off", format: "JPEG" });
    const [adobeTransform, orientation] = [this.#adobeTransform, this.#orientation];
    return ok({ frame, adobeTransform, orientation, hasEnd, scannedIds: this.#scannedIds, pieces: this.#pieces });
  }

  /** The next marker with a segment, or the end marker; undefined where the file ends first. */
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
    const body = this.#bytes.subarray(this.#at + 2, this.#at + length);
    if (length < 2) return { kind: "damaged", format: "JPEG" };
    if (body.byteLength < length - 2) return { kind: "cut-off", format: "JPEG" };
    const whole = this.#bytes.subarray(this.#at - 2, this.#at + length);
    this.#at += length;
    return this.#onSegment(marker, body, whole);
  }

  #onSegment(marker: number, body: Uint8Array, whole: Uint8Array): PictureProblem | undefined {
    const form = FORMS[marker];
    if (form !== undefined) return { kind: "form-not-read", format: "JPEG", form };
    if (marker === SOS) return this.#onScan(body, whole);
    if (marker === DHT) return this.#onTables(body, whole);
    if (SOF_SEQUENTIAL.includes(marker) || marker === SOF_PROGRESSIVE) return this.#onFrame(marker, body, whole);
    if (marker === DRI) this.#restartEvery = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
    if (marker === DRI || marker === DQT) this.#pieces.push(whole);
    else this.#onApplication(marker, body);
    return undefined;
  }

  #onApplication(marker: number, body: Uint8Array): void {
    if (marker === APP1 && startsWith(body, "Exif\0\0")) this.#orientation = exifOrientation(body.subarray(6));
    if (marker === APP14 && startsWith(body, "Adobe") && body.byteLength >= 12) this.#adobeTransform = body[11];
  }

  #onFrame(marker: number, body: Uint8Array, whole: Uint8Array): PictureProblem | undefined {
    const frame = frameFrom(body, marker === SOF_PROGRESSIVE);
    if (!frame.ok) return frame.error;
    // A second frame header would start a second picture, which a JPEG file cannot have.
    if (this.#frame) return { kind: "damaged", format: "JPEG" };
    this.#frame = frame.value;
    this.#pieces.push(whole);
    return undefined;
  }

  #onTables(body: Uint8Array, whole: Uint8Array): PictureProblem | undefined {
    for (let at = 0; at + 17 <= body.byteLength;) {
      if (++this.#countOfTables > TABLES_MAX) return { kind: "damaged", format: "JPEG" };
      at += 17 + body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    }
    this.#pieces.push(whole);
    return undefined;
  }

  #onScan(head: Uint8Array, whole: Uint8Array): PictureProblem | undefined {
    const frame = this.#frame;
    const count = head[0] ?? 0;
    const ids = Array.from({ length: count }, (_, i) => head[1 + 2 * i] ?? 0);
    const areKnown = ids.every((id) => frame?.components.some((component) => component.id === id));
    const isSound = count > 0 && head.byteLength >= 4 + 2 * count && areKnown && new Set(ids).size === count;
    if (!frame || !isSound || ++this.#countOfScans > SCANS_MAX) return { kind: "damaged", format: "JPEG" };
    for (const id of ids) this.#scannedIds.add(id);
    this.#pieces.push(whole);
    const countOfRestarts = this.#passPixels();
    const intervals = this.#restartEvery > 0 ? Math.ceil(unitsOf(frame, ids) / this.#restartEvery) : 1;
    const isAtEnd = this.#at + 1 >= this.#bytes.byteLength;
    return countOfRestarts < intervals - 1 ? { kind: isAtEnd ? "cut-off" : "damaged", format: "JPEG" } : undefined;
  }

  /** Skips a scan's encoded pixels up to the next marker that is no restart marker; returns the number of restarts. */
  #passPixels(): number {
    const bytes = this.#bytes;
    let from = this.#at;
    let countOfRestarts = 0;
    for (; this.#at + 1 < bytes.byteLength; this.#at++) {
      if (bytes[this.#at] !== 0xff) continue;
      const next = bytes[this.#at + 1] ?? 0;
      if (next === 0xff) {
        // Fill bytes (0xFF) may precede any marker; the decoder accepts one 0xFF only.
        this.#pieces.push(bytes.subarray(from, this.#at));
        from = this.#at + 1;
      } else if (next >= 0xd0 && next <= 0xd7) countOfRestarts++;
      else if (next !== 0) break;
    }
    const end = this.#at + 1 < bytes.byteLength ? this.#at : bytes.byteLength;
    this.#pieces.push(bytes.subarray(from, end));
    return countOfRestarts;
  }
}

function startsWith(body: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (body[i] !== text.charCodeAt(i)) return false;
  return true;
}
