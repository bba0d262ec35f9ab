/**
 * The .xz container (https://tukaani.org/xz/xz-file-format.txt), as far as PX4 uses it for its metadata: one or more
 * blocks with one LZMA2 filter each. Its checksums are not verified: MAVFTP has already verified the file's own. Why no
 * package: xz-decompress gives its output asynchronously through a web stream, but folding a recording is synchronous;
 * @napi-rs/lzma does not limit the size of the output; lzma-native needs an install script.
 */
import { err, ok, type Result } from "../../core/result.js";
import { Lzma2Decoder } from "./lzma2.js";

type XzFailure = { readonly kind: "not-xz" } | { readonly kind: "broken" } | { readonly kind: "too-long" };

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const HEADER_BYTES = 12;
const LZMA2_FILTER = 0x21;
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** Fails when the output would be longer than `longest` bytes. */
export function readXz(file: Uint8Array, longest: number): Result<Uint8Array, XzFailure> {
  if (file.byteLength < HEADER_BYTES || MAGIC.some((byte, i) => file[i] !== byte)) return err({ kind: "not-xz" });
  const checkBytes = CHECK_BYTES[(file[7] ?? 0) & 0x0f] ?? 0;
  const decoder = new Lzma2Decoder(file, longest);
  let at = HEADER_BYTES;
  // A zero instead of a block header's size: the index after the last block.
  while (at < file.byteLength && file[at] !== 0) {
    const headerEnd = at + ((file[at] ?? 0) + 1) * 4;
    if (!isLzma2Alone(file, at)) return err({ kind: "broken" });
    const end = decoder.block(headerEnd);
    if (end === undefined) return err({ kind: decoder.isFull ? "too-long" : "broken" });
    const unpadded = end - headerEnd;
    at = end + ((4 - (unpadded & 3)) & 3) + checkBytes;
  }
  return ok(decoder.output());
}

function isLzma2Alone(file: Uint8Array, at: number): boolean {
  const flags = file[at + 1] ?? 0xff;
  if ((flags & 0x3f) !== 0) return false;
  let position = at + 2;
  for (const hasSize of [flags & 0x40, flags & 0x80]) {
    if (hasSize === 0) continue;
    // Sizes are stored as seven bits a byte and skipped; the decoder finds the end of a block by itself.
    while (((file[position++] ?? 0) & 0x80) !== 0);
  }
  return file[position] === LZMA2_FILTER;
}
