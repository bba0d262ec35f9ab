/** Text files as people have them: UTF-8, UTF-16 of either order, and the one-byte code of Windows (Latin-1 and a little more). */

import { textFrom, type Encoding } from "./utf8.js";

/** Reads the bytes as what they are: by the byte order mark, else by the zeros of UTF-16, else UTF-8 where it is valid. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = textFrom(bytes, encoding) ?? textFrom(bytes, "windows-1252") ?? "";
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

const SAMPLE_BYTES = 400;

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  // Brackets, figures and spaces: every second byte is zero.
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = { even: 0, odd: 0 };
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2 === 0 ? "even" : "odd"]++;
  const many = sample.length / 4;
  if (zeros.odd > many && zeros.even === 0) return "utf-16le";
  return zeros.even > many && zeros.odd === 0 ? "utf-16be" : "utf-8";
}
