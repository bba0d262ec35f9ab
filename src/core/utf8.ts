/** Texts to bytes and back, by the platform's own coders. */

// The same in Node and in browsers; the pure rooms compile with the types of neither.
declare const TextEncoder: new () => { readonly encode: (text: string) => Uint8Array<ArrayBuffer> };
declare const TextDecoder: new (
  encoding: Encoding,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { readonly decode: (bytes: Uint8Array) => string };

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

const encoder = new TextEncoder();

/** A lone surrogate becomes U+FFFD. */
export const utf8Bytes = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Undefined where the bytes are not valid in that encoding. A byte order mark is kept as a character. */
export function textFrom(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not valid: what else the bytes may be is for the caller to say.
    return undefined;
  }
}

const SLICE_BYTES = 8192;

/** Well-formed UTF-8 is read as such, anything else as Latin-1, which loses nothing. */
export function utf8OrLatin1(bytes: Uint8Array): string {
  const utf8 = textFrom(bytes, "utf-8");
  if (utf8 !== undefined) return utf8;
  let text = "";
  // In slices: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += SLICE_BYTES)
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE_BYTES));
  return text;
}

/**
 * Text out of bytes that were read a character a byte, as `utf8OrLatin1` reads them. Pieces of one text are joined first: a letter may be cut in two between them.
 */
export function textFromByteString(byteString: string): string {
  if (!/[\u0080-\u00ff]/.test(byteString)) return byteString;
  return utf8OrLatin1(Uint8Array.from(byteString, (character) => character.charCodeAt(0)));
}
