/** The kind of a picture or video file by its first bytes, whatever its name says. */
type MediaKind =
  | { readonly kind: "picture"; readonly format: string }
  /** Video in a container format: "MP4". */
  | { readonly kind: "container"; readonly format: string }
  /** Video recognised by its codec. */
  | { readonly kind: "codec"; readonly codec: string }
  | { readonly kind: "audio" };

/** Number of first bytes that are needed. */
export const MEDIA_HEAD_BYTES = 512;

type Mark = readonly [at: number, bytes: string, kind: MediaKind];

const picture = (format: string): MediaKind => ({ kind: "picture", format });
const container = (format: string): MediaKind => ({ kind: "container", format });

/** Byte signatures as Latin-1 text. The first that matches counts. */
const MARKS: readonly Mark[] = [
  [0, "\x89PNG\r\n\x1a\n", picture("PNG")],
  [0, "\xff\xd8\xff", picture("JPEG")],
  [0, "II*\0", picture("TIFF")],
  [0, "MM\0*", picture("TIFF")],
  [0, "II+\0", picture("BigTIFF")],
  [0, "MM\0+", picture("BigTIFF")],
  [8, "WEBP", picture("WebP")],
  [0, "GIF8", picture("GIF")],
  [0, "\0\0\0\x0cjP  ", picture("JPEG 2000")],
  [0, "\xff\x4f\xff\x51", picture("JPEG 2000")],
  [0, "\xff\x0a", picture("JPEG XL")],
  [0, "\0\0\0\x0cJXL ", picture("JPEG XL")],
  [0, "8BPS", picture("Photoshop")],
  [0, "\0\0\x01\0", picture("ICO")],
  [0, "v/1\x01", picture("OpenEXR")],
  [0, "SIMPLE  =", picture("FITS")],
  [0, "FFF\0", picture("FLIR FFF")],
  [0, "AFF\0", picture("FLIR FFF")],
  [128, "DICM", picture("DICOM")],
  [0, "%PDF", picture("PDF")],
  [0, "\x1aE\xdf\xa3", container("Matroska or WebM")],
  [8, "AVI ", container("AVI")],
  [0, "FLV\x01", container("Flash video")],
  [0, "OggS", container("Ogg")],
  [0, "0&\xb2u", container("Windows Media")],
  [0, ".RMF", container("RealMedia")],
  [0, "\0\0\x01\xba", container("MPEG program stream")],
  [0, "\0\0\x01\xb3", { kind: "codec", codec: "MPEG-2" }],
  [0, "\x06\x0e\x2b\x34", container("MXF")],
  [0, "DKIF", container("IVF")],
  [0, "ID3", { kind: "audio" }],
  [0, "fLaC", { kind: "audio" }],
  [8, "WAVE", { kind: "audio" }],
];

/** Brands of an ISO base media file (ISO/IEC 14496-12) that are pictures. */
const PICTURE_BRANDS: Readonly<Record<string, string>> = {
  avif: "AVIF",
  avis: "AVIF",
  heic: "HEIC",
  heix: "HEIC",
  heim: "HEIC",
  heis: "HEIC",
  hevc: "HEIC",
  mif1: "HEIC",
  msf1: "HEIC",
  "crx ": "Canon CR3",
};
const ISO_BOXES: readonly string[] = ["moov", "mdat", "free", "wide", "skip"];

/**
 * Undefined when no signature matches. Transport streams, RTP and raw H.264 have none: they are recognised by their
 * structure.
 */
export function mediaKindOf(head: Uint8Array): MediaKind | undefined {
  for (const [at, bytes, kind] of MARKS) if (hasText(head, at, bytes)) return kind;
  if (hasText(head, 0, "BM") && isBmp(head)) return picture("BMP");
  if (/^P[1-7]\s/.test(textAt(head, 0, 3))) return picture("PNM");
  const box = textAt(head, 4, 4);
  const brand = textAt(head, 8, 4);
  if (box === "ftyp") {
    const format = PICTURE_BRANDS[brand];
    return format === undefined ? container(brand === "qt  " ? "QuickTime" : "MP4") : picture(format);
  }
  return ISO_BOXES.includes(box) ? container("QuickTime") : undefined;
}

/** The two letters "BM" alone are a weak signature: the reserved zeros and a valid header size are required too. */
function isBmp(head: Uint8Array): boolean {
  const headerBytes = head[14] ?? 0;
  return [6, 7, 8, 9].every((at) => head[at] === 0) && [12, 40, 52, 56, 64, 108, 124].includes(headerBytes);
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
