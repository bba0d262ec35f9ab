/**
 * Text files in any usual encoding: UTF-8, UTF-16 of either byte order, and Windows-1252 (Latin-1 with a few more
 * characters).
 */

import { textFrom, type Encoding } from "./utf8.js";

/**
 * Finds the encoding by the byte order mark, else by the zero bytes of UTF-16, else tries UTF-8, and Windows-1252 when
 * that is not valid.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = textFrom(bytes, encoding) ?? textFrom(bytes, "windows-1252") ?? "";
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

const SAMPLE_BYTES = 400;

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  // Brackets, digits and spaces are ASCII: in UTF-16 every second byte of them is zero.
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = { even: 0, odd: 0 };
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2 === 0 ? "even" : "odd"]++;
  const many = sample.length / 4;
  if (zeros.odd > many && zeros.even === 0) return "utf-16le";
  return zeros.even > many && zeros.odd === 0 ? "utf-16be" : "utf-8";
}
